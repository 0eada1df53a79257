import type { FileSum, FileTotals, SyncTotals } from '#shared/protocol/parcel-port.ts';
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

/** The same of files: on this desktop only, left in a parcel without receipt for them, received, refused with their row. */
export function countFiles({ connection }: Register): FileTotals {
  const rows = connection.all<FileSum & { readonly place: keyof FileTotals }>(
    `SELECT place, count(*) FILTER (WHERE part = 'file') AS files, sum(bytes) AS bytes
      FROM (SELECT bytes, part, CASE
          WHEN received_at IS NOT NULL THEN 'received'
          WHEN EXISTS (SELECT 1 FROM sync_rows r WHERE r.collection = 'files' AND r.id = s.file_id
            AND r.local_seq IS NOT NULL AND r.refused IS NOT NULL) THEN 'refused'
          WHEN EXISTS (SELECT 1 FROM parcel_files f WHERE f.hash = s.hash) THEN 'sent'
          ELSE 'local' END AS place
        FROM stored_files s WHERE is_whole = 1)
      GROUP BY place`,
  );
  const sumOf = (wanted: keyof FileTotals): FileSum => {
    const { files = 0, bytes = 0 } = rows.find(({ place }) => place === wanted) ?? {};
    return { files, bytes };
  };
  return { local: sumOf('local'), sent: sumOf('sent'), received: sumOf('received'), refused: sumOf('refused') };
}
