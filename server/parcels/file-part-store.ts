import type { FilePiece } from '#shared/parcels/file-part.ts';
import type { FilesReceived } from '#shared/parcels/parcel-body.ts';
import { type Connection, toNumber } from '../store/database.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';

/** Tables `file_parts` and `parcel_files`. Every call is inside a transaction that acts for the ministry (SPEC S6). */

/** Files told at once: the device asks for more by its next parcel. */
const MAX_TOLD = 5000;

type DeviceKey = Pick<EnrolledDevice, 'ministryId' | 'id'>;

/** A part that could not be taken wholly when it came. */
export type KeptPart = { readonly sha256: string; readonly number: number; readonly pieces: readonly FilePiece[] };

export async function keepFilePart(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { sha256, number, pieces, sealed }: KeptPart & { readonly sealed: Uint8Array },
  now: Date,
): Promise<void> {
  await connection.query(
    `insert into file_parts (ministry_id, device_id, sha256, number, pieces, sealed, received_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7) on conflict do nothing`,
    [ministryId, id, sha256, number, JSON.stringify(pieces), Buffer.from(sealed), now.toISOString()],
  );
}

/** The parts that wait for nothing any more: what describes their files was applied, and what comes before theirs is here. */
export async function listKeptParts(
  connection: Connection,
  { ministryId, id }: DeviceKey,
): Promise<readonly KeptPart[]> {
  const rows = await connection.query(
    `select f.sha256, f.number, f.pieces from file_parts f
       join devices d on d.ministry_id = f.ministry_id and d.id = f.device_id
      where f.ministry_id = $1 and f.device_id = $2 and f.number <= d.parcel_line and not exists (
        select from jsonb_to_recordset(f.pieces) as p (hash text, "offset" bigint)
          left join file_uploads u on u.ministry_id = f.ministry_id and u.device_id = f.device_id and u.hash = p.hash
         where p."offset" > coalesce(u.received, 0)
           and not exists (select from files w where w.ministry_id = f.ministry_id and w.hash = p.hash))
      order by f.received_at, f.sha256`,
    [ministryId, id],
  );
  return rows.map((row) => ({
    sha256: String(row.sha256),
    number: toNumber(row.number),
    // Written by `keepFilePart` only.
    pieces: row.pieces as readonly FilePiece[],
  }));
}

export async function readKeptPart(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  sha256: string,
): Promise<Uint8Array | undefined> {
  const [row] = await connection.query(
    'select sealed from file_parts where ministry_id = $1 and device_id = $2 and sha256 = $3',
    [ministryId, id, sha256],
  );
  // Both drivers give `bytea` as bytes.
  return row && new Uint8Array(row.sealed as Uint8Array);
}

export async function dropKeptPart(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  sha256: string,
): Promise<void> {
  await connection.query('delete from file_parts where ministry_id = $1 and device_id = $2 and sha256 = $3', [
    ministryId,
    id,
    sha256,
  ]);
}

/** What nothing came for since. */
export async function dropStaleParts(connection: Connection, { ministryId }: DeviceKey, before: Date): Promise<void> {
  await connection.query('delete from file_parts where ministry_id = $1 and received_at < $2', [
    ministryId,
    before.toISOString(),
  ]);
}

/** The endpoint has these files whole: the device is told, again if it sent them again. */
export async function noteFilesReceived(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  hashes: readonly string[],
  now: Date,
): Promise<void> {
  // Places are committed in their order: none is given to a file after a later one was told.
  await connection.query('select id from devices where ministry_id = $1 and id = $2 for no key update', [
    ministryId,
    id,
  ]);
  await connection.query(
    `insert into parcel_files (ministry_id, device_id, hash, place, received_at)
     select $1, $2, k.hash, k.place + (
         select coalesce(max(place), 0) from parcel_files where ministry_id = $1 and device_id = $2), $4
       from unnest($3::text[]) with ordinality as k (hash, place)
     on conflict (ministry_id, device_id, hash) do update set place = excluded.place, received_at = excluded.received_at`,
    [ministryId, id, [...new Set(hashes)], now.toISOString()],
  );
}

/** Nothing where nothing came after this place. */
export async function readFilesReceived(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  after: number,
): Promise<FilesReceived | undefined> {
  const rows = await connection.query(
    `select hash, place from parcel_files where ministry_id = $1 and device_id = $2 and place > $3
      order by place limit $4`,
    [ministryId, id, after, MAX_TOLD],
  );
  const last = rows.at(-1);
  return last && { upTo: toNumber(last.place), hashes: rows.map(({ hash }) => String(hash)) };
}
