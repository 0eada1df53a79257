import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * A file that is there whole or not at all, readable by its owner only: a backup holds all rows and the endpoint's keys.
 * Nothing is overwritten.
 * @param write fills the file that it is given
 * @returns bytes
 */
export async function writeWhole(file: string, write: (part: string) => Promise<void>): Promise<number> {
  if (existsSync(file)) throw new UsageError(`There is a file ${file} already`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  closeSync(openSync(part, 'wx', 0o600));
  try {
    await write(part);
    sync(part, 'r+');
    // Unlike a rename, a link overwrites nothing that came meanwhile.
    linkSync(part, file);
    if (process.platform !== 'win32') sync(dirname(file), 'r');
    return statSync(file).size;
  } finally {
    rmSync(part, { force: true });
  }
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
