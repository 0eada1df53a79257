import type { Database, Statement } from '@signalapp/sqlcipher';
import { compact, fold } from '#shared/domain/fold.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { PlaceDocument } from '../register/assets.ts';
import { inTransaction, openFloor } from './database.ts';

type Pluck = Statement<{ pluck: true }>;

/**
 * A register as a good engineer lays it out by hand for exactly the bench's questions: one table with the document as
 * JSON and what is asked as columns (words of lists as small numbers), covering indexes that begin with each sort and
 * each filter, FTS5 for words with prefix indexes, and FTS5 trigrams for the middle of numbers.
 */
const TABLES = `
  CREATE TABLE words (code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
  CREATE TABLE places (id TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE assets (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, reference TEXT NOT NULL, designation TEXT NOT NULL,
    updated INTEGER NOT NULL, status INTEGER NOT NULL, type INTEGER NOT NULL, structure INTEGER NOT NULL,
    site INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE VIRTUAL TABLE found USING fts5(
    numbers, label, holder, place, details, notes,
    content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3', detail=column);
  CREATE VIRTUAL TABLE parts USING fts5(wholes, content='', contentless_delete=1, tokenize='trigram');`;

const INDEXES = {
  by_updated: 'updated, status, type, structure, site',
  by_reference: 'reference, status, type, structure, site',
  by_designation: 'designation, status, type, structure, site',
  by_status: 'status, type, structure, site, updated',
  by_type: 'type, status, structure, site, updated',
  by_structure: 'structure, status, type, site, updated',
  by_site: 'site, status, type, structure, updated',
} as const;

export type FloorRegister = {
  readonly database: Database;
  readonly prepare: (sql: string) => Statement;
  readonly pluck: (sql: string) => Pluck;
  /** The small number of a word of a list; 0 for one that is nowhere. */
  codeOf(word: string): number;
  wordOf(code: number): string;
  /** Writes assets in one transaction: new ones, and those that are there over what they were. */
  put(assets: readonly Asset[]): void;
  /** Makes the indexes of the table: once everything is loaded, they are made far quicker than row by row. */
  makeIndexes(): void;
  dropIndexes(): void;
  close(): void;
};

export function openFloorRegister(path: string, places?: Iterable<PlaceDocument>): FloorRegister {
  const database = openFloor(path);
  const statements = new Map<string, Statement>();
  const keep = <Kind extends Statement>(key: string, make: () => Kind): Kind => {
    const known = statements.get(key) ?? make();
    statements.set(key, known);
    return known as Kind; // a key has one kind
  };
  const prepare = (sql: string) => keep(sql, () => database.prepare(sql, { persistent: true }));
  const pluck = (sql: string): Pluck =>
    keep(`pluck ${sql}`, () => database.prepare(sql, { persistent: true, pluck: true }));
  if (places) {
    database.exec(TABLES);
    inTransaction(database, () => {
      for (const [id, words] of namePlaces(places)) prepare('INSERT INTO places VALUES (?, ?)').run([id, words]);
    });
  }
  const codes = new Map<string, number>();
  const words = new Map<number, string>();
  for (const { code, text } of prepare('SELECT code, text FROM words').all() as { code: number; text: string }[]) {
    codes.set(text, code);
    words.set(code, text);
  }
  const names = new Map(
    (prepare('SELECT id, words FROM places').all() as { id: string; words: string }[]).map((row) => [
      row.id,
      row.words,
    ]),
  );
  const encode = (text: string): number => {
    const known = codes.get(text);
    if (known) return known;
    const code = codes.size + 1;
    prepare('INSERT INTO words VALUES (?, ?)').run([code, text]);
    codes.set(text, code);
    words.set(code, text);
    return code;
  };
  return {
    database,
    prepare,
    pluck,
    codeOf: (word) => codes.get(word) ?? 0,
    wordOf: (code) => words.get(code) ?? '',
    put: (assets) =>
      inTransaction(database, () => {
        for (const asset of assets) putAsset({ prepare, pluck, encode }, names, asset);
      }),
    makeIndexes: () => {
      for (const [name, columns] of Object.entries(INDEXES))
        database.exec(`CREATE INDEX ${name} ON assets (${columns})`);
    },
    dropIndexes: () => {
      for (const name of Object.keys(INDEXES)) database.exec(`DROP INDEX ${name}`);
    },
    close: () => {
      for (const statement of statements.values()) statement.close();
      database.close();
    },
  };
}

type Writer = Pick<FloorRegister, 'prepare' | 'pluck'> & { encode(text: string): number };

function putAsset({ prepare, pluck, encode }: Writer, names: ReadonlyMap<string, string>, asset: Asset): void {
  const known = pluck('SELECT seq FROM assets WHERE id = ?').get([asset.id]) as number | undefined;
  const values = [
    asset.reference,
    asset.designation,
    Date.parse(asset.updatedAt),
    encode(asset.status),
    encode(asset.typeCode),
    encode(asset.structureId),
    encode(asset.siteId ?? ''),
    JSON.stringify(asset),
  ];
  const columns = 'reference, designation, updated, status, type, structure, site, body';
  if (known === undefined) {
    prepare(`INSERT INTO assets (id, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run([asset.id, ...values]);
  } else {
    prepare(
      'UPDATE assets SET reference = ?, designation = ?, updated = ?, status = ?, type = ?, structure = ?, site = ?, body = ? WHERE seq = ?',
    ).run([...values, known]);
    prepare('DELETE FROM found WHERE rowid = ?').run([known]);
    prepare('DELETE FROM parts WHERE rowid = ?').run([known]);
  }
  const seq = known ?? (pluck('SELECT last_insert_rowid()').get() as number);
  const numbers = [asset.reference, asset.inventoryNumber, asset.serialNumber].filter((text) => text !== undefined);
  const wholes = numbers.map(compact);
  prepare('INSERT INTO found (rowid, numbers, label, holder, place, details, notes) VALUES (?, ?, ?, ?, ?, ?, ?)').run([
    seq,
    [...numbers.map(fold), ...wholes].join(' '),
    fold(`${asset.designation} ${asset.brand} ${asset.model ?? ''} ${names.get(asset.typeCode) ?? asset.typeCode}`),
    fold(asset.holderName ?? ''),
    fold(`${asset.room ?? ''} ${names.get(asset.siteId ?? '') ?? ''} ${names.get(asset.structureId) ?? ''}`),
    fold(`${asset.supplier ?? ''} ${Object.values(asset.attributes ?? {}).join(' ')}`),
    fold(asset.notes ?? ''),
  ]);
  prepare('INSERT INTO parts (rowid, wholes) VALUES (?, ?)').run([seq, wholes.join(' ')]);
}

/** What is read for a structure, a site or a type: its name with those above it. */
function* namePlaces(places: Iterable<PlaceDocument>): Generator<readonly [id: string, words: string]> {
  const known = new Map<string, string>();
  for (const { document } of places) {
    const parent = typeof document.parentId === 'string' ? known.get(document.parentId) : undefined;
    if (document.kind === 'equipment-type') {
      yield [String(document.code), `${document.code} ${document.label}`];
    } else if (typeof document.name === 'string') {
      const words = `${document.name} ${document.acronym ?? ''} ${parent ?? ''}`;
      known.set(document.id, words);
      yield [document.id, words];
    }
  }
}
