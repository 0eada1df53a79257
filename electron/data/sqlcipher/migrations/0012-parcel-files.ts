import type { Migration } from '../migrate.ts';

/** `parcel_files`: which files left with which parcel, so that a person sees where they are (SPEC X7). */
export const parcelFiles: Migration = {
  version: 12,
  name: 'parcel-files',
  up(connection) {
    connection.exec(`
      CREATE TABLE parcel_files (
        hash TEXT NOT NULL,
        parcel INTEGER NOT NULL,
        PRIMARY KEY (hash, parcel)
      ) WITHOUT ROWID;
      CREATE INDEX parcel_files_by_parcel ON parcel_files (parcel);
    `);
  },
};
