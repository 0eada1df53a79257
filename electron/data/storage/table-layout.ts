import type { Connection } from '../sqlcipher/connection.ts';
import { parseDocument } from './document-row.ts';
import { type Regularity, regularityAt } from './scalar-field.ts';
import type { StoredDocument, TableSchema } from './table-schema.ts';

/** Raised when the columns or the meaning of `odd` change: tables are then brought up to date when they are opened. */
const LAYOUT = 3;
const MARK_BATCH = 1000;

/** SQLite's names ignore case and ours must not: what is not a small letter or digit is written by its code. */
export function toTableName(name: string, version: number): string {
  return `documents_${name.replace(/[^a-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}_v${version}`;
}

/**
 * Makes the table of a collection, or brings its indexes up to the schema. `seq` is the row id: reading what changed since a
 * checkpoint is reading the end of the table. What a power cut takes back is made again at the next opening.
 */
export function layOutTable(connection: Connection, tableName: string, schema: TableSchema): void {
  const fingerprint = JSON.stringify([LAYOUT, schema.indexes, [...schema.fields.values()]]);
  if (connection.value('SELECT value FROM meta WHERE key = ?', [metaKey(tableName)]) === fingerprint) return;
  connection.unsyncedTransaction(() => {
    connection.exec(`
      CREATE TABLE IF NOT EXISTS ${tableName} (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        deleted INTEGER NOT NULL,
        lwt REAL NOT NULL,
        odd INTEGER NOT NULL,
        body TEXT NOT NULL
      )`);
    completeBodies(connection, tableName);
    layOutIndexes(connection, tableName, schema);
    markOddDocuments(connection, tableName, schema);
    connection.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [metaKey(tableName), fingerprint]);
  });
}

export function dropTable(connection: Connection, tableName: string): void {
  connection.transaction(() => {
    connection.exec(`DROP TABLE IF EXISTS ${tableName}`);
    connection.run('DELETE FROM meta WHERE key = ?', [metaKey(tableName)]);
  });
}

/** How odd a document is as a whole, as it is stored: that of its oddest field. */
export const ODDNESS = { regular: 0, displaced: 1, odd: 2, wild: 3 } as const satisfies Record<Regularity, number>;
export type Oddness = (typeof ODDNESS)[Regularity];

export function oddness(schema: TableSchema, document: StoredDocument): Oddness {
  let worst: Oddness = ODDNESS.regular;
  for (const field of schema.fields.values()) {
    const found = ODDNESS[regularityAt(field, document)];
    if (found > worst) worst = found;
    if (worst === ODDNESS.wild) break;
  }
  return worst;
}

/** Before layout 3 RxDB's own fields stood beside the body, not in it. */
function completeBodies(connection: Connection, tableName: string): void {
  const columns = connection.values<string>('SELECT name FROM pragma_table_info(?)', [tableName]);
  if (!columns.includes('rev')) return;
  connection.exec(`
    UPDATE ${tableName} SET body = json_set(body,
      '$._deleted', json(iif(deleted, 'true', 'false')), '$._attachments', json('{}'), '$._rev', rev,
      '$._meta', json_set(coalesce(meta, '{}'), '$.lwt', lwt));
    ALTER TABLE ${tableName} DROP COLUMN rev;
    ALTER TABLE ${tableName} DROP COLUMN meta`);
}

function layOutIndexes(connection: Connection, tableName: string, schema: TableSchema): void {
  const wanted = new Map(indexDefinitions(tableName, schema));
  const existing = connection.values<string>(
    `SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL`,
    [tableName],
  );
  for (const name of existing) if (!wanted.has(name)) connection.exec(`DROP INDEX ${name}`);
  for (const [name, definition] of wanted)
    connection.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${tableName} ${definition}`);
}

/** Those of the schema, and two small ones of the store's own. */
function indexDefinitions(tableName: string, schema: TableSchema): [string, string][] {
  const own: [string, string][] = [
    [`${tableName}_odd`, '(odd) WHERE odd > 0'],
    [`${tableName}_tombstones`, '(lwt) WHERE deleted = 1'],
  ];
  const fromSchema = schema.indexes.flatMap((paths): [string, string][] => {
    // RxDB adds this one to iterate over changes; `seq` does that here.
    if (paths[0] === '_meta.lwt' || !paths.every((path) => schema.fields.has(path))) return [];
    const name = paths.map((path) => path.replaceAll('.', '_')).join('__');
    return [[`${tableName}__${name}`, `(${paths.map((path) => schema.column(path)).join(', ')})`]];
  });
  return [...own, ...fromSchema];
}

function markOddDocuments(connection: Connection, tableName: string, schema: TableSchema): void {
  for (let last = 0; ; ) {
    const rows = connection.all<{ seq: number; odd: number; body: string }>(
      `SELECT seq, odd, body FROM ${tableName} WHERE seq > ? ORDER BY seq LIMIT ?`,
      [last, MARK_BATCH],
    );
    for (const row of rows) {
      const odd = oddness(schema, parseDocument(row.body));
      if (odd !== row.odd) connection.run(`UPDATE ${tableName} SET odd = ? WHERE seq = ?`, [odd, row.seq]);
    }
    if (rows.length < MARK_BATCH) return;
    last = rows.at(-1)?.seq ?? last;
  }
}

function metaKey(tableName: string): string {
  return `table ${tableName}`;
}
