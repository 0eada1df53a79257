import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { AppError } from '#shared/domain/errors.ts';
import type { ReferenceLine } from '#shared/protocol/reference-data.ts';
import { Agent } from '#shared/schema/agent.ts';
import { Reference } from '#shared/schema/reference.ts';
import { Site } from '#shared/schema/site.ts';
import { Structure } from '#shared/schema/structure.ts';
import { findUnstorableText } from '../../commands/storable-text.ts';
import { readDate } from '../../exchange/values/dates.ts';
import { hashedId } from '../../hashed-id.ts';
import { requireShape } from '../../port/shape.ts';
import type { Register } from '../../register.ts';
import { type ReferenceCollection, type ReferenceRows, readRows } from '../rows.ts';
import type { FileRow, FileRows } from './read.ts';

const SCHEMAS = { structures: Structure, sites: Site, references: Reference, agents: Agent } as const;

export type LineProblem = NonNullable<ReferenceLine['problem']>;

/** A row to write, and what it was when the preview was made. */
export type PlannedWrite = {
  readonly collection: ReferenceCollection;
  readonly row: ReferenceRows[ReferenceCollection];
  readonly before: ReferenceRows[ReferenceCollection] | undefined;
};

export type PlannedLine = ReferenceLine & { readonly writes: readonly PlannedWrite[] };

/** Stops a line: what is wrong with it. */
export class Refusal extends Error {
  readonly problem: LineProblem;
  constructor(problem: LineProblem) {
    super(problem.problem);
    this.problem = problem;
  }
}

/** The rows as they would be after the lines read so far: a later line sees what an earlier one creates. */
export class Workspace<Name extends ReferenceCollection> {
  readonly register: Register;
  readonly file: FileRows;
  readonly ministryId: string;
  readonly today: string;
  readonly rows: Map<string, ReferenceRows[Name]>;
  readonly #collection: Name;
  readonly #indexes = new Map<string, Index<ReferenceRows[Name]>>();
  /** Rows that a line of the file was about already. */
  readonly #told = new Map<string, ReferenceRows[Name]>();

  constructor(register: Register, collection: Name, file: FileRows) {
    this.register = register;
    this.file = file;
    this.ministryId = register.identity.require().ministry.id;
    this.today = register.instant().slice(0, 10);
    this.#collection = collection;
    this.rows = readRows(register, collection);
  }

  /**
   * Rows that have `key` among what `keysOf` says of them, as they are now. `index` names the question: the same name always
   * comes with the same `keysOf`. Files are long, so rows are not looked through one by one.
   */
  having(index: string, keysOf: (row: ReferenceRows[Name]) => readonly string[], key: string): ReferenceRows[Name][] {
    if (key === '') return [];
    const known = this.#indexes.get(index) ?? { keysOf, ids: new Map<string, Set<string>>() };
    if (!this.#indexes.has(index)) {
      this.#indexes.set(index, known);
      for (const row of this.rows.values()) addTo(known, row);
    }
    const rows = [...(known.ids.get(key) ?? [])].flatMap((id) => this.rows.get(id) ?? []);
    // A row may have lost the key since it was indexed.
    return rows.filter((row) => keysOf(row).includes(key));
  }

  /** As if a line had never been read: its rows are again what they were. */
  takeBack(writes: readonly PlannedWrite[]): void {
    for (const { row, before } of writes) {
      this.rows.delete(row.id);
      // What stood there came from this very collection.
      if (before) this.rows.set(row.id, before as ReferenceRows[Name]);
    }
  }

