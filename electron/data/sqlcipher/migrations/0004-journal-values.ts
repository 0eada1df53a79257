import type { Migration } from '../migrate.ts';

/**
 * `journal_values`: the entries in which a holder or a room came or went, so that the history of an office and of a
 * person is found without reading the journal. Entries written before are taken in here.
 */
export const journalValues: Migration = {
  version: 4,
  name: 'journal-values',
  up(connection) {
    connection.exec(`
      CREATE TABLE journal_values (
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        movement_id TEXT NOT NULL,
        PRIMARY KEY (field, value, movement_id)
      ) WITHOUT ROWID;
    `);
    const hasJournal = connection.value(`SELECT 1 FROM sqlite_schema WHERE name = 'documents_movements_v0'`) === 1;
    if (!hasJournal) return;
    connection.exec(`
      INSERT OR IGNORE INTO journal_values (field, value, movement_id)
      SELECT change.value->>'$.field', side.value, movements.id
      FROM documents_movements_v0 AS movements,
        json_each(movements.body, '$.changes') AS change,
        json_each(json_array(change.value->>'$.from', change.value->>'$.to')) AS side
      WHERE movements.deleted = 0 AND change.value->>'$.field' IN ('holderName', 'room') AND side.value IS NOT NULL;
    `);
  },
};
