import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Transaction } from '@electric-sql/pglite';
import type { Connection, Database } from './database.ts';
import { DURABLE_PARAMETERS, DurableFiles, syncTree } from './durable-files.ts';

function toConnection(handle: Pick<Transaction, 'query' | 'exec'>): Connection {
  return {
    async query(text, parameters) {
      const { rows } = await handle.query<Record<string, unknown>>(text, parameters ? [...parameters] : undefined);
      return rows;
    },
    async execute(text) {
      await handle.exec(text);
    },
  };
}

/**
 * PostgreSQL inside this process. One connection: transactions queue, so commits are trivially in order.
 * @param directory where the files live; absent for a database in memory (tests)
 */
export async function openPglite(directory?: string): Promise<Database> {
  const pglite = directory ? await openPgliteFiles(directory) : await PGlite.create();
  return {
    transaction: (work) => pglite.transaction((transaction) => work(toConnection(transaction))),
    close: () => pglite.close(),
  };
}

export async function openPgliteFiles(directory: string): Promise<PGlite> {
  const isNew = !existsSync(join(directory, 'PG_VERSION'));
  mkdirSync(directory, { recursive: true });
  const pglite = await PGlite.create({ fs: new DurableFiles(directory), startParams: [...DURABLE_PARAMETERS] });
  if (isNew) syncTree(directory);
  return pglite;
}

/** A new folder filled from a copy (`dumpDataDir`), on the disk when this resolves. */
export async function loadFiles(directory: string, copy: Blob): Promise<PGlite> {
  mkdirSync(directory, { recursive: true });
  const pglite = await PGlite.create({
    fs: new DurableFiles(directory),
    startParams: [...DURABLE_PARAMETERS],
    loadDataDir: copy,
  });
  syncTree(directory);
  return pglite;
}