  newId(parts: readonly string[]): string {
    const id = hashedId(this.ministryId, ...parts);
    return this.rows.has(id) || this.register.table(this.#collection).get(id) ? this.register.environment.newId() : id;
  }

  /** A date of the file, or what is known already where the cell is blank. */
  date(row: FileRow, field: 'validFrom' | 'validTo', known: string | undefined): string | undefined {
    const text = row.get(field);
    if (text === '') return known;
    const { date } = readDate(text, this.file.dateOrder(field));
    if (date === undefined) throw new Refusal({ field, problem: 'bad-date' });
    return date;
  }

  /** Takes a row in when nothing stands against it; says what was written. */
  take(row: ReferenceRows[Name], problem: LineProblem | undefined): PlannedWrite | undefined {
    this.#requireShape(row);
    const told = this.#told.get(row.id);
    if (told && canonicalJson(told) !== canonicalJson(row)) throw new Refusal({ field: 'name', problem: 'repeated' });
    if (problem) throw new Refusal(problem);
    const before = this.rows.get(row.id);
    this.#told.set(row.id, row);
    if (before && canonicalJson(before) === canonicalJson(row)) return undefined;
    this.rows.set(row.id, row);
    for (const index of this.#indexes.values()) addTo(index, row);
    return { collection: this.#collection, row, before };
  }

  #requireShape(row: ReferenceRows[Name]): void {
    const unstorable = findUnstorableText({ ...row });
    try {
      requireShape(SCHEMAS[this.#collection], row, 'COMMAND_INVALID');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const field = String(error.details?.field ?? '').replace(/^\//, '');
      throw new Refusal(
        error.details?.problem === 'maxLength' ? { field, problem: 'too-long' } : { field, problem: 'required' },
      );
    }
    // Cells were tidied: nothing of that kind is left, and if it were, no line of a file is worth a damaged row.
    if (unstorable) throw new Refusal({ field: unstorable, problem: 'required' });
  }
}

type Index<Row> = {
  readonly keysOf: (row: Row) => readonly string[];
  readonly ids: Map<string, Set<string>>;
};

function addTo<Row extends { readonly id: string }>({ keysOf, ids }: Index<Row>, row: Row): void {
  for (const key of keysOf(row)) {
    const known = ids.get(key);
    if (known) known.add(row.id);
    else ids.set(key, new Set([row.id]));
  }
}

/** What a planner says of a line; `undefined` asks to be called again once other lines are planned. */
export type Plan = Omit<ReferenceLine, 'line' | 'outcome'> & { readonly writes: readonly PlannedWrite[] };

/**
 * Plans every line, those that wait for others after them (a service before its direction). `stuck` says what stands
 * against the lines that wait for each other to the end.
 */
export function planLines(
  rows: readonly FileRow[],
  plan: (row: FileRow) => Plan | undefined,
  options: { readonly labelOf: (row: FileRow) => string; readonly stuck?: LineProblem },
): PlannedLine[] {
  const planned = new Map<FileRow, PlannedLine>();
  const { labelOf, stuck = { field: 'parent', problem: 'loop' } } = options;
  for (let waiting = rows; waiting.length > 0; ) {
    const left = waiting.filter((row) => {
      const line = planLine(row, plan, labelOf);
      if (line) planned.set(row, line);
      return !line;
    });
    if (left.length === waiting.length) {
      for (const row of left) planned.set(row, refused(row, labelOf(row), stuck));
      break;
    }
    waiting = left;
  }
  return rows.flatMap((row) => planned.get(row) ?? []);
}

function planLine(
  row: FileRow,
  plan: (row: FileRow) => Plan | undefined,
  labelOf: (row: FileRow) => string,
): PlannedLine | undefined {
  if (row.isTooWide) return refused(row, labelOf(row), { field: '', problem: 'too-many-cells' });
  try {
    const made = plan(row);
    if (!made) return undefined;
    return { line: row.line, outcome: outcomeOf(made.writes), ...made };
  } catch (error) {
    if (error instanceof Refusal) return refused(row, labelOf(row), error.problem);
    throw error;
  }
}

function outcomeOf(writes: readonly PlannedWrite[]): 'created' | 'changed' | 'unchanged' {
  if (writes.length === 0) return 'unchanged';
  return writes.some(({ before }) => before === undefined) ? 'created' : 'changed';
}

function refused(row: FileRow, label: string, problem: LineProblem): PlannedLine {
  return { line: row.line, outcome: 'refused', label: label.slice(0, 200), problem, writes: [] };
}

/** What differs, in words: `names` says what an id stands for. */
export function listChanges(
  write: PlannedWrite | undefined,
  names: (field: string, value: unknown) => string | undefined = () => undefined,
): NonNullable<ReferenceLine['changes']> {
  if (!write?.before) return [];
  const [before, after] = [flatten(write.before), flatten(write.row)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => canonicalJson([before.get(field)]) !== canonicalJson([after.get(field)]))
    .map((field) => ({ field, from: inWords(field, before.get(field)), to: inWords(field, after.get(field)) }));

  function inWords(field: string, value: unknown): string | null {
    if (value === undefined) return null;
    return names(field, value) ?? (Array.isArray(value) ? value.join(', ') : String(value));
  }
}

function flatten({ ...row }: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const { content, ...fields } = row;
  return new Map([...Object.entries(fields), ...Object.entries({ ...(typeof content === 'object' && content) })]);
}

/** The only row of the first list that has any; several stop the line. */
export function onlyOne<Row>(lists: readonly (readonly Row[])[], several: LineProblem): Row | undefined {
  const found = lists.find((list) => list.length > 0) ?? [];
  if (found.length > 1) throw new Refusal(several);
  return found[0];
}
