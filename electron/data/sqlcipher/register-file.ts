import { accessSync, constants, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/domain/errors.ts';
import { backUp, finishRestore, isRestoreUnfinished, removeWithCompanions, syncDirectory } from './backup.ts';
import { Connection } from './connection.ts';
import { FileLock, LOCK_FILE } from './file-lock.ts';
import { assertNotNewer, fileVersion, type Migration, migrate, newestVersion } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { toFileError, toStoreError } from './store-error.ts';

export const REGISTER_FILE = 'register.db';
const NEW_FILE = 'register.new.db';

export type OpenStep = 'file' | 'backup' | 'migration';

export type OpenRegisterOptions = {
  /** The profile's folder. The file is `register.db` in it. */
  readonly directory: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** True makes a new file and refuses an existing one; false opens an existing one and refuses a missing one (K6). */
  readonly create: boolean;
  readonly onStep?: (step: OpenStep) => void;
  readonly migrations?: readonly Migration[];
};

/**
 * Takes ownership of the profile, opens its file, brings it to this program's version after a checked backup
 * (SPEC K4, K5). Closing the connection gives the ownership back.
 * @throws AppError STORE_ALREADY_OPEN, STORE_WRONG_KEY, STORE_CORRUPT, STORE_NEWER_VERSION, STORE_DISK_FULL,
 *   STORE_READ_ONLY, STORE_IO (details.reason `missing` or `exists` when `create` does not fit)
 */
export function openRegister(options: OpenRegisterOptions): Connection {
  const { directory, create } = options;
  prepareDirectory(directory, create);
  const lock = FileLock.acquire(directory);
  try {
    if (isRestoreUnfinished(directory)) finishRestore(directory);
    if (create) createFile(options);
    const connection = openAndMigrate(options);
    connection.onClose(() => lock.close());
    return connection;
  } catch (error) {
    lock.close();
    throw toStoreError(error);
  }
}

function prepareDirectory(directory: string, create: boolean): void {
  try {
    accessSync(nearestFolder(directory), constants.W_OK);
    if (create) mkdirSync(directory, { recursive: true });
    assertExpected(directory, create);
    for (const name of [LOCK_FILE, REGISTER_FILE]) assertWritable(join(directory, name));
  } catch (error) {
    throw toFileError(error);
  }
}

/** The folder, or the first one above it that is there: on a read-only disk `mkdir` gives another reason than the true one. */
function nearestFolder(directory: string): string {
  const above = dirname(directory);
  return existsSync(directory) || above === directory ? directory : nearestFolder(above);
}

/** SQLite would open what it cannot write for reading, fail to lock it, and call that a disk that does not answer. */
function assertWritable(path: string): void {
  if (existsSync(path)) accessSync(path, constants.W_OK);
}

/** Made whole under another name first: a file under the register's name is always a register, however its making ended. */
function createFile({ directory, key, migrations = MIGRATIONS }: OpenRegisterOptions): void {
  const path = join(directory, NEW_FILE);
  removeWithCompanions(path);
  const connection = Connection.open(path, key, { create: true });
  try {
    migrate(connection, migrations);
  } finally {
    connection.close();
  }
  renameSync(path, join(directory, REGISTER_FILE));
  syncDirectory(directory);
}

function openAndMigrate({ directory, key, onStep, migrations = MIGRATIONS }: OpenRegisterOptions): Connection {
  const path = join(directory, REGISTER_FILE);
  onStep?.('file');
  let connection = Connection.open(path, key, { create: false });
  try {
    const version = fileVersion(connection);
    assertNotNewer(version, migrations);
    // SQLite takes an empty file for an empty database; here it is a register that was lost (K6).
    if (version === 0) throw new AppError('STORE_CORRUPT', 'The register file is empty', { action: 'contact' });
    if (version === newestVersion(migrations)) return connection;
    onStep?.('backup');
    // Closed, so that the file is whole without its log and no lock of ours stands in the copy's way (Windows).
    connection.close();
    backUp({ directory, key, version });
    onStep?.('migration');
    connection = Connection.open(path, key, { create: false });
    migrate(connection, migrations);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function assertExpected(directory: string, create: boolean): void {
  const exists = existsSync(join(directory, REGISTER_FILE)) || isRestoreUnfinished(directory);
  if (exists === !create) return;
  throw create
    ? new AppError('STORE_IO', 'There is already a register in this profile', {
        details: { reason: 'exists' },
        action: 'contact',
      })
    : new AppError('STORE_IO', 'There is no register in this profile', {
        details: { reason: 'missing' },
        action: 'contact',
      });
}
