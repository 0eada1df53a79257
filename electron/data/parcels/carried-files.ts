import type { ParcelHead } from '#shared/parcels/parcel-file.ts';
import type { CarriedFile, NamedBytes } from '#shared/protocol/parcel-port.ts';
import type { Connection } from '../sqlcipher/connection.ts';

type Line = Omit<CarriedFile, 'takenAt' | 'problem'> & { readonly taken_at: string; readonly problem: string | null };

const LINE = 'sha256, name, kind, ministry, device, number, part, parts, taken_at, state, problem';

/** Files of other desktops and answers for them, as they came (table `carried_files`, SPEC X5). */
export class CarriedFiles {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The same file a second time is kept once. */
  keep(head: ParcelHead, file: NamedBytes, sha256: string, takenAt: string): void {
    const { kind, ministry, device, number, parts, files } = head.facts;
    this.#connection.run(
      `INSERT INTO carried_files
         (sha256, name, kind, ministry, device_id, device, number, part, parts, bytes, taken_at, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'kept') ON CONFLICT (sha256) DO NOTHING`,
      [
        sha256,
        file.name,
        kind,
        ministry.acronym,
        device.id,
        device.code,
        number,
        files?.part ?? head.part,
        files?.of ?? parts.length,
        new Uint8Array(file.bytes),
        takenAt,
      ],
    );
  }

  /** What the endpoint has not seen, in the order in which it is to be sent: rows before the files that they describe. */
  toSend(): string[] {
    return this.#connection.values<string>(
      `SELECT sha256 FROM carried_files WHERE kind <> 'answer' AND state = 'kept'
        ORDER BY kind DESC, device_id, number, part`,
    );
  }

  bytes(sha256: string): Uint8Array<ArrayBuffer> | undefined {
    return (
      this.#connection.value<Uint8Array<ArrayBuffer>>('SELECT bytes FROM carried_files WHERE sha256 = ?', [sha256]) ??
      undefined
    );
  }

  /** The endpoint has it: the bytes are not needed any more, the line stays to be shown. */
  note(sha256: string, state: CarriedFile['state'], problem: string | undefined): void {
    this.#connection.run('UPDATE carried_files SET state = ?, problem = ?, bytes = NULL WHERE sha256 = ?', [
      state,
      problem ?? null,
      sha256,
    ]);
  }

  /** The parcel was applied: so were all its parts, and a newer answer holds what earlier ones held. */
  noteApplied(sha256: string): void {
    const key = `(device_id, number) IN (SELECT device_id, number FROM carried_files WHERE sha256 = ?)`;
    this.#connection.run(
      `UPDATE carried_files SET state = 'applied', problem = NULL, bytes = NULL WHERE kind = 'parcel' AND ${key}`,
      [sha256],
    );
  }

  forgetAnswersFor(deviceId: string): void {
    this.#connection.run(`DELETE FROM carried_files WHERE kind = 'answer' AND device_id = ?`, [deviceId]);
  }

  answers(): NamedBytes[] {
    return this.#connection.all<{ name: string; bytes: Uint8Array }>(
      `SELECT name, bytes FROM carried_files WHERE kind = 'answer' AND bytes IS NOT NULL ORDER BY device, number, part`,
    );
  }

  drop(sha256: string): void {
    this.#connection.run('DELETE FROM carried_files WHERE sha256 = ?', [sha256]);
  }

  list(): CarriedFile[] {
    return this.#connection
      .all<Line>(`SELECT ${LINE} FROM carried_files ORDER BY taken_at DESC, device, number, part LIMIT 500`)
      .map(({ taken_at: takenAt, problem, ...line }) => ({ ...line, takenAt, ...(problem !== null && { problem }) }));
  }
}
