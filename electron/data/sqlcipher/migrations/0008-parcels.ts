import type { Migration } from '../migrate.ts';

/**
 * `parcels` and `parcel_rows`: what left this desktop by hand and has no receipt yet, as it was sent (SPEC X3, X4).
 * `carried_files`: files of other desktops, and answers for them, on their way (X5); unreadable here. No collections: none
 * of this is synchronised.
 */
export const parcels: Migration = {
  version: 8,
  name: 'parcels',
  up(connection) {
    connection.exec(`
      CREATE TABLE parcels (
        number INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL,
        follows INTEGER NOT NULL,
        rows INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        state TEXT NOT NULL,
        sealed BLOB,
        received_at TEXT,
        accepted INTEGER NOT NULL DEFAULT 0,
        conflicts INTEGER NOT NULL DEFAULT 0,
        refused INTEGER NOT NULL DEFAULT 0
      );
      CREATE TABLE parcel_rows (
        parcel INTEGER NOT NULL,
        position INTEGER NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        local_seq INTEGER NOT NULL,
        sent TEXT NOT NULL,
        PRIMARY KEY (parcel, position)
      ) WITHOUT ROWID;
      CREATE INDEX parcel_rows_by_row ON parcel_rows (collection, id, parcel);
      CREATE TABLE carried_files (
        sha256 TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        ministry TEXT NOT NULL,
        device_id TEXT NOT NULL,
        device TEXT NOT NULL,
        number INTEGER NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        bytes BLOB,
        taken_at TEXT NOT NULL,
        state TEXT NOT NULL,
        problem TEXT
      );
    `);
  },
};
