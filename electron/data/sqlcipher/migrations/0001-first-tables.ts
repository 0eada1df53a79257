import type { Migration } from '../migrate.ts';

/**
 * The fixed tables. Those of documents are made on demand by the document store, one per collection and schema version.
 *
 * - `meta`, `counters`: small facts of this file; `counters.commit` is the local commit sequence (SPEC D3).
 * - `sync_rows`: where a document stands between this desktop and the endpoint (SPEC S3). `local_seq` is set while it
 *   waits; `base` is the last state the endpoint is known to have had; `refused` its reason for refusing.
 * - `asset_search`, `asset_search_keys`: text folded by the program (accents, case, hyphens), and the three exact keys in
 *   their compact form so that exact matches lead.
 */
export const firstTables: Migration = {
  version: 1,
  name: 'first-tables',
  up(connection) {
    connection.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
      CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE sync_rows (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        local_seq INTEGER,
        base TEXT,
        server_seq INTEGER,
        received_at TEXT,
        refused TEXT,
        PRIMARY KEY (collection, id)
      ) WITHOUT ROWID;
      CREATE INDEX sync_rows_waiting ON sync_rows (local_seq) WHERE local_seq IS NOT NULL;

      CREATE TABLE asset_search_keys (
        rowid INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        reference TEXT,
        inventory TEXT,
        serial TEXT
      );
      CREATE INDEX asset_search_keys_reference ON asset_search_keys (reference);
      CREATE INDEX asset_search_keys_inventory ON asset_search_keys (inventory);
      CREATE INDEX asset_search_keys_serial ON asset_search_keys (serial);

      CREATE VIRTUAL TABLE asset_search USING fts5(
        reference, inventory, serial, label, holder, place,
        tokenize = "unicode61 remove_diacritics 0",
        prefix = '1 2 3'
      );
    `);
  },
};
