import type { Migration } from '../migrate.ts';

/**
 * What papers are found by without reading their content: `paper_entries`, a line each (`search` is folded by the
 * program), and `paper_assets`, the papers of an asset.
 */
export const papers: Migration = {
  version: 5,
  name: 'papers',
  up(connection) {
    connection.exec(`
      CREATE TABLE paper_entries (
        paper_id TEXT PRIMARY KEY,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        title TEXT NOT NULL,
        subject TEXT NOT NULL,
        author TEXT NOT NULL,
        act_id TEXT,
        asset_count INTEGER NOT NULL,
        search TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX paper_entries_number ON paper_entries (number);
      CREATE INDEX paper_entries_issued_at ON paper_entries (issued_at, paper_id);
      CREATE INDEX paper_entries_act ON paper_entries (act_id) WHERE act_id IS NOT NULL;

      CREATE TABLE paper_assets (
        asset_id TEXT NOT NULL,
        paper_id TEXT NOT NULL,
        PRIMARY KEY (asset_id, paper_id)
      ) WITHOUT ROWID;
    `);
  },
};
