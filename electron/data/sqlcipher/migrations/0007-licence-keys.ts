import type { Migration } from '../migrate.ts';

/**
 * `licence_keys`: keys of licences, encrypted a second time (SPEC L4). No collection: they are never synchronised, and
 * nothing else reads them.
 */
export const licenceKeys: Migration = {
  version: 7,
  name: 'licence-keys',
  up(connection) {
    connection.exec(`
      CREATE TABLE licence_keys (
        asset_id TEXT PRIMARY KEY,
        nonce TEXT NOT NULL,
        tag TEXT NOT NULL,
        sealed TEXT NOT NULL
      ) WITHOUT ROWID;
    `);
  },
};
