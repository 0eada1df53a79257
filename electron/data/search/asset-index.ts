import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';
import { AssetColumns, type ColumnRow } from './asset-columns.ts';
import { type AssetEntry, toEntry, VALUE_KINDS, type ValueKind } from './asset-entry.ts';
import { NUMBER_TABLES, NumberIndex } from './number-index.ts';
import { type NamedKind, PlaceNames } from './place-names.ts';
import { Recency } from './recency.ts';
import { TextParts } from './text-parts.ts';
import { type CountedColumnName, ValueCounts } from './value-counts.ts';
import { ValueDictionary } from './value-dictionary.ts';
import { Vocabulary } from './vocabulary.ts';

/** Raised with every change of what the index keeps or how it reads an asset: files then build theirs anew. */
const LAYOUT = 3;
const LAYOUT_KEY = 'asset index';
const REBUILD_BATCH = 1000;

/** Kinds whose texts are their own words. */
const TEXT_KINDS = ['label', 'details', 'holder', 'room', 'series'] as const;
/** Kinds that are named by other documents. */
const NAMED_KINDS = ['structure', 'site', 'type'] as const satisfies readonly NamedKind[];

const TABLES = `
  CREATE TABLE asset_values (kind INTEGER NOT NULL, code INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID;
  CREATE TABLE asset_columns (chunk INTEGER PRIMARY KEY, data BLOB NOT NULL);
  ${NUMBER_TABLES}`;
const TABLE_NAMES = [
  'asset_values',
  'asset_columns',
  'asset_keys',
  'asset_numbers',
  'asset_number_parts',
  'asset_notes',
] as const;

type Tables = {
  readonly assets: DocumentTable;
  readonly structures: DocumentTable;
  readonly sites: DocumentTable;
  readonly references: DocumentTable;
};

/**
 * What the list, the search and the counts read instead of documents: columns of codes, dictionaries of texts, numbers.
 * It is written in the transaction of the asset itself (SPEC J3), lives in memory as a whole, and is read from the file
 * when it is first needed and after a transaction that failed.
 */
export class AssetIndex {
  readonly columns: AssetColumns;
  readonly numbers: NumberIndex;
  readonly dictionaries: Readonly<Record<ValueKind, ValueDictionary>>;
  readonly #connection: Connection;
  readonly #tables: Tables;
  readonly #recency = new Recency();
  readonly #counts = new ValueCounts();
  #isLoaded = false;
  /** A transaction that writes to the index is under way. */
  #isWriting = false;
  #revision = 1;
  #membership = 1;
  #texts: Vocabulary | undefined;
  #names: Vocabulary | undefined;
  #places: PlaceNames | undefined;
  #byReference: Uint32Array | undefined;
  #brands: TextParts | undefined;
  #suppliers: TextParts | undefined;

