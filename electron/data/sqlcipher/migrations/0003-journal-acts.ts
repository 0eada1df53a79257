import type { Migration } from '../migrate.ts';

/** `journal_acts`: which entries belong to one act, so that it can be printed and taken back as a whole. */
export const journalActs: Migration = {
  version: 3,
  name: 'journal-acts',
  up(connection) {
    connection.exec(`
      CREATE TABLE journal_acts (
        act_id TEXT NOT NULL,
        movement_id TEXT NOT NULL,
        PRIMARY KEY (act_id, movement_id)
      ) WITHOUT ROWID;
    `);
  },
};
