import type { WireDocument } from '#shared/protocol/replication.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';
import { toWire } from './wire-document.ts';

/** The context of writes that bring what the endpoint already has: they are not sent back. */
export const REMOTE_CONTEXT = 'endpoint';

/** One local row the endpoint has not acknowledged, with the state it is known to have there. */
export type WaitingRow = {
  readonly collection: CollectionName;
  readonly id: string;
  /** Local sequence of the write that waits; an acknowledgement of an older one leaves the row waiting. */
  readonly localSeq: number;
  /** What the endpoint last had; absent for a row it never saw. */
  readonly base?: WireDocument;
  /** Sequence under which the endpoint has `base`, where it is known. */
  readonly baseSeq?: number;
  /** True where the endpoint had acknowledged it in an epoch that is over (SPEC S19). */
  readonly isHealing?: boolean;
};

/** Further back than any local sequence: what waits again goes first, in the endpoint's own order. */
const BEFORE_ALL = 1_000_000_000_000;

type SyncRow = {
  readonly collection: CollectionName;
  readonly id: string;
  readonly local_seq: number | null;
  readonly base: string | null;
  readonly server_seq: number | null;
  readonly received_at: string | null;
  readonly healing: number | null;
};

/**
 * Which rows wait for the endpoint, what it knew of them, and the receipt of those it has (table `sync_rows`).
 * Marks are made inside the transaction of the write itself, for every write that is not the endpoint's own (SPEC S3).
 */
export class WaitingRows {
  readonly #connection: Connection;

  constructor(connection: Connection, tables: ReadonlyMap<CollectionName, DocumentTable>) {
    this.#connection = connection;
    for (const [collection, table] of tables) {
      table.onWrite((write, context) => {
        if (context !== REMOTE_CONTEXT) this.#markLocal(collection, write);
      });
    }
  }

  count(): number {
    const sql = 'SELECT count(*) FROM sync_rows WHERE local_seq IS NOT NULL AND refused IS NULL';
    return this.#connection.value<number>(sql) ?? 0;
  }

  /** Rows that the endpoint refused and that a person has not decided yet. */
  countRefused(): number {
    const sql = 'SELECT count(*) FROM sync_rows WHERE local_seq IS NOT NULL AND refused IS NOT NULL';
    return this.#connection.value<number>(sql) ?? 0;
  }

