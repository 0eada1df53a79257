import type { Migration } from '../migrate.ts';

/** The search of the first version: the asset index, which lays out its own tables, takes its place. */
export const assetIndex: Migration = {
  version: 2,
  name: 'asset-index',
  up(connection) {
    connection.exec('DROP TABLE asset_search_keys; DROP TABLE asset_search;');
  },
};
