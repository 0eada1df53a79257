import { join } from 'node:path';
import SqlcipherDatabase, { type Database } from '@signalapp/sqlcipher';
import { AppError } from '#shared/domain/errors.ts';
import { toStoreError } from './store-error.ts';

export const LOCK_FILE = 'register.lock';

/**
 * Ownership of a profile directory by one process (SPEC K4): an exclusive SQLite transaction held on a tiny plain file
 * that never gets a byte. The operating system releases it when the process dies, on every platform, however it dies.
 */
export class FileLock {
  readonly #database: Database;
  #released = false;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError STORE_ALREADY_OPEN when another process, or this one, owns the directory */
  static acquire(directory: string): FileLock {
    const database = openLockFile(join(directory, LOCK_FILE));
    try {
      database.pragma('busy_timeout = 0');
      database.pragma('journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      database.close();
      throw explain(error);
    }
    return new FileLock(database);
  }

  close(): void {
    if (this.#released) return;
    this.#released = true;
    this.#database.close();
  }
}

function openLockFile(path: string): Database {
  try {
    return new SqlcipherDatabase(path);
  } catch (error) {
    throw toStoreError(error);
  }
}

function explain(error: unknown): unknown {
  const known = toStoreError(error);
  if (!(known instanceof AppError) || known.code !== 'STORE_ALREADY_OPEN') return known;
  return new AppError('STORE_ALREADY_OPEN', 'Another process has this register open', { action: 'retry' });
}
