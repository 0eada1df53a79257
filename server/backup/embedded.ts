import { existsSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { AppError } from '#shared/domain/errors.ts';
import { claimDataDirectory } from '../store/data-directory.ts';
import { loadFiles, openPgliteFiles } from '../store/pglite.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from './file.ts';

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];

/** Two of these are of one state when they are equal. */
type Census = readonly unknown[];

const CENSUS = `select (select max(version) from schema_versions) as version, id, last_seq,
  (select count(*) from documents d where d.ministry_id = m.id) as documents from ministries m order by id`;

/**
 * Copies the embedded database into one file (tar, gzip), then reads the copy back. The folder must not be in use.
 * @returns bytes of the file
 */
export async function backUpFolder(directory: string, file: string): Promise<number> {
  const claimed = claimDataDirectory(directory);
  try {
    if (!existsSync(claimed.database)) throw new UsageError(`There is no register in ${directory}`);
    const pglite = await openPgliteFiles(claimed.database);
    try {
      const before = await census(pglite);
      await pglite.exec('checkpoint');
      const copy = await pglite.dumpDataDir('none');
      await checkCopy(copy, before);
      return await writeWhole(file, async (part) =>
        writeFile(part, await compress(Buffer.from(await copy.arrayBuffer()))),
      );
    } finally {
      await pglite.close();
    }
  } finally {
    claimed.release();
  }
}

/** Unpacks a backup into a folder that holds no register; leaves nothing there when it cannot be read. */
export async function restoreFolder(directory: string, file: string): Promise<void> {
  const claimed = claimDataDirectory(directory);
  try {
    if (existsSync(claimed.database)) throw new UsageError(`There is a register in ${directory} already`);
    try {
      // Unpacked here: PGlite would let the failure of a cut file escape.
      const copy = new Blob([await decompress(await readFile(file))]);
      const pglite = await loadFiles(claimed.database, copy);
      await census(pglite);
      await pglite.close();
    } catch (cause) {
      rmSync(claimed.database, { recursive: true, force: true });
      throw new AppError('STORE_CORRUPT', 'This file is no backup of a register, or is damaged', { cause });
    }
  } finally {
    claimed.release();
  }
}

async function checkCopy(copy: Blob, before: Census): Promise<void> {
  const pglite = await PGlite.create({ loadDataDir: copy });
  try {
    const after = await census(pglite);
    if (JSON.stringify(after) !== JSON.stringify(before)) {
      throw new AppError('STORE_IO', 'The copy does not hold what the register holds');
    }
  } finally {
    await pglite.close();
  }
}

async function census(pglite: PGlite): Promise<Census> {
  // The owner of the embedded database is its superuser: row-level security hides nothing from it.
  const { rows } = await pglite.query(CENSUS);
  return rows;
}
