/**
 * JSON values side by side, written as columns: one array per field compresses a fifth better than one object per row, as
 * equal things stand together. Any JSON value comes back as it was; a field that a row does not have stays absent.
 */

type Fields = Readonly<Record<string, unknown>>;

/** `p` tells which rows have a value, in runs: so many with, so many without, so many with …; left out when all have. */
type Presence = { readonly p?: readonly number[] };

export type Column = Presence &
  (
    | { readonly v: readonly unknown[] }
    /** Words that come again and again: the words, and for each row which one. */
    | { readonly d: readonly string[]; readonly i: readonly number[] }
    /** Objects: a column per field. */
    | { readonly c: readonly (readonly [string, Column])[] }
    /** Lists: how long each is, and their items one after another. */
    | { readonly n: readonly number[]; readonly l: Column }
  );

/** Objects in objects are columns down to here; what lies deeper is written as it is. */
const MAX_DEPTH = 4;

/** A word comes so often on average before a list of words is worth its place. */
const MIN_REPEATS = 2;

/** @param values JSON values; `undefined` is a row without one */
export function toColumn(values: readonly unknown[], depth = 0): Column {
  const present = values.filter((value) => value !== undefined);
  const presence = present.length < values.length ? { p: toRuns(values) } : {};
  return { ...presence, ...toDense(present, depth) };
}

function toDense(values: readonly unknown[], depth: number): Column {
  if (depth < MAX_DEPTH && values.length > 0) {
    if (values.every(isFields)) return { c: toFieldColumns(values, depth) };
    if (values.every((value) => Array.isArray(value))) {
      return { n: values.map((list) => list.length), l: toColumn(values.flat(1), depth + 1) };
    }
  }
  if (values.every((value) => typeof value === 'string')) {
    const words = new Map<string, number>();
    for (const word of values) if (!words.has(word)) words.set(word, words.size);
    if (words.size * MIN_REPEATS <= values.length) {
      return { d: [...words.keys()], i: values.map((word) => words.get(word) ?? 0) };
    }
  }
  return { v: values };
}

function toFieldColumns(rows: readonly Fields[], depth: number): [string, Column][] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => [
    name,
    toColumn(
      rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined)),
      depth + 1,
    ),
  ]);
}

function toRuns(values: readonly unknown[]): number[] {
  const runs: number[] = [];
  let isPresent = true;
  let length = 0;
  for (const value of values) {
    if ((value !== undefined) !== isPresent) {
      runs.push(length);
      isPresent = !isPresent;
      length = 0;
    }
    length += 1;
  }
  return [...runs, length];
}

/**
 * The values again, `undefined` where a row has none.
 * @throws RangeError where the parts of the column do not fit each other
 */
export function fromColumn(column: unknown, count: number): unknown[] {
  const parts = asFields(column);
  const presence = parts.p === undefined ? undefined : fromRuns(parts.p, count);
  const dense = fromDense(parts, presence ? presence.filter(Boolean).length : count);
  if (!presence) return dense;
  let next = 0;
  return presence.map((isPresent) => {
    if (!isPresent) return undefined;
    next += 1;
    return dense[next - 1];
  });
}

function fromDense(parts: Fields, count: number): unknown[] {
  if (parts.d !== undefined) {
    const words = asList(parts.d);
    return asList(parts.i, count).map((index) => words[asCount(index, words.length - 1)]);
  }
  if (parts.c !== undefined) return fromFieldColumns(asList(parts.c), count);
  if (parts.n !== undefined) return fromLists(asList(parts.n, count), parts.l);
  return [...asList(parts.v, count)];
}

function fromFieldColumns(columns: readonly unknown[], count: number): Fields[] {
  const fields = columns.map((pair) => {
    const [name, column] = asList(pair, 2);
    if (typeof name !== 'string') throw misfit();
    return { name, values: fromColumn(column, count) };
  });
  return Array.from({ length: count }, (_, row) => {
    const entries: [string, unknown][] = [];
    for (const { name, values } of fields) if (values[row] !== undefined) entries.push([name, values[row]]);
    // Unlike an assignment, this makes a field of any name, `__proto__` too.
    return Object.fromEntries(entries);
  });
}

function fromLists(lengths: readonly unknown[], items: unknown): unknown[][] {
  const sizes = lengths.map((length) => asCount(length));
  const all = fromColumn(
    items,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return all.slice(start - size, start);
  });
}

function fromRuns(runs: unknown, count: number): boolean[] {
  const presence = asList(runs).flatMap((run, index) => Array<boolean>(asCount(run, count)).fill(index % 2 === 0));
  if (presence.length !== count) throw misfit();
  return presence;
}

function asFields(value: unknown): Fields {
  if (isFields(value)) return value;
  throw misfit();
}

function asList(value: unknown, length?: number): readonly unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw misfit();
}

function asCount(value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw misfit();
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function misfit(): RangeError {
  return new RangeError('The parts of a column do not fit each other');
}
