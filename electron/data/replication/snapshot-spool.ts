import { Type } from 'typebox';
import { hasShape } from '../port/shape.ts';
import type { Register } from '../register.ts';

const KEY = 'sync.snapshot';

/** Bytes gathered before they are written: what a kill may cost. */
const PIECE = 32 * 1024;

const Begun = Type.Object({
  id: Type.String(),
  /** The first line of the file, without its end. */
  line: Type.String(),
  /** Chunks that are applied, and where in the file the next one begins. */
  chunks: Type.Integer(),
  start: Type.Integer(),
  setAside: Type.Integer(),
});

/** How far a first load is: on the disk, across restarts. */
export type Begun = {
  readonly id: string;
  readonly line: string;
  readonly chunks: number;
  readonly start: number;
  readonly setAside: number;
};

/** What arrived of a snapshot and is not applied yet lies in the encrypted register, by its place in the file. */
export class SnapshotSpool {
  readonly #register: Register;
  #gathered: Buffer[] = [];
  #size = 0;

  constructor(register: Register) {
    this.#register = register;
  }

  read(): Begun | undefined {
    const stored = this.#register.meta.get(KEY);
    return hasShape(Begun, stored) ? stored : undefined;
  }

  begin(id: string, line: string): Begun {
    const begun = { id, line, chunks: 0, start: Buffer.byteLength(line) + 1, setAside: 0 };
    this.#register.transaction(() => {
      this.forget();
      this.#register.meta.set(KEY, begun);
    });
    return begun;
  }

  /** A chunk is applied: its bytes are not needed any more. Call inside a transaction. */
  advance(begun: Begun): void {
    this.#register.meta.set(KEY, begun);
    this.#register.connection.run('DELETE FROM snapshot_pieces WHERE start + length(data) <= ?', [begun.start]);
  }

  /** The load is over, or begins anew. */
  forget(): void {
    this.#gathered = [];
    this.#size = 0;
    this.#register.meta.set(KEY, null);
    this.#register.connection.run('DELETE FROM snapshot_pieces');
  }

  /** The first byte that is still missing. */
  received({ start }: Begun): number {
    return this.#written(start) + this.#size;
  }

  /** Takes the next bytes. */
  add(begun: Begun, piece: Buffer): void {
    this.#gathered.push(piece);
    this.#size += piece.length;
    if (this.#size >= PIECE) this.flush(begun);
  }

  /** Brings what was gathered to the disk: before a chunk is read, and where the line is cut. */
  flush({ start }: Begun): void {
    if (this.#size === 0) return;
    const data = new Uint8Array(Buffer.concat(this.#gathered));
    this.#register.connection.run('INSERT INTO snapshot_pieces (start, data) VALUES (?, ?)', [
      this.#written(start),
      data,
    ]);
    this.#gathered = [];
    this.#size = 0;
  }

  /** The bytes of the next chunk, once all of them are there. */
  chunk(begun: Begun, bytes: number): Buffer | undefined {
    if (this.received(begun) < begun.start + bytes) return undefined;
    this.flush(begun);
    const { connection } = this.#register;
    const pieces = connection.all<{ start: number; data: Uint8Array<ArrayBuffer> }>(
      `SELECT start, data FROM snapshot_pieces
        WHERE start < ? AND start >= (SELECT max(start) FROM snapshot_pieces WHERE start <= ?) ORDER BY start`,
      [begun.start + bytes, begun.start],
    );
    const first = pieces[0]?.start ?? begun.start;
    const all = Buffer.concat(pieces.map(({ data }) => data));
    return all.subarray(begun.start - first, begun.start - first + bytes);
  }

  /** Bytes from here on are not what they should be: they are asked for again. */
  dropFrom({ start }: Begun): void {
    this.#gathered = [];
    this.#size = 0;
    this.#register.connection.run('DELETE FROM snapshot_pieces WHERE start + length(data) > ?', [start]);
  }

  #written(start: number): number {
    const sql = 'SELECT max(start + length(data)) FROM snapshot_pieces';
    return Math.max(start, this.#register.connection.value<number>(sql) ?? 0);
  }
}
