import type { Migration } from '../migrate.ts';

/** `sync_rows.healing`: 1 where the endpoint had acknowledged the row in an epoch that is over (SPEC S19). */
export const epochs: Migration = {
  version: 9,
  name: 'epochs',
  up(connection) {
    connection.exec('ALTER TABLE sync_rows ADD COLUMN healing INTEGER');
  },
};
