import SqlcipherDatabase, { type Database } from '@signalapp/sqlcipher';
import { Connection } from '../../../electron/data/sqlcipher/connection.ts';
import { BENCH_KEY } from '../protocol.ts';

/** What the product sets on its connection, in an order that SQLite accepts. */
const PRAGMAS = [
  'locking_mode',
  'journal_mode',
  'synchronous',
  'fullfsync',
  'temp_store',
  'secure_delete',
  'cache_size',
  'wal_autocheckpoint',
  'journal_size_limit',
  'mmap_size',
] as const;

/** `secure_delete` is read as a number that it does not take back. */
const SECURE_DELETE = ['OFF', 'ON', 'FAST'] as const;

/** A database of SQLCipher's own binding with exactly the settings that the product's connection has on the same file. */
export function openFloor(path: string): Database {
  const settings = readSettings(path);
  const database = new SqlcipherDatabase(path);
  database.pragma('cipher_log_level = NONE');
  database.pragma(`key = "x'${Buffer.from(BENCH_KEY).toString('hex')}'"`);
  database.pragma(`locking_mode = ${settings.get('locking_mode')}`);
  database.prepare('SELECT count(*) FROM sqlite_schema', { pluck: true }).get();
  for (const [name, value] of settings) database.pragma(`${name} = ${value}`);
  return database;
}

function readSettings(path: string): Map<string, string> {
  const connection = Connection.open(path, BENCH_KEY, { create: true });
  try {
    return new Map(
      PRAGMAS.flatMap((name) => {
        const value = connection.value(`PRAGMA ${name}`);
        if (value === undefined) return [];
        return [[name, name === 'secure_delete' ? (SECURE_DELETE[Number(value)] ?? 'ON') : String(value)]];
      }),
    );
  } finally {
    connection.close();
  }
}

/** Runs `work` in one transaction. */
export function inTransaction<Result>(database: Database, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Rows of one JSON column as objects, parsed at once: quicker than one by one. */
export function parseRows<Row>(texts: readonly string[]): Row[] {
  return JSON.parse(`[${texts.join(',')}]`);
}
