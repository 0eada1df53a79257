import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** A file of the embedded database as Emscripten's NODEFS keeps it: `nfd` is Node's descriptor, absent for folders. */
type OpenFile = { readonly nfd?: number };
type NodeFiles = { readonly NODEFS: { readonly stream_ops: { fsync?: (file: OpenFile) => number } } };

/**
 * Files of the embedded database that survive a power cut (SPEC S3). PGlite starts PostgreSQL with `-F` (no fsync), and
 * its file layer has no fsync to call: what it calls committed sits in the memory of the operating system for up to half
 * a minute. `kill -9` does not show it, a power cut does, and those come daily where this runs.
 */
export class DurableFiles extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const teachToSync = (module: unknown) => {
      // Emscripten's own tables are not typed; the test of durable files fails if this one moves.
      const { NODEFS } = module as NodeFiles;
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        if (nfd !== undefined) fsyncSync(nfd);
        return 0;
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...toList(emscriptenOpts.preRun), teachToSync] } };
  }
}

function toList<Item>(items: Item | Item[] | undefined): Item[] {
  if (items === undefined) return [];
  return Array.isArray(items) ? items : [items];
}

/** PostgreSQL's arguments with fsync on, by the one method that reaches the files. */
export const DURABLE_PARAMETERS: readonly string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

/** Brings a folder that was just made, and all in it, to the disk. Windows knows no fsync of folders. */
export function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncPath(path, 'r+');
  }
  if (process.platform !== 'win32') syncPath(directory, 'r');
}

function syncPath(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