  constructor(connection: Connection, tables: Tables) {
    this.#connection = connection;
    this.#tables = tables;
    this.columns = new AssetColumns(connection);
    this.numbers = new NumberIndex(connection);
    // One dictionary for every kind.
    this.dictionaries = Object.fromEntries(
      VALUE_KINDS.map((kind, number) => [kind, new ValueDictionary(connection, number)]),
    ) as Record<ValueKind, ValueDictionary>;
    this.#layOut();
    tables.assets.onWrite((write) => this.#index(write));
    for (const table of [tables.structures, tables.sites, tables.references]) table.onWrite(() => this.#renamePlaces());
  }

  /** Grows with every commit that changes what is found. */
  get revision(): number {
    return this.#revision;
  }

  /** Grows when an asset comes or goes. */
  get membership(): number {
    return this.#membership;
  }

  /** How many assets have each code. */
  countsOf(column: CountedColumnName): readonly number[] {
    return this.#counts.of(column);
  }

  /** Reads the file if need be; to be called before the parts are read. */
  load(): void {
    if (this.#isLoaded) return;
    for (const kind of VALUE_KINDS) this.dictionaries[kind].load();
    this.columns.load();
    this.#counts.load(this.columns);
    this.#isLoaded = true;
  }

  /** Slots by their last change, the latest first. */
  byRecency(): Uint32Array {
    return this.#recency.order(this.columns.column('updatedAt'), this.columns.column('status'), this.columns.end);
  }

  byReference(): Uint32Array {
    this.#byReference ??= this.numbers.byReference();
    return this.#byReference;
  }

  /** Brands by the code of a label. */
  get brands(): TextParts {
    this.#brands ??= new TextParts(this.dictionaries.label, 1);
    return this.#brands;
  }

  /** Suppliers by the code of the details. */
  get suppliers(): TextParts {
    this.#suppliers ??= new TextParts(this.dictionaries.details, 0);
    return this.#suppliers;
  }

  /** Words of texts that assets hold. */
  get texts(): Vocabulary {
    this.#texts ??= new Vocabulary(TEXT_KINDS);
    for (const kind of TEXT_KINDS) {
      this.#texts.takeIn(kind, this.dictionaries[kind], (text) => searchedText(kind, text));
    }
    return this.#texts;
  }

  /** Words of the names of structures, sites and types. */
  get names(): Vocabulary {
    const places = this.#readPlaces();
    this.#names ??= new Vocabulary(NAMED_KINDS);
    for (const kind of NAMED_KINDS) {
      this.#names.takeIn(kind, this.dictionaries[kind], (text) => places.wordsOf(kind, text));
    }
    return this.#names;
  }

  /** What the screen shows for a code or id. */
  nameOf(kind: NamedKind, text: string): string {
    return this.#readPlaces().nameOf(kind, text);
  }

  /** Assets that have one of these numbers already, by the number as `compact` writes it (SPEC I3). */
  findByNumber(
    kind: 'serial' | 'inventory',
    numbers: readonly string[],
  ): Map<string, { readonly id: string; readonly reference: string }> {
    const { assets } = this.#tables;
    const rows = this.#connection.all<{ number: string; id: string; reference: string }>(
      `SELECT k.${kind} AS number, k.id, ${assets.column('reference')} AS reference
        FROM asset_keys k JOIN ${assets.tableName} USING (id)
        WHERE k.${kind} IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(numbers)],
    );
    return new Map(rows.map(({ number, id, reference }) => [number, { id, reference }]));
  }

  /**
   * Drops texts that no asset holds any more, and makes ready what the first search needs. For a quiet moment after opening;
   * what is found stays the same.
   */
  tidy(): void {
    this.load();
    this.#connection.transaction(() => {
      this.#connection.onRollback(() => this.#forget());
      for (const kind of VALUE_KINDS) this.#sweep(kind);
    });
    this.#texts = undefined;
    this.texts.match(' ', () => undefined);
    this.names.match(' ', () => undefined);
  }

  #readPlaces(): PlaceNames {
    this.#places ??= new PlaceNames(this.#tables, this.#connection);
    return this.#places;
  }

  #sweep(kind: ValueKind): void {
    const used = new Uint8Array(this.dictionaries[kind].size);
    const codes = this.columns.column(kind);
    for (let slot = 1; slot < this.columns.end; slot += 1) used[codes[slot] ?? 0] = 1;
    this.dictionaries[kind].sweep((code) => used[code] === 1);
  }

  #index({ previous, current }: DocumentWrite): void {
    this.load();
    this.#watch();
    // The key of every collection is `id`, a string.
    const id = current.id as string;
    const slot = previous && this.numbers.slotOf(id);
    if (current._deleted) {
      if (slot !== undefined) this.#remove(slot);
      return;
    }
    const entry = toEntry(current);
    if (slot === undefined) {
      this.#membership += 1;
      this.#byReference = undefined;
      this.#place(this.numbers.insert(id, entry), entry);
      return;
    }
    const before = toEntry(previous as DocumentWrite['current']);
    if (before.reference !== entry.reference) this.#byReference = undefined;
    this.numbers.update(slot, entry, before);
    this.#place(slot, entry);
  }

  #remove(slot: number): void {
    this.#membership += 1;
    this.#byReference = undefined;
    this.numbers.remove(slot);
    this.#counts.take(this.columns, slot);
    this.columns.clear(slot);
    this.#recency.note(slot);
  }

  #place(slot: number, { values, updatedAt, value, sequence, traits, acquired, end, returns }: AssetEntry): void {
    const code = (kind: ValueKind): number => this.dictionaries[kind].codeOf(values[kind]);
    const row: ColumnRow = {
      updatedAt,
      value,
      sequence,
      label: code('label'),
      details: code('details'),
      holder: code('holder'),
      room: code('room'),
      series: code('series'),
      structure: code('structure'),
      site: code('site'),
      type: code('type'),
      traits,
      acquired,
      end,
      returns,
      status: code('status'),
    };
    this.#counts.take(this.columns, slot);
    this.columns.set(slot, row);
    this.#counts.add(this.columns, slot);
    this.#recency.note(slot);
  }

  /** Once per transaction: columns are written with it; if it fails, memory and file no longer agree. */
  #watch(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#connection.beforeCommit(() => this.columns.flush());
    this.#connection.onCommit(() => {
      this.#isWriting = false;
      this.#revision += 1;
    });
    this.#connection.onRollback(() => this.#forget());
  }

  #forget(): void {
    this.#isWriting = false;
    this.#isLoaded = false;
    this.#membership += 1;
    this.#revision += 1;
    this.#texts = undefined;
    this.#brands = undefined;
    this.#suppliers = undefined;
    this.#forgetPlaces();
    this.#byReference = undefined;
    this.#recency.reset();
  }

  #forgetPlaces(): void {
    this.#places = undefined;
    this.#names = undefined;
  }

  #renamePlaces(): void {
    this.#connection.onCommit(() => {
      this.#forgetPlaces();
      this.#revision += 1;
    });
  }

  #layOut(): void {
    const found = this.#connection.value<string>('SELECT value FROM meta WHERE key = ?', [LAYOUT_KEY]);
    if (found === String(LAYOUT)) return;
    this.#connection.transaction(() => {
      for (const table of TABLE_NAMES) this.#connection.exec(`DROP TABLE IF EXISTS ${table}`);
      this.#connection.exec(TABLES);
      this.#rebuild();
      this.#connection.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [LAYOUT_KEY, String(LAYOUT)]);
    });
  }

  #rebuild(): void {
    for (let checkpoint = { seq: 0 }; ; ) {
      const page = this.#tables.assets.changedSince(REBUILD_BATCH, checkpoint);
      for (const current of page.documents) this.#index({ previous: undefined, current, seq: 0 });
      if (page.documents.length < REBUILD_BATCH) return;
      checkpoint = page.checkpoint;
    }
  }
}

/** A series is found by its parts and by its beginning without separators. */
function searchedText(kind: ValueKind, text: string): string {
  return kind === 'series' ? `${text} ${text.replaceAll('-', '')}` : text;
}
