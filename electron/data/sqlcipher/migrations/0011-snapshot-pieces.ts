import type { Migration } from '../migrate.ts';

/**
 * `snapshot_pieces`: bytes of the first load that arrived and are not applied yet, by their place in the file: a cut or a
 * kill costs none of them (SPEC S20). Empty once the load is done.
 */
export const snapshotPieces: Migration = {
  version: 11,
  name: 'snapshot-pieces',
  up(connection) {
    connection.exec('CREATE TABLE snapshot_pieces (start INTEGER PRIMARY KEY, data BLOB NOT NULL)');
  },
};
