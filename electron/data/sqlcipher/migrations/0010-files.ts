import type { Migration } from '../migrate.ts';

/**
 * `stored_files`: which files lie beside the register, where, and whether the endpoint has them. A file of the folder
 * without a row here is of no use to anybody and is swept away.
 */
export const files: Migration = {
  version: 10,
  name: 'files',
  up(connection) {
    connection.exec(`
      CREATE TABLE stored_files (
        hash TEXT PRIMARY KEY,
        place TEXT NOT NULL UNIQUE,
        bytes INTEGER NOT NULL,
        is_whole INTEGER NOT NULL,
        file_id TEXT NOT NULL,
        part TEXT NOT NULL,
        received_at TEXT
      ) WITHOUT ROWID;
      CREATE INDEX stored_files_waiting ON stored_files (part DESC, hash) WHERE is_whole = 1 AND received_at IS NULL;
    `);
  },
};
