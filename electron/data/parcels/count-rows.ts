import type { SyncTotals } from '#shared/protocol/parcel-port.ts';
import type { Register } from '../register.ts';

/** SPEC X7: where the rows of this desktop are, of one collection or of all. */
export function countRows({ connection }: Register, collection: string | null = null): SyncTotals {
  const row = connection.get<SyncTotals>(
    `SELECT
        coalesce(sum(local_seq IS NOT NULL AND refused IS NULL AND parcel IS NULL), 0) AS local,
        coalesce(sum(local_seq IS NOT NULL AND refused IS NULL AND parcel IS NOT NULL), 0) AS sent,
        coalesce(sum(local_seq IS NULL AND server_seq IS NOT NULL), 0) AS received,
        coalesce(sum(local_seq IS NOT NULL AND refused IS NOT NULL), 0) AS refused
      FROM (SELECT s.local_seq, s.server_seq, s.refused, (
          SELECT max(parcel) FROM parcel_rows p
            WHERE p.collection = s.collection AND p.id = s.id AND p.local_seq = s.local_seq) AS parcel
        FROM sync_rows s WHERE ? IS NULL OR s.collection = ?)`,
    [collection, collection],
  );
  return row ?? { local: 0, sent: 0, received: 0, refused: 0 };
}
