import { type Connection, toNumber } from './database.ts';

/** A file that the endpoint has whole. */
export type KeptFile = { readonly hash: string; readonly contentId: string; readonly bytes: number };

/** What a device has sent of a file so far. */
export type Upload = KeptFile & { readonly deviceId: string; readonly received: number };

/** Bytes of one row of a content: what one answer to a reader holds in memory is a few of these. */
const CHUNK_BYTES = 256 * 1024;
/** Rows read at once. */
const CHUNKS_READ = 8;

type Owner = { readonly ministryId: string };

export async function findFile(
  connection: Connection,
  { ministryId, hash }: Owner & { readonly hash: string },
): Promise<KeptFile | undefined> {
  const [row] = await connection.query('select content_id, bytes from files where ministry_id = $1 and hash = $2', [
    ministryId,
    hash,
  ]);
  return row && { hash, contentId: String(row.content_id), bytes: toNumber(row.bytes) };
}

export async function findKnown(
  connection: Connection,
  { ministryId, hashes }: Owner & { readonly hashes: readonly string[] },
): Promise<readonly string[]> {
  const rows = await connection.query(
    'select f.hash from unnest($2::text[]) as k (hash) join files f on f.ministry_id = $1 and f.hash = k.hash',
    [ministryId, hashes],
  );
  return rows.map(({ hash }) => String(hash));
}

export async function keepFile(
  connection: Connection,
  { ministryId, hash, contentId, bytes, now }: Owner & KeptFile & { readonly now: Date },
): Promise<boolean> {
  const rows = await connection.query(
    `insert into files (ministry_id, hash, content_id, bytes, received_at) values ($1, $2, $3, $4, $5)
       on conflict (ministry_id, hash) do nothing returning hash`,
    [ministryId, hash, contentId, bytes, now.toISOString()],
  );
  return rows.length > 0;
}

/** The upload, held until the end of the transaction: two pieces of one file follow each other. */
export async function lockUpload(
  connection: Connection,
  { ministryId, deviceId, hash }: Owner & Pick<Upload, 'deviceId' | 'hash'>,
): Promise<Upload | undefined> {
  const [row] = await connection.query(
    `select content_id, bytes, received from file_uploads
      where ministry_id = $1 and device_id = $2 and hash = $3 for update`,
    [ministryId, deviceId, hash],
  );
  if (!row) return undefined;
  const [bytes, received] = [toNumber(row.bytes), toNumber(row.received)];
  return { hash, deviceId, contentId: String(row.content_id), bytes, received };
}

/** Nothing happens where this device uploads the file already. */
export async function addUpload(
  connection: Connection,
  { ministryId, deviceId, hash, contentId, bytes, now }: Owner & Omit<Upload, 'received'> & { readonly now: Date },
): Promise<void> {
  await connection.query(
    `insert into file_uploads (ministry_id, device_id, hash, content_id, bytes, received, updated_at)
       values ($1, $2, $3, $4, $5, 0, $6) on conflict (ministry_id, device_id, hash) do nothing`,
    [ministryId, deviceId, hash, contentId, bytes, now.toISOString()],
  );
}

/** Adds bytes at the end of what was received. The caller holds the upload. */
export async function appendBytes(
  connection: Connection,
  { ministryId, deviceId, hash, contentId, received }: Owner & Upload,
  { piece, now }: { readonly piece: Buffer; readonly now: Date },
): Promise<void> {
  for (let start = 0; start < piece.length; start += CHUNK_BYTES) {
    await connection.query(
      'insert into file_chunks (ministry_id, content_id, position, data) values ($1, $2, $3, $4)',
      [ministryId, contentId, received + start, piece.subarray(start, start + CHUNK_BYTES)],
    );
  }
  await connection.query(
    `update file_uploads set received = $4, updated_at = $5
      where ministry_id = $1 and device_id = $2 and hash = $3`,
    [ministryId, deviceId, hash, received + piece.length, now.toISOString()],
  );
}

/** The upload is over; its bytes stay where a file names them. */
export async function endUpload(
  connection: Connection,
  { ministryId, deviceId, hash, contentId }: Owner & Upload,
  { keepsBytes }: { readonly keepsBytes: boolean },
): Promise<void> {
  await connection.query('delete from file_uploads where ministry_id = $1 and device_id = $2 and hash = $3', [
    ministryId,
    deviceId,
    hash,
  ]);
  if (keepsBytes) return;
  await connection.query('delete from file_chunks where ministry_id = $1 and content_id = $2', [ministryId, contentId]);
}

/** Uploads that nobody went on with since. */
export async function dropStaleUploads(
  connection: Connection,
  { ministryId, before }: Owner & { readonly before: Date },
): Promise<void> {
  await connection.query(
    `with stale as (delete from file_uploads where ministry_id = $1 and updated_at < $2 returning content_id)
     delete from file_chunks c using stale where c.ministry_id = $1 and c.content_id = stale.content_id`,
    [ministryId, before.toISOString()],
  );
}

/** The next bytes of a content from a position on, a few rows of them; none at its end. */
export async function readBytes(
  connection: Connection,
  { ministryId, contentId }: Owner & Pick<KeptFile, 'contentId'>,
  position: number,
): Promise<readonly Buffer[]> {
  const rows = await connection.query(
    `select position, data from file_chunks
      where ministry_id = $1 and content_id = $2 and position >= (
        select max(position) from file_chunks where ministry_id = $1 and content_id = $2 and position <= $3)
      order by position limit $4`,
    [ministryId, contentId, position, CHUNKS_READ],
  );
  return rows.flatMap((row) => {
    // `bytea` is a Buffer for one driver and its parent class for the other.
    const data = row.data as Uint8Array;
    const skipped = Math.max(0, position - toNumber(row.position));
    if (skipped >= data.length) return [];
    return [Buffer.from(data.buffer, data.byteOffset + skipped, data.length - skipped)];
  });
}
