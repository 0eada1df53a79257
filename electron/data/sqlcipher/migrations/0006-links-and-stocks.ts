import type { Connection } from '../connection.ts';
import type { Migration } from '../migrate.ts';

/**
 * What is counted across assets without reading them (SPEC A10, A11):
 *
 * - `asset_links`: which assets are attached to which, from both ends; `seats` taken of a licence
 * - `asset_stocks`: the sum of the quantities of a consumable's entries
 * - `asset_limits`: the threshold of a consumable, the seats bought of a licence
 * - `interventions`: the entries that tell of one, with the next one planned; `undone_entries`: what was taken back
 *
 * What was written before is taken in here.
 */
export const linksAndStocks: Migration = {
  version: 6,
  name: 'links-and-stocks',
  up(connection) {
    connection.exec(`
      CREATE TABLE asset_links (
        kind TEXT NOT NULL,
        target_id TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        seats INTEGER NOT NULL,
        PRIMARY KEY (kind, target_id, asset_id)
      ) WITHOUT ROWID;
      CREATE INDEX asset_links_asset ON asset_links (asset_id);

      CREATE TABLE asset_stocks (asset_id TEXT PRIMARY KEY, quantity INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX asset_stocks_negative ON asset_stocks (asset_id) WHERE quantity < 0;

      CREATE TABLE asset_limits (asset_id TEXT PRIMARY KEY, kind TEXT NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE interventions (
        movement_id TEXT PRIMARY KEY,
        asset_id TEXT NOT NULL,
        declared_at TEXT NOT NULL,
        next_date TEXT
      ) WITHOUT ROWID;
      CREATE INDEX interventions_asset ON interventions (asset_id, declared_at);
      CREATE INDEX interventions_next ON interventions (next_date) WHERE next_date IS NOT NULL;

      CREATE TABLE undone_entries (movement_id TEXT PRIMARY KEY) WITHOUT ROWID;
    `);
    if (hasTable(connection, 'documents_assets_v0')) takeInAssets(connection);
    if (hasTable(connection, 'documents_movements_v0')) takeInMovements(connection);
  },
};

function hasTable(connection: Connection, name: string): boolean {
  return connection.value('SELECT 1 FROM sqlite_schema WHERE name = ?', [name]) === 1;
}

/** As `LinkIndex` writes them. */
function takeInAssets(connection: Connection): void {
  connection.exec(`
    INSERT INTO asset_links (kind, target_id, asset_id, seats)
    SELECT 'part', body->>'$.parentId', id, 1 FROM documents_assets_v0
      WHERE deleted = 0 AND body->>'$.parentId' IS NOT NULL AND ${STILL_THERE};
    INSERT INTO asset_links (kind, target_id, asset_id, seats)
    SELECT 'licence', link.key, assets.id, link.value FROM documents_assets_v0 AS assets, json_each(assets.body, '$.licences') AS link
      WHERE assets.deleted = 0 AND ${STILL_THERE};
    INSERT INTO asset_links (kind, target_id, asset_id, seats)
    SELECT 'contract', link.key, assets.id, 1 FROM documents_assets_v0 AS assets, json_each(assets.body, '$.contracts') AS link
      WHERE assets.deleted = 0 AND ${STILL_THERE};
    INSERT INTO asset_limits (asset_id, kind, value)
    SELECT id, 'stock', body->>'$.reorderThreshold' FROM documents_assets_v0
      WHERE deleted = 0 AND body->>'$.nature' = 'consumable' AND body->>'$.reorderThreshold' IS NOT NULL AND ${STILL_THERE};
    INSERT INTO asset_limits (asset_id, kind, value)
    SELECT id, 'seats', body->>'$.seats' FROM documents_assets_v0
      WHERE deleted = 0 AND body->>'$.nature' = 'licence' AND body->>'$.seats' IS NOT NULL AND ${STILL_THERE};
  `);
}

const STILL_THERE = `body->>'$.status' NOT IN ('ceded', 'destroyed', 'transferred', 'terminated', 'merged')`;

/** As `StockIndex` and `InterventionIndex` write them. */
function takeInMovements(connection: Connection): void {
  connection.exec(`
    INSERT INTO asset_stocks (asset_id, quantity)
    SELECT body->>'$.assetId', sum(body->>'$.quantity') FROM documents_movements_v0
      WHERE deleted = 0 AND body->>'$.quantity' IS NOT NULL GROUP BY 1;
    INSERT INTO interventions (movement_id, asset_id, declared_at, next_date)
    SELECT id, body->>'$.assetId', body->>'$.declaredAt', body->>'$.repair.nextDate' FROM documents_movements_v0
      WHERE deleted = 0 AND body->'$.repair' IS NOT NULL;
    INSERT OR IGNORE INTO undone_entries (movement_id)
    SELECT body->>'$.undoes' FROM documents_movements_v0 WHERE deleted = 0 AND body->>'$.undoes' IS NOT NULL;
  `);
}
