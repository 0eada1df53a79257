import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/domain/errors.ts';

/** Writes a small file so that a power cut leaves the old text or the new one, never a piece. Mode 600. */
export function writeFileDurably(path: string, text: string): void {
  const temporary = `${path}.new`;
  try {
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw toFileError(error);
  }
  syncDirectory(dirname(path));
}

function toFileError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return new AppError('STORE_DISK_FULL', 'The disk is full', { action: 'retry', cause: error });
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new AppError('STORE_READ_ONLY', 'The profile cannot be written', { action: 'retry', cause: error });
  }
  return error;
}

function syncDirectory(path: string): void {
  // Windows neither needs nor allows it: a rename there is journaled by the file system.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
