import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/domain/errors.ts';
import type { BackupInfo } from '#shared/protocol/desktop-bridge.ts';
import { Connection } from './connection.ts';
import { FileLock } from './file-lock.ts';
import { toFileError } from './store-error.ts';

export const BACKUP_FOLDER = 'backups';
const REGISTER_FILE = 'register.db';
const RESTORED_FILE = 'register.restored.db';
const KEPT = 5;
const NAME = /^register-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-v(\d+)\.db$/;
const HALF_COPY = /^register-.*\.part(?:-wal|-shm)?$/;
const COMPANIONS = ['', '-wal', '-shm'] as const;

export type BackUpOptions = {
  readonly directory: string;
  readonly key: Uint8Array;
  /** Version of the file's shape, for its name. */
  readonly version: number;
  readonly now?: Date;
};

/**
 * Copies a closed register file beside itself, forces the copy to the disk and checks every page of it (SPEC K5).
 * The caller owns the directory. The last five are kept. Nothing remains of a copy that failed.
 * @returns the backup's name
 * @throws AppError STORE_DISK_FULL, STORE_CORRUPT, STORE_IO
 */
export function backUp({ directory, key, version, now = new Date() }: BackUpOptions): string {
  const folder = join(directory, BACKUP_FOLDER);
  const name = `register-${now.toISOString().replace(/[:.]/g, '-')}-v${version}.db`;
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    dropHalfCopies(folder);
    assertWhole(directory);
    copyDurably(join(directory, REGISTER_FILE), `${path}.part`);
    verifyBackup(`${path}.part`, key);
    renameSync(`${path}.part`, path);
    syncDirectory(folder);
  } catch (error) {
    removeWithCompanions(`${path}.part`);
    throw toFileError(error);
  }
  dropOld(directory);
  return name;
}

/** Newest first. An unreadable or missing folder has none. */
export function listBackups(directory: string): readonly BackupInfo[] {
  const folder = join(directory, BACKUP_FOLDER);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const parts = NAME.exec(name);
      if (!parts) return [];
      const [, day, hours, minutes, seconds, milliseconds] = parts;
      const createdAt = `${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`;
      return [{ name, createdAt, size: statSync(join(folder, name)).size }];
    })
    .sort((a, b) => (a.name < b.name ? 1 : -1));
}

/**
 * Puts a backup in the place of the register. The broken file is kept as `register.broken-<time>.db`, with its log.
 * Works without the key. At every moment either the old or the new file is there under its name, or the copy is.
 * @throws AppError STORE_ALREADY_OPEN, STORE_IO, STORE_DISK_FULL
 */
export function restoreBackup(directory: string, name: string, now = new Date()): void {
  if (!NAME.test(name) || !existsSync(join(directory, BACKUP_FOLDER, name))) {
    throw new AppError('STORE_IO', 'There is no such backup', { details: { reason: 'missing' } });
  }
  const lock = FileLock.acquire(directory);
  const fresh = join(directory, RESTORED_FILE);
  try {
    copyDurably(join(directory, BACKUP_FOLDER, name), fresh);
    putAside(directory, now);
    finishRestore(directory);
  } catch (error) {
    // Once the broken file is aside the copy is all there is: the next opening puts it in place.
    if (!isRestoreUnfinished(directory)) rmSync(fresh, { force: true });
    throw toFileError(error);
  } finally {
    lock.close();
  }
}

/** True when a restoration was cut short after the broken file had been put aside: the copy is whole and waits. */
export function isRestoreUnfinished(directory: string): boolean {
  return !existsSync(join(directory, REGISTER_FILE)) && existsSync(join(directory, RESTORED_FILE));
}

/** The last step of a restoration. The caller owns the directory. */
export function finishRestore(directory: string): void {
  renameSync(join(directory, RESTORED_FILE), join(directory, REGISTER_FILE));
  syncDirectory(directory);
}

/**
 * Opens a copy with its key and checks the seal of every page and the structure.
 * @throws AppError STORE_CORRUPT, STORE_WRONG_KEY
 */
export function verifyBackup(path: string, key: Uint8Array): void {
  const connection = Connection.open(path, key, { create: false });
  try {
    const broken = connection.values<string>('PRAGMA cipher_integrity_check');
    const answer = broken.length === 0 ? connection.value<string>('PRAGMA quick_check(1)') : 'broken';
    if (answer !== 'ok') throw new AppError('STORE_CORRUPT', 'The backup cannot be read back', { action: 'contact' });
  } finally {
    connection.close();
    for (const companion of ['-wal', '-shm']) rmSync(path + companion, { force: true });
  }
}

/** A log beside the file means that closing could not bring it in: the copy would miss acknowledged writes. */
function assertWhole(directory: string): void {
  const log = join(directory, `${REGISTER_FILE}-wal`);
  if (!existsSync(log) || statSync(log).size === 0) return;
  throw new AppError('STORE_DISK_FULL', 'The write-ahead log could not be brought into the file', { action: 'retry' });
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A rename is durable once its directory is; Windows knows no such thing and needs none. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function putAside(directory: string, now: Date): void {
  const aside = join(directory, `register.broken-${now.toISOString().replace(/[:.]/g, '-')}.db`);
  for (const companion of COMPANIONS) {
    const path = join(directory, REGISTER_FILE + companion);
    if (existsSync(path)) renameSync(path, aside + companion);
  }
}

/** A database file with its log. After a failure, so it must not fail itself and hide the reason. */
export function removeWithCompanions(path: string): void {
  try {
    for (const companion of COMPANIONS) rmSync(path + companion, { force: true });
  } catch {
    // What cannot be removed has no name of a backup and is never offered as one.
  }
}

/** A process that died while it copied could not remove what it had begun: as large as the register, each time. */
function dropHalfCopies(folder: string): void {
  for (const name of readdirSync(folder)) if (HALF_COPY.test(name)) rmSync(join(folder, name), { force: true });
}

function dropOld(directory: string): void {
  for (const { name } of listBackups(directory).slice(KEPT))
    rmSync(join(directory, BACKUP_FOLDER, name), { force: true });
}
