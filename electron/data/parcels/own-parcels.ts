import type { OwnParcel } from '#shared/protocol/parcel-port.ts';
import type { PushRow, WireDocument } from '#shared/protocol/replication.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Pushed } from '../replication/exchange.ts';
import type { Connection } from '../sqlcipher/connection.ts';

/** A parcel without a receipt, as it is to be exported again. */
export type OpenParcel = {
  readonly number: number;
  readonly sha256: string;
  readonly follows: number;
  readonly madeAt: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
};

type ParcelLine = {
  readonly number: number;
  readonly rows: number;
  readonly made_at: string;
  readonly state: OwnParcel['state'];
  readonly received_at: string | null;
  readonly accepted: number;
  readonly conflicts: number;
  readonly refused: number;
  readonly files: number;
  readonly filesReceived: number;
};

type StoredRow = {
  readonly collection: CollectionName;
  readonly id: string;
  readonly local_seq: number;
  readonly sent: string;
};

/** What left this desktop by hand (tables `parcels` and `parcel_rows`). Nothing here is known of windows or networks. */
export class OwnParcels {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  lastNumber(): number {
    return this.#connection.value<number>('SELECT max(number) FROM parcels') ?? 0;
  }

  /** The latest parcel without a receipt; 0 for none. */
  lastOpen(): number {
    return this.#connection.value<number>(`SELECT max(number) FROM parcels WHERE state = 'sent'`) ?? 0;
  }

  /** The highest parcel of an unbroken line of receipts (SPEC X4). */
  received(): number {
    const firstOpen = this.#connection.value<number>(`SELECT min(number) FROM parcels WHERE state = 'sent'`);
    return typeof firstOpen === 'number' ? firstOpen - 1 : this.lastNumber();
  }

