import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '#shared/domain/errors.ts';

/** Beside it first: a full disk leaves the file that stood there before, not half of a new one. @throws AppError FILE_NOT_WRITTEN */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new AppError('FILE_NOT_WRITTEN', 'The file could not be written', { cause, action: 'retry' });
  }
}
