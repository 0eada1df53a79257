import { existsSync } from 'node:fs';
import SqlcipherDatabase, { type Database, type RunResult } from '@signalapp/sqlcipher';
import { AppError } from '#shared/domain/errors.ts';
import { isKeyOfFile } from './page-check.ts';
import { StatementCache } from './statement-cache.ts';
import { toStoreError } from './store-error.ts';

export type SqlValue = string | number | null | Uint8Array<ArrayBuffer>;
export type SqlRow = Record<string, SqlValue>;
export type SqlParameters = readonly SqlValue[];

/** Length of the key, bytes. */
export const KEY_LENGTH = 32;

/**
 * Why each is as it is:
 * - `locking_mode=EXCLUSIVE`: one owner (SPEC K4); the log's index lives in memory, no lock per statement. Set before the
 *   file is first read, otherwise the index is a `-shm` file, and a full disk could not even be opened to be read.
 * - `journal_mode=WAL` with `synchronous=FULL`: a commit is on the disk before it is acknowledged, a power cut loses nothing.
 * - `temp_store=MEMORY`: sorts never spill to a plain file beside the encrypted one.
 * - `secure_delete=FAST`: what is deleted is overwritten where its page is written anyway. Full overwriting costs writes
 *   on slow disks and protects only against someone who already holds the key.
 * - `cache_size`: 32 MiB, a modest desktop has 4 GB. `mmap` has no effect on encrypted pages.
 */
const PRAGMAS = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'fullfsync = ON',
  'temp_store = MEMORY',
  'secure_delete = FAST',
  'cache_size = -32768',
  'wal_autocheckpoint = 4000',
  'journal_size_limit = 67108864',
  'recursive_triggers = OFF',
  'trusted_schema = OFF',
] as const;

/**
 * One open encrypted file, synchronous like SQLite itself. Errors are `AppError` with a `STORE_…` code where a person can
 * do something about them; they never hold row data, keys or paths.
 */
export class Connection {
  readonly path: string;
  readonly #database: Database;
  readonly #statements: StatementCache;
  #depth = 0;
  /** Set when a nested call threw: the outer transaction must not commit. */
  #failure: { readonly error: unknown } | undefined;
  #beforeCommit: (() => void)[] = [];
  #afterCommit: (() => void)[] = [];
  #afterRollback: (() => void)[] = [];
  readonly #afterClose: (() => void)[] = [];
  #closed = false;

  private constructor(path: string, database: Database) {
    this.path = path;
    this.#database = database;
    this.#statements = new StatementCache(database);
  }

