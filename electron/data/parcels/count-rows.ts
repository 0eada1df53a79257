import type { FileTotals, SyncTotals } from '#shared/protocol/parcel-port.ts';
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

/** The same of files: on this desktop only, left in a parcel without receipt for them, received. */
export function countFiles({ connection }: Register): FileTotals {
  const row = connection.get<
    Record<'local' | 'localBytes' | 'sent' | 'sentBytes' | 'received' | 'receivedBytes', number>
  >(
    `SELECT
        count(*) FILTER (WHERE part = 'file' AND place = 0) AS local,
        ifnull(sum(bytes) FILTER (WHERE place = 0), 0) AS localBytes,
        count(*) FILTER (WHERE part = 'file' AND place = 1) AS sent,
        ifnull(sum(bytes) FILTER (WHERE place = 1), 0) AS sentBytes,
        count(*) FILTER (WHERE part = 'file' AND place = 2) AS received,
        ifnull(sum(bytes) FILTER (WHERE place = 2), 0) AS receivedBytes
      FROM (SELECT bytes, part, CASE WHEN received_at IS NOT NULL THEN 2
          WHEN EXISTS (SELECT 1 FROM parcel_files f WHERE f.hash = s.hash) THEN 1 ELSE 0 END AS place
        FROM stored_files s WHERE is_whole = 1)`,
  );
  const sum = (files = 0, bytes = 0) => ({ files, bytes });
  return {
    local: sum(row?.local, row?.localBytes),
    sent: sum(row?.sent, row?.sentBytes),
    received: sum(row?.received, row?.receivedBytes),
  };
}