  /** The latest parcel whose receipt came back. */
  lastReceived(): { readonly number: number; readonly at: string } | undefined {
    return this.#connection.get<{ number: number; at: string }>(
      `SELECT number, received_at AS at FROM parcels WHERE state = 'received' ORDER BY number DESC LIMIT 1`,
    );
  }

  keep(parcel: OpenParcel, rows: readonly Pushed[]): void {
    const { number, sha256, follows, madeAt, sealed } = parcel;
    this.#connection.run(
      `INSERT INTO parcels (number, sha256, follows, rows, made_at, state, sealed) VALUES (?, ?, ?, ?, ?, 'sent', ?)`,
      [number, sha256, follows, rows.length, madeAt, sealed],
    );
    for (const [position, { row, sent }] of rows.entries()) {
      this.#connection.run(
        'INSERT INTO parcel_rows (parcel, position, collection, id, local_seq, sent) VALUES (?, ?, ?, ?, ?, ?)',
        [number, position, row.collection, row.id, row.localSeq, JSON.stringify(sent)],
      );
    }
  }

  open(): OpenParcel[] {
    return this.#connection.all<OpenParcel>(
      `SELECT number, sha256, follows, made_at AS madeAt, sealed FROM parcels WHERE state = 'sent' ORDER BY number`,
    );
  }

  hash(number: number): string | undefined {
    return this.#connection.value<string>('SELECT sha256 FROM parcels WHERE number = ?', [number]);
  }

  isOpen(number: number): boolean {
    return this.#connection.value(`SELECT 1 FROM parcels WHERE number = ? AND state = 'sent'`, [number]) === 1;
  }

  rows(number: number): Pushed[] {
    return this.#connection
      .all<StoredRow>('SELECT collection, id, local_seq, sent FROM parcel_rows WHERE parcel = ? ORDER BY position', [
        number,
      ])
      .map(toPushed);
  }

  /** What of this row left last: the next parcel follows it, so its state there is the one both will know. */
  lastSent(collection: CollectionName, id: string): Pushed | undefined {
    const row = this.#connection.get<StoredRow>(
      `SELECT collection, id, local_seq, sent FROM parcel_rows WHERE collection = ? AND id = ?
        ORDER BY parcel DESC, position DESC LIMIT 1`,
      [collection, id],
    );
    return row && toPushed(row);
  }

  /** The states of this row that left and have no receipt, in their order: the endpoint may have any of them. */
  sentStates(collection: CollectionName, id: string): WireDocument[] {
    return this.#connection
      .all<StoredRow>(
        `SELECT collection, id, local_seq, sent FROM parcel_rows WHERE collection = ? AND id = ?
          ORDER BY parcel, position`,
        [collection, id],
      )
      .map((row) => toPushed(row).sent.newDocumentState);
  }

  /** The parcel in which this very write left, if it has no receipt yet (SPEC X7). */
  parcelOf(collection: CollectionName, id: string, localSeq: number): number | undefined {
    return (
      this.#connection.value<number>(
        'SELECT max(parcel) FROM parcel_rows WHERE collection = ? AND id = ? AND local_seq = ?',
        [collection, id, localSeq],
      ) ?? undefined
    );
  }

  /** Rows that wait and left in a parcel without receipt, in their latest state. */
  countSent(): number {
    return (
      this.#connection.value<number>(
        `SELECT count(*) FROM sync_rows s WHERE s.local_seq IS NOT NULL AND s.refused IS NULL AND EXISTS (
          SELECT 1 FROM parcel_rows p WHERE p.collection = s.collection AND p.id = s.id AND p.local_seq = s.local_seq)`,
      ) ?? 0
    );
  }

  /** The receipt is in: what is kept to compare and to export goes. */
  settle(
    number: number,
    state: 'received' | 'closed' | 'void',
    receipt: { readonly at: string; readonly accepted: number; readonly conflicts: number; readonly refused: number },
  ): void {
    this.#connection.run(
      `UPDATE parcels SET state = ?, sealed = NULL, received_at = ?, accepted = ?, conflicts = ?, refused = ? WHERE number = ?`,
      [state, receipt.at, receipt.accepted, receipt.conflicts, receipt.refused, number],
    );
    this.#connection.run('DELETE FROM parcel_rows WHERE parcel = ?', [number]);
  }

  /** Numbers up to this one were used by an earlier life of this device: the next parcel comes after it. */
  skipTo(number: number, at: string): void {
    this.#connection.run(
      `INSERT INTO parcels (number, sha256, follows, rows, made_at, state, received_at) VALUES (?, '', 0, 0, ?, 'void', ?)
        ON CONFLICT (number) DO NOTHING`,
      [number, at, at],
    );
  }

  /** These files left with this parcel; they wait on, as its rows do. */
  noteFiles(number: number, hashes: readonly string[]): void {
    this.#connection.run(
      'INSERT INTO parcel_files (hash, parcel) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
      [number, JSON.stringify(hashes)],
    );
  }

  /** The last parcel that this file left with. */
  parcelOfFile(hash: string): number | undefined {
    return this.#connection.value<number>('SELECT max(parcel) FROM parcel_files WHERE hash = ?', [hash]) ?? undefined;
  }

  list(): OwnParcel[] {
    return this.#connection
      .all<ParcelLine>(
        `SELECT number, rows, made_at, state, p.received_at, accepted, conflicts, refused,
            count(s.hash) AS files, count(s.received_at) AS filesReceived
          FROM (SELECT * FROM parcels WHERE rows > 0 OR state <> 'void' ORDER BY number DESC LIMIT 100) p
          LEFT JOIN parcel_files f ON f.parcel = p.number
          LEFT JOIN stored_files s ON s.hash = f.hash AND s.part = 'file'
          GROUP BY p.number ORDER BY p.number DESC`,
      )
      .map(({ made_at: madeAt, received_at: receivedAt, ...line }) => ({
        ...line,
        madeAt,
        ...(receivedAt !== null && { receivedAt }),
      }));
  }
}

function toPushed({ collection, id, local_seq: localSeq, sent: text }: StoredRow): Pushed {
  const sent: PushRow = JSON.parse(text); // written by `keep` only
  const { assumedMasterState: base } = sent;
  return { row: { collection, id, localSeq, ...(base && { base }) }, sent };
}