  get(collection: CollectionName, id: string): (WaitingRow & { readonly isRefused: boolean }) | undefined {
    const row = this.#connection.get<SyncRow & { refused: string | null }>(
      'SELECT * FROM sync_rows WHERE collection = ? AND id = ? AND local_seq IS NOT NULL',
      [collection, id],
    );
    return row && { ...toWaitingRow(row), isRefused: row.refused !== null };
  }

  /** The next rows to push, in the order of the local acts. */
  next(limit: number): WaitingRow[] {
    return this.#connection
      .all<SyncRow>(
        `SELECT collection, id, local_seq, base, server_seq, received_at, healing FROM sync_rows
          WHERE local_seq IS NOT NULL AND refused IS NULL ORDER BY local_seq LIMIT ?`,
        [limit],
      )
      .map(toWaitingRow);
  }

  /** As `next`, without the rows whose very state is in a parcel on its way (SPEC X7). */
  notInParcel(limit: number): WaitingRow[] {
    return this.#connection
      .all<SyncRow>(
        `SELECT collection, id, local_seq, base, server_seq, received_at FROM sync_rows s
          WHERE local_seq IS NOT NULL AND refused IS NULL AND NOT EXISTS (
            SELECT 1 FROM parcel_rows p WHERE p.collection = s.collection AND p.id = s.id AND p.local_seq = s.local_seq)
          ORDER BY local_seq LIMIT ?`,
        [limit],
      )
      .map(toWaitingRow);
  }

  countNotInParcel(): number {
    const sql = `SELECT count(*) FROM sync_rows s WHERE local_seq IS NOT NULL AND refused IS NULL AND NOT EXISTS (
      SELECT 1 FROM parcel_rows p WHERE p.collection = s.collection AND p.id = s.id AND p.local_seq = s.local_seq)`;
    return this.#connection.value<number>(sql) ?? 0;
  }

  /** The latest sequence under which the endpoint is known to have this row. */
  knownSeq(collection: CollectionName, id: string): number | undefined {
    const sql = 'SELECT server_seq FROM sync_rows WHERE collection = ? AND id = ?';
    return this.#connection.value<number>(sql, [collection, id]) ?? undefined;
  }

  /** Which of these rows the endpoint or this desktop has a mark for, with the sequence known of the endpoint, if any. */
  marksOf(collection: CollectionName, ids: readonly string[]): ReadonlyMap<string, number | null> {
    const rows = this.#connection.all<{ readonly id: string; readonly server_seq: number | null }>(
      `SELECT s.id, s.server_seq FROM json_each(?) CROSS JOIN sync_rows s ON s.collection = ? AND s.id = value`,
      [JSON.stringify(ids), collection],
    );
    return new Map(rows.map(({ id, server_seq }) => [id, server_seq]));
  }

  /** What was received, and under which sequence, was said by an endpoint that is no more. */
  forgetReceipts(): void {
    this.#connection.run('UPDATE sync_rows SET server_seq = NULL, received_at = NULL');
  }

  /** The endpoint has this state under `serverSeq`. Nothing of the row waits any more. */
  settle(collection: CollectionName, id: string, serverSeq: number, receivedAt: string): void {
    this.#connection.run(
      `INSERT INTO sync_rows (collection, id, local_seq, base, server_seq, received_at, refused)
        VALUES (?, ?, NULL, NULL, ?, ?, NULL)
        ON CONFLICT (collection, id) DO UPDATE SET local_seq = NULL, base = NULL,
          server_seq = excluded.server_seq, received_at = excluded.received_at, refused = NULL, healing = NULL`,
      [collection, id, serverSeq, receivedAt],
    );
  }

  /** The endpoint has `base` under `serverSeq`, and the write `localSeq` still waits on top of it. */
  rebase(
    row: { collection: CollectionName; id: string; localSeq: number; base: WireDocument },
    serverSeq: number,
    receivedAt: string,
  ): void {
    this.#connection.run(
      `INSERT INTO sync_rows (collection, id, local_seq, base, server_seq, received_at, refused)
        VALUES (?, ?, ?, ?, ?, ?, NULL)
        ON CONFLICT (collection, id) DO UPDATE SET local_seq = excluded.local_seq, base = excluded.base,
          server_seq = excluded.server_seq, received_at = excluded.received_at, refused = NULL, healing = NULL`,
      [row.collection, row.id, row.localSeq, JSON.stringify(row.base), serverSeq, receivedAt],
    );
  }

  /** Kept on the desktop, no longer pushed until it changes (SPEC S8). */
  refuse(collection: CollectionName, id: string, reason: string): void {
    this.#connection.run('UPDATE sync_rows SET refused = ? WHERE collection = ? AND id = ?', [reason, collection, id]);
  }

  /** Out with the next exchange after all. */
  sendAgain(collection: CollectionName, id: string): void {
    this.#connection.run('UPDATE sync_rows SET refused = NULL WHERE collection = ? AND id = ?', [collection, id]);
  }

  /** Forgets a refused write; answers what the endpoint is known to have, or nothing where it never saw the row. */
  giveUp(collection: CollectionName, id: string): WireDocument | undefined {
    const row = this.get(collection, id);
    if (!row?.isRefused || !row.base) return undefined;
    this.#connection.run(
      'UPDATE sync_rows SET local_seq = NULL, base = NULL, refused = NULL WHERE collection = ? AND id = ?',
      [collection, id],
    );
    return row.base;
  }

  /**
   * The endpoint goes on from `seq` in another epoch: what it had acknowledged above it waits again, and what waits on top
   * of such a state has no state in common with it any more (SPEC S19).
   * @param ids only these
   */
  goBack(seq: number, collections: readonly CollectionName[], ids?: readonly string[]): void {
    this.#connection.run(
      `UPDATE sync_rows SET local_seq = coalesce(local_seq, server_seq - ${BEFORE_ALL}), base = NULL, server_seq = NULL,
          received_at = NULL, healing = 1
        WHERE server_seq > ? AND collection IN (SELECT value FROM json_each(?))
          AND (? IS NULL OR id IN (SELECT value FROM json_each(?)))`,
      [seq, JSON.stringify(collections), ids ? JSON.stringify(ids) : null, ids ? JSON.stringify(ids) : null],
    );
  }

  /** What is left of an epoch that is over, and is not this desktop's to send again: later sequences mean other states. */
  forgetReceiptsAfter(seq: number): void {
    this.#connection.run('UPDATE sync_rows SET server_seq = NULL, received_at = NULL WHERE server_seq > ?', [seq]);
  }

  /** The endpoint has this row under another sequence than was believed: it travels whole next time (SPEC S12). */
  forgetBaseSeq(collection: CollectionName, id: string): void {
    this.#connection.run(
      'UPDATE sync_rows SET server_seq = NULL WHERE collection = ? AND id = ? AND local_seq IS NOT NULL',
      [collection, id],
    );
  }

  receipt(collection: CollectionName, id: string): { readonly seq: number; readonly receivedAt: string } | undefined {
    const row = this.#connection.get<SyncRow>(
      'SELECT * FROM sync_rows WHERE collection = ? AND id = ? AND local_seq IS NULL AND server_seq IS NOT NULL',
      [collection, id],
    );
    return row && row.server_seq !== null ? { seq: row.server_seq, receivedAt: row.received_at ?? '' } : undefined;
  }

  /** The first waiting write keeps what the endpoint knew; later ones only move the sequence. */
  #markLocal(collection: CollectionName, write: DocumentWrite): void {
    const base = write.previous ? JSON.stringify(toWire(write.previous)) : null;
    this.#connection.run(
      `INSERT INTO sync_rows (collection, id, local_seq, base) VALUES (?, ?, ?, NULL)
        ON CONFLICT (collection, id) DO UPDATE SET
          base = CASE WHEN local_seq IS NULL THEN ? ELSE base END, local_seq = excluded.local_seq, refused = NULL`,
      [collection, toWire(write.current).id, write.seq, base],
    );
  }
}

function toWaitingRow(row: SyncRow): WaitingRow {
  return {
    collection: row.collection,
    id: row.id,
    localSeq: row.local_seq ?? 0,
    ...(row.base !== null && { base: JSON.parse(row.base) }),
    ...(row.base !== null && row.server_seq !== null && { baseSeq: row.server_seq }),
    ...(row.healing === 1 && { isHealing: true }),
  };
}
