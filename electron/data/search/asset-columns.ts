import type { Connection } from '../sqlcipher/connection.ts';

/** Slots kept in one row of the file: a small edit rewrites one such row, opening reads them all. */
const CHUNK = 128;
const FIRST_CAPACITY = 4096;

type Columns = {
  /** Milliseconds since 1970. */
  updatedAt: Float64Array;
  /** F CFA and one more; 0 where unknown. */
  value: Float64Array;
  sequence: Uint32Array;
  label: Uint32Array;
  details: Uint32Array;
  holder: Uint32Array;
  room: Uint32Array;
  series: Uint32Array;
  structure: Uint32Array;
  site: Uint32Array;
  type: Uint32Array;
  /** Nature, physical state and what is missing: see `asset-traits.ts`. */
  traits: Uint16Array;
  /** Days (`day-number.ts`): of the acquisition, of the end, of the return of a loan. 0 where unknown. */
  acquired: Uint16Array;
  end: Uint16Array;
  returns: Uint16Array;
  /** 0 where there is no asset. */
  status: Uint8Array;
};
export type ColumnName = keyof Columns;
/** One number per column. */
export type ColumnRow = Readonly<Record<ColumnName, number>>;

type AnyColumn = Columns[ColumnName];
type ColumnType = { new (length: number): AnyColumn; readonly BYTES_PER_ELEMENT: number };

/** In the order of their bytes in a chunk, widest first so that every column of a chunk is aligned. */
const LAYOUT: Readonly<Record<ColumnName, ColumnType>> = {
  updatedAt: Float64Array,
  value: Float64Array,
  sequence: Uint32Array,
  label: Uint32Array,
  details: Uint32Array,
  holder: Uint32Array,
  room: Uint32Array,
  series: Uint32Array,
  structure: Uint32Array,
  site: Uint32Array,
  type: Uint32Array,
  traits: Uint16Array,
  acquired: Uint16Array,
  end: Uint16Array,
  returns: Uint16Array,
  status: Uint8Array,
};
// The keys just above.
const NAMES = Object.keys(LAYOUT) as ColumnName[];
const CHUNK_BYTES = CHUNK * NAMES.reduce((sum, name) => sum + LAYOUT[name].BYTES_PER_ELEMENT, 0);

/**
 * The assets as columns of numbers, one slot per asset from 1: what filters, counts, orders and matches a million of them
 * in some milliseconds. Values are codes of the dictionaries; the file keeps them in chunks (little-endian, as every
 * machine that Electron runs on).
 */
export class AssetColumns {
  readonly #connection: Connection;
  #columns = makeColumns(FIRST_CAPACITY);
  #capacity = FIRST_CAPACITY;
  /** One more than the highest slot. */
  #end = 1;
  #changed = new Set<number>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Slots are `1 … end - 1`. */
  get end(): number {
    return this.#end;
  }

  /** A column; slots beyond `end` hold nothing. Not to be kept: growing replaces it. */
  column<Name extends ColumnName>(name: Name): Columns[Name] {
    return this.#columns[name];
  }

  set(slot: number, row: ColumnRow): void {
    if (slot >= this.#capacity) this.#grow(slot);
    for (const name of NAMES) this.#columns[name][slot] = row[name];
    this.#end = Math.max(this.#end, slot + 1);
    this.#changed.add(Math.floor(slot / CHUNK));
  }

  clear(slot: number): void {
    for (const name of NAMES) this.#columns[name][slot] = 0;
    this.#changed.add(Math.floor(slot / CHUNK));
  }

  /** Writes what changed, in the running transaction. */
  flush(): void {
    for (const chunk of this.#changed) {
      this.#connection.run('INSERT OR REPLACE INTO asset_columns (chunk, data) VALUES (?, ?)', [
        chunk,
        this.#encode(chunk),
      ]);
    }
    this.#changed = new Set();
  }

  load(): void {
    const last = this.#connection.value<number>('SELECT max(chunk) FROM asset_columns') ?? 0;
    this.#changed = new Set();
    this.#capacity = Math.max(FIRST_CAPACITY, withRoom((last + 1) * CHUNK));
    this.#columns = makeColumns(this.#capacity);
    for (let from = 0; from <= last; from += LOAD_BATCH) this.#loadChunks(from, from + LOAD_BATCH);
    this.#end = (last + 1) * CHUNK;
    while (this.#end > 1 && this.#columns.status[this.#end - 1] === 0) this.#end -= 1;
  }

  #loadChunks(from: number, to: number): void {
    const rows = this.#connection.all<{ chunk: number; data: Uint8Array }>(
      'SELECT chunk, data FROM asset_columns WHERE chunk >= ? AND chunk < ?',
      [from, to],
    );
    for (const { chunk, data } of rows) this.#decode(chunk, data);
  }

  #encode(chunk: number): Uint8Array<ArrayBuffer> {
    const data = new Uint8Array(CHUNK_BYTES);
    let offset = 0;
    for (const name of NAMES) {
      const bytes = this.#bytesOf(name, chunk);
      data.set(bytes, offset);
      offset += bytes.length;
    }
    return data;
  }

  #decode(chunk: number, data: Uint8Array): void {
    let offset = 0;
    for (const name of NAMES) {
      const bytes = this.#bytesOf(name, chunk);
      bytes.set(data.subarray(offset, offset + bytes.length));
      offset += bytes.length;
    }
  }

  /** The memory of a column's chunk. */
  #bytesOf(name: ColumnName, chunk: number): Uint8Array {
    const { buffer, BYTES_PER_ELEMENT } = this.#columns[name];
    const length = CHUNK * BYTES_PER_ELEMENT;
    return new Uint8Array(buffer, chunk * length, length);
  }

  #grow(slot: number): void {
    const old = this.#columns;
    this.#capacity = withRoom(slot + 1);
    this.#columns = makeColumns(this.#capacity);
    for (const name of NAMES) this.#columns[name].set(old[name]);
  }
}

const LOAD_BATCH = 128;

/** A sixteenth more, in whole chunks. */
function withRoom(length: number): number {
  return Math.ceil((length * 1.0625) / CHUNK) * CHUNK;
}

function makeColumns(capacity: number): Columns {
  // One column for every name, of the type that the layout gives it.
  return Object.fromEntries(NAMES.map((name) => [name, new LAYOUT[name](capacity)])) as Columns;
}