  /**
   * Opens a file with its key (32 bytes, K1).
   * @throws AppError STORE_WRONG_KEY, STORE_CORRUPT, STORE_READ_ONLY, STORE_IO
   */
  static open(path: string, key: Uint8Array, options: { readonly create: boolean }): Connection {
    if (key.length !== KEY_LENGTH)
      throw new AppError('STORE_WRONG_KEY', 'The key has the wrong length', { action: 'unlock' });
    if (!options.create && !existsSync(path)) {
      throw new AppError('STORE_IO', 'There is no register file', {
        details: { reason: 'missing' },
        action: 'contact',
      });
    }
    const database = openDatabase(path);
    try {
      // SQLCipher's own log goes to stderr and tells what the classified error tells.
      database.pragma('cipher_log_level = NONE');
      setKey(database, key);
      database.pragma('locking_mode = EXCLUSIVE');
      database.prepare('SELECT count(*) FROM sqlite_schema', { pluck: true }).get();
      for (const pragma of PRAGMAS) database.pragma(pragma);
    } catch (error) {
      database.close();
      throw explainOpenFailure(path, key, error);
    }
    return new Connection(path, database);
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  /** Runs a statement that answers no rows. */
  run(sql: string, parameters: SqlParameters = []): RunResult {
    return this.#guard(() => this.#statements.prepare(sql, 'rows').run(parameters));
  }

  /** The first row, or `undefined`. The caller names the row's type; SQLite does not check it. */
  get<Row = SqlRow>(sql: string, parameters: SqlParameters = []): Row | undefined {
    // The shape of a row is what the statement selects: the caller who wrote it knows.
    return this.#guard(() => this.#statements.prepare(sql, 'rows').get(parameters) as Row | undefined);
  }

  /** All rows. */
  all<Row = SqlRow>(sql: string, parameters: SqlParameters = []): Row[] {
    // As in `get`: the statement decides the shape.
    return this.#guard(() => this.#statements.prepare(sql, 'rows').all(parameters) as Row[]);
  }

  /** The single column of the first row, or `undefined`. */
  value<Value extends SqlValue = SqlValue>(sql: string, parameters: SqlParameters = []): Value | undefined {
    // As in `get`: the statement decides the type; `pluck` makes the row its only column.
    return this.#guard(() => this.#statements.prepare(sql, 'column').get(parameters) as unknown as Value | undefined);
  }

  /** The single column of all rows. */
  values<Value extends SqlValue = SqlValue>(sql: string, parameters: SqlParameters = []): Value[] {
    // As in `value`.
    return this.#guard(() => this.#statements.prepare(sql, 'column').all(parameters) as unknown as Value[]);
  }

  /** Runs one or several statements without parameters. Not cached. */
  exec(sql: string): void {
    this.#guard(() => this.#database.exec(sql));
  }

  /**
   * Runs `work` in one transaction: all of it is on the disk when this returns, or nothing is (SPEC J3).
   * A nested call joins the outer one; if it throws, the outer transaction cannot commit any more.
   */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return this.#join(work);
    this.exec('BEGIN IMMEDIATE');
    this.#depth = 1;
    this.#failure = undefined;
    let result: T;
    try {
      result = work();
      this.#prepareCommit();
      this.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
    this.#depth = 0;
    this.#finish(this.#afterCommit);
    return result;
  }

  /**
   * A transaction for what can be made again: it does not wait for the disk, and is there with the next one that does. A
   * power cut before takes it back as a whole; a killed process does not. Nested, it is a part of the outer transaction.
   */
  unsyncedTransaction<T>(work: () => T): T {
    if (this.#depth > 0) return this.#join(work);
    this.exec('PRAGMA synchronous = NORMAL');
    try {
      return this.transaction(work);
    } finally {
      this.exec('PRAGMA synchronous = FULL');
    }
  }

  /**
   * Calls back once, inside the running transaction, when its work is done: what the listener writes is committed with it
   * and what it throws undoes it. Outside of one: at once, in a transaction of its own.
   */
  beforeCommit(listener: () => void): void {
    if (this.#depth === 0) this.transaction(listener);
    else this.#beforeCommit.push(listener);
  }

  /** Calls back once, after the running transaction is on the disk; not at all if it is rolled back. Outside of one: at once. */
  onCommit(listener: () => void): void {
    if (this.#depth === 0) listener();
    else this.#afterCommit.push(listener);
  }

  /** Calls back once if the running transaction is rolled back. */
  onRollback(listener: () => void): void {
    if (this.#depth > 0) this.#afterRollback.push(listener);
  }

  /** Calls back once the file is closed: only then may another take it. */
  onClose(listener: () => void): void {
    this.#afterClose.push(listener);
  }

  /** Brings the write-ahead log into the file. A file that cannot take it (full disk) keeps its log and loses nothing. */
  checkpoint(): void {
    this.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    if (this.#closed) return;
    try {
      this.checkpoint();
    } catch {
      // The log stays beside the file and is read at the next opening.
    }
    this.#closed = true;
    this.#statements.close();
    this.#database.close();
    for (const listener of this.#afterClose) listener();
  }

  #join<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      this.#failure ??= { error };
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** What a listener adds is called too: it may itself write through code that wants the last word. */
  #prepareCommit(): void {
    for (;;) {
      this.#assertUnbroken();
      const listener = this.#beforeCommit.shift();
      if (!listener) return;
      listener();
    }
  }

  #assertUnbroken(): void {
    if (this.#failure) throw this.#failure.error;
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has already rolled back by itself (full disk, I/O error).
    }
    this.#depth = 0;
    this.#finish(this.#afterRollback);
  }

  #finish(listeners: readonly (() => void)[]): void {
    this.#beforeCommit = [];
    this.#afterCommit = [];
    this.#afterRollback = [];
    for (const listener of listeners) callSafely(listener);
  }

  #guard<T>(work: () => T): T {
    if (this.#closed) throw new AppError('STORE_CLOSED', 'The register file is closed', { action: 'retry' });
    try {
      return work();
    } catch (error) {
      throw toStoreError(error);
    }
  }
}

/** The transaction is over: a listener's mistake must not look like a failed write, nor be swallowed. */
function callSafely(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function openDatabase(path: string): Database {
  try {
    return new SqlcipherDatabase(path);
  } catch (error) {
    throw toStoreError(error);
  }
}

/** Raw key: no derivation in SQLCipher, main has done it (K1). The statement holds the key, so its error is dropped. */
function setKey(database: Database, key: Uint8Array): void {
  try {
    database.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  } catch {
    // No cause: it may quote the statement, and the statement holds the key.
    throw new AppError('STORE_WRONG_KEY', 'The key was not accepted', { action: 'unlock' });
  }
}

/**
 * SQLCipher says the same ("file is not a database") for a wrong key and for a damaged first page. Any other page whose
 * seal fits the key proves that the key is right and the file is damaged.
 */
function explainOpenFailure(path: string, key: Uint8Array, error: unknown): unknown {
  const isUnreadable = error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB';
  if (!isUnreadable || isKeyOfFile(path, key)) return toStoreError(error);
  return new AppError('STORE_WRONG_KEY', 'The key does not open this file', { action: 'unlock' });
}
