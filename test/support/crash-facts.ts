import assert from 'node:assert/strict';
import { diffFields, type FieldChange } from '#shared/domain/journal.ts';
import type { AssetFacets } from '#shared/protocol/asset-list.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { readCheckpoint } from '../../electron/data/replication/checkpoint.ts';
import { toWire } from '../../electron/data/replication/wire-document.ts';
import type { RegisterService } from '../../electron/data/service.ts';
import {
  type CrashCommand,
  type CrashNews,
  HEAVY_ROWS,
  heavyTable,
  markOf,
  migrationsOf,
  pulledAsset,
} from './crash-load.ts';

/** Searches of one check beside those for what the killed process wrote. */
const SAMPLE = 25;

type Entry = WireDocument & { readonly assetId: string; readonly deviceSequence: number };

/** What a register must hold after a kill: told by what its processes said before each ended. */
export class CrashFacts {
  /** Acknowledged commands of every process on this file so far. */
  acknowledged = 0;
  /** Commands that were under way when their process died: as a whole there, or as a whole not. */
  survived = 0;
  lost = 0;
  readonly #done: CrashCommand[] = [];
  /** `collection/id` of the rows that the endpoint has and that were not written since. */
  readonly #settled = new Set<string>();
  /** Rows of one part of an import, once one was seen. */
  #importBatch: number | undefined;
  #nextNumber = 1;

  /** The number of the next command on this file. */
  get nextNumber(): number {
    return this.#nextNumber;
  }

  /** Takes in what a process said until it died, looks at the register, and keeps what turned out to be true. */
  check(service: RegisterService, news: readonly CrashNews[], migrations: number): void {
    const { done, underWay, created } = this.#read(news);
    const state = new State(service);
    for (const command of done) this.#acknowledge(command);
    this.acknowledged += done.length;
    if (underWay) this.#judge(underWay, created, state);
    this.#nextNumber += done.length + (underWay ? 1 : 0);
    state.assertWhole();
    state.assertMigrated(migrations);
    for (const command of this.#done) assertThere(command, state);
    assert.equal(state.entryCount, sum(this.#done.map(entriesOf)), 'J2: an entry without its command');
    const pulled = this.#done.map((command) => (command.kind === 'pull' ? command.rows : 0));
    assert.equal(
      state.checkpoint.seq,
      sum(pulled),
      'S1: rows without their checkpoint, or a checkpoint without its rows',
    );
    assert.deepEqual(state.waiting(), state.localRows(this.#settled), 'S3: rows that wait');
    state.assertFound(this.#toSearch(state, done));
  }

  #read(news: readonly CrashNews[]): {
    readonly done: readonly CrashCommand[];
    readonly underWay: CrashCommand | undefined;
    readonly created: number;
  } {
    const done: CrashCommand[] = [];
    let underWay: CrashCommand | undefined;
    let created = 0;
    for (const one of news) {
      if (one.is === 'begin') {
        underWay = one;
        created = 0;
      } else if (one.is === 'step') {
        const isPart = underWay?.kind === 'import' && one.created < underWay.rows;
        if (created === 0 && isPart) this.#importBatch = one.created;
        created = one.created;
      } else if (one.is === 'done' && underWay) {
        done.push(underWay);
        underWay = undefined;
      }
    }
    return { done, underWay, created };
  }

  #acknowledge(command: CrashCommand): void {
    this.#done.push(command);
    if (command.kind === 'update' || command.kind === 'act') this.#settled.delete(`assets/${command.id}`);
    if (command.kind === 'push') for (const row of command.rows) this.#settled.add(row);
    if (command.kind === 'pull') {
      for (let row = 0; row < command.rows; row += 1) this.#settled.add(`assets/${pulledAsset(command.n, row).id}`);
    }
  }

  /** All or nothing of the command under way; of an import, whole parts from its beginning on. */
  #judge(command: CrashCommand, created: number, state: State): void {
    if (rowsOf(command) === 0) return;
    const there = rowsThere(command, state);
    if (command.kind === 'import') {
      assert.ok(there >= created, `I1: ${there} rows of an import that counted ${created}`);
      const parts = this.#importBatch ? there % this.#importBatch : 0;
      assert.ok(parts === 0 || there === command.rows, `J3: ${there} rows of an import, not whole parts`);
      if (there > 0) this.#acknowledge({ ...command, rows: there });
    } else if (there === rowsOf(command)) this.#acknowledge(command);
    else assert.equal(there, 0, `J3: ${command.kind} is half there`);
    if (there > 0) this.survived += 1;
    else this.lost += 1;
  }

  #toSearch(state: State, done: readonly CrashCommand[]): string[] {
    const touched = done.slice(-SAMPLE).flatMap((command) => state.touchedBy(command));
    const last = this.#done.at(-1);
    return [...new Set([...touched, ...(last ? state.touchedBy(last) : []), ...state.someAssets(SAMPLE)])];
  }
}

/** How many rows a command writes that can be counted afterwards. */
function rowsOf(command: CrashCommand): number {
  if (command.kind === 'push') return command.rows.length;
  if (command.kind === 'ask' || command.kind === 'checkpoint') return 0;
  return 'rows' in command ? command.rows : 1;
}

function entriesOf(command: CrashCommand): number {
  return command.kind === 'push' || command.kind === 'pull' ? 0 : rowsOf(command);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function rowsThere(command: CrashCommand, state: State): number {
  if (command.kind === 'push') return command.rows.filter((row) => state.isSettled(row)).length;
  if (command.kind === 'pull') return count(command.rows, (row) => state.hasAsset(pulledAsset(command.n, row).id));
  // An import that was cut has the rows at its beginning.
  return count(rowsOf(command), (row) => state.entryOf(markOf(command.n, row)) !== undefined);
}

function count(end: number, isThere: (row: number) => boolean): number {
  let number = 0;
  while (number < end && isThere(number)) number += 1;
  for (let row = number; row < end; row += 1) assert.ok(!isThere(row), 'J3: a row after one that is missing');
  return number;
}

function assertThere(command: CrashCommand, state: State): void {
  if (command.kind === 'push') return; // judged by what waits
  assert.equal(rowsThere(command, state), rowsOf(command), `J3: ${command.kind} ${command.n} was acknowledged`);
}

/** A register as one finds it, read through what the program itself offers. */
class State {
  readonly checkpoint: { readonly seq: number };
  readonly #service: RegisterService;
  readonly #assets: ReadonlyMap<string, WireDocument>;
  readonly #entries: readonly Entry[];
  readonly #byMark = new Map<string, Entry>();

  constructor(service: RegisterService) {
    this.#service = service;
    this.checkpoint = readCheckpoint(service.register);
    const all = (name: 'assets' | 'movements') =>
      service.register.table(name).changedSince(Number.POSITIVE_INFINITY).documents.map(toWire);
    this.#assets = new Map(all('assets').map((asset) => [asset.id, asset]));
    // Documents of the journal, checked when they were written.
    this.#entries = (all('movements') as Entry[]).sort((a, b) => a.deviceSequence - b.deviceSequence);
    for (const entry of this.#entries) {
      const mark = markIn(entry);
      assert.ok(!this.#byMark.has(mark), `J2: two entries of one act, ${mark}`);
      this.#byMark.set(mark, entry);
    }
  }

  get entryCount(): number {
    return this.#entries.length;
  }

  hasAsset(id: string): boolean {
    return this.#assets.has(id);
  }

  entryOf(mark: string): Entry | undefined {
    return this.#byMark.get(mark);
  }

  isSettled(row: string): boolean {
    const [collection = '', id = ''] = row.split('/');
    return this.#service.register.waiting.get(collection as 'assets', id) === undefined;
  }

  /** Assets that a command wrote. */
  touchedBy(command: CrashCommand): string[] {
    if (command.kind === 'pull') return [pulledAsset(command.n, 0).id, pulledAsset(command.n, command.rows - 1).id];
    if (command.kind === 'push') return [];
    const rows = [0, Math.max(0, rowsOf(command) - 1)];
    return rows.flatMap((row) => this.entryOf(markOf(command.n, row))?.assetId ?? []);
  }

  /** Spread over all. */
  someAssets(number: number): string[] {
    const ids = [...this.#assets.keys()];
    return ids.filter((_, index) => index % Math.max(1, Math.floor(ids.length / number)) === 0);
  }

  /** The file is sound; the journal has no gap and tells every asset as it is. */
  assertWhole(): void {
    const { connection } = this.#service.register;
    assert.equal(connection.value('PRAGMA quick_check'), 'ok');
    const numbers = this.#entries.map(({ deviceSequence }) => deviceSequence);
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
      'J4: the journal has a gap',
    );
    const told = new Map<string, Map<string, unknown>>();
    for (const entry of this.#entries) retell(told, entry, this.#assets.get(entry.assetId));
    for (const asset of this.#assets.values()) {
      const fields = told.get(asset.id) ?? fieldsOf(pulledTwin(asset));
      assert.deepEqual(sorted(fields), sorted(fieldsOf(asset)), 'J3: the journal tells another asset');
    }
    const references = [...this.#assets.values()].map(({ reference }) => reference);
    assert.equal(new Set(references).size, references.length, 'A2: a reference was given twice');
  }

  assertMigrated(count: number): void {
    const { connection } = this.#service.register;
    const versions = migrationsOf(count).map(({ version }) => version);
    assert.equal(connection.value('PRAGMA user_version'), versions.at(-1));
    for (const version of versions.slice(versions.length - count)) {
      assert.equal(connection.value(`SELECT count(*) FROM ${heavyTable(version)}`), HEAVY_ROWS, 'K5: half a migration');
    }
  }

  /** `collection/id` of what waits for the endpoint. */
  waiting(): string[] {
    const rows = this.#service.register.waiting.next(1_000_000);
    return rows.map(({ collection, id }) => `${collection}/${id}`).sort();
  }

  /** What must wait: everything that was written here, except what is settled. */
  localRows(settled: ReadonlySet<string>): string[] {
    const assets = [...this.#assets.keys()].map((id) => `assets/${id}`);
    const entries = this.#entries.map(({ id }) => `movements/${id}`);
    return [...assets, ...entries].filter((row) => !settled.has(row)).sort();
  }

  /** List, counts and search know every asset as it is now, and none as it was. */
  assertFound(ids: readonly string[]): void {
    const { total, facets } = this.#find({}, true);
    assert.equal(total, this.#assets.size, 'J3: the list counts other assets');
    const statuses = tally([...this.#assets.values()].map(({ status }) => String(status)));
    assert.deepEqual({ ...facets?.status }, statuses, 'J3: the counts by status are others');
    if (this.#assets.size > 0) assert.equal(this.#find({ text: 'ordinateur' }).total, this.#assets.size);
    for (const id of ids) {
      const mark = String(this.#assets.get(id)?.designation).split(' ').at(-1) ?? '';
      const found = this.#find({ text: mark });
      assert.deepEqual([found.ids, found.corrections], [[id], []], `J3: the search for ${mark}`);
      for (const former of this.#formerMarks(id, mark)) {
        const { ids: wrong, corrections } = this.#find({ text: former });
        assert.ok(wrong.length === 0 || corrections.length > 0, `J3: ${former} is still found`);
      }
    }
  }

  #formerMarks(id: string, mark: string): string[] {
    const entries = this.#entries.filter(({ assetId, kind }) => assetId === id && kind !== 'act');
    return entries.map(markIn).filter((former) => former !== mark);
  }

  #find(filter: { readonly text?: string }, facets = false) {
    return this.#service.questions.findAssets({ filter, offset: 0, limit: 5, facets });
  }
}

function changesOf(entry: Entry): readonly FieldChange[] {
  return entry.changes as readonly FieldChange[]; // the shape of a stored entry
}

/** An act carries its mark as the number of its paper, everything else in the designation. */
function markIn(entry: Entry): string {
  if (entry.kind === 'act') return String(entry.documentNumber);
  const change = changesOf(entry).find(({ field }) => field === 'designation');
  return String(change?.to).split(' ').at(-1) ?? '';
}

function retell(told: Map<string, Map<string, unknown>>, entry: Entry, asset: WireDocument | undefined): void {
  assert.ok(asset, 'J3: an entry without its asset');
  const fields = told.get(asset.id) ?? (entry.kind === 'creation' ? new Map() : fieldsOf(pulledTwin(asset)));
  for (const { field, from, to } of changesOf(entry)) {
    assert.equal(fields.get(field) ?? null, from, `J2: ${field} was something else before`);
    if (to === null) fields.delete(field);
    else fields.set(field, to);
  }
  told.set(asset.id, fields);
}

/** An asset of the endpoint as it was sent; its id says which. */
function pulledTwin({ id }: WireDocument): WireDocument {
  const [, number, row] = /^0190(\d{4})-0000-7000-8000-(\d{12})$/.exec(id) ?? [];
  assert.ok(number && row, 'J2: an asset that no entry created');
  return pulledAsset(Number(number), Number(row));
}

function fieldsOf(asset: WireDocument): Map<string, unknown> {
  return new Map(diffFields({}, asset).map(({ field, to }) => [field, to]));
}

function sorted(fields: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
}

function tally(values: readonly string[]): AssetFacets['status'] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Object.fromEntries(counts);
}
