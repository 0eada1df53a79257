import { type Connection, toNumber } from './database.ts';

/** A snapshot that is whole: the first line of its file, and how many bytes the file has. */
export type KeptSnapshot = {
  readonly id: string;
  readonly seq: number;
  readonly opening: string;
  readonly bytes: number;
  readonly rows: number;
};

type Owner = { readonly ministryId: string };
type Named = Owner & { readonly id: string };

/** Seconds after which a maker that gave no sign of life is taken for dead. */
const DEAD_AFTER = 60;

/** Whole snapshots of a ministry that stay: the newest, and the one before for those who are loading it. */
const KEPT = 2;

const WHOLE = 'select id, seq, opening, bytes, row_count from snapshots where ministry_id = $1 and opening is not null';

export async function newestSnapshot(connection: Connection, { ministryId }: Owner): Promise<KeptSnapshot | undefined> {
  const rows = await connection.query(WHOLE, [ministryId]);
  // Few rows: sorting them is closed to the planner (see `scope.ts`), and not worth an index.
  return rows.map(toKept).sort((a, b) => b.seq - a.seq || (a.id < b.id ? 1 : -1))[0];
}

export async function findSnapshot(
  connection: Connection,
  { ministryId, id }: Named,
): Promise<KeptSnapshot | undefined> {
  const [row] = await connection.query(`${WHOLE} and id = $2`, [ministryId, id]);
  return row && toKept(row);
}

/** Begins one, unless somebody else is at it. What a dead maker left is dropped. @returns whether the caller makes it */
export async function beginSnapshot(
  connection: Connection,
  { ministryId, id, seq }: Named & { readonly seq: number },
): Promise<boolean> {
  const dead = await connection.query(
    `select id from snapshots where ministry_id = $1 and opening is null
       and touched_at < now() - make_interval(secs => $2)`,
    [ministryId, DEAD_AFTER],
  );
  for (const row of dead) await dropSnapshot(connection, { ministryId, id: String(row.id) });
  const begun = await connection.query(
    'insert into snapshots (ministry_id, id, seq) values ($1, $2, $3) on conflict do nothing returning id',
    [ministryId, id, seq],
  );
  return begun.length > 0;
}

/** @returns false where this maker was taken for dead and has to stop */
export async function addSnapshotChunk(
  connection: Connection,
  { ministryId, id, position, data }: Named & { readonly position: number; readonly data: Buffer },
): Promise<boolean> {
  if (!(await touchSnapshot(connection, { ministryId, id }))) return false;
  await connection.query(
    'insert into snapshot_chunks (ministry_id, snapshot_id, position, data) values ($1, $2, $3, $4)',
    [ministryId, id, position, data],
  );
  return true;
}

/** Makes it whole, and drops those before the last. @returns false as `addSnapshotChunk` */
export async function finishSnapshot(
  connection: Connection,
  { ministryId, id, opening, bytes, rows }: Owner & Omit<KeptSnapshot, 'seq'>,
): Promise<boolean> {
  const finished = await connection.query(
    `update snapshots set opening = $3, bytes = $4, row_count = $5
      where ministry_id = $1 and id = $2 and opening is null returning id`,
    [ministryId, id, opening, bytes, rows],
  );
  if (finished.length === 0) return false;
  const whole = (await connection.query(WHOLE, [ministryId])).map(toKept).filter((kept) => kept.id !== id);
  const old = whole.sort((a, b) => b.seq - a.seq).slice(KEPT - 1);
  for (const kept of old) await dropSnapshot(connection, { ministryId, id: kept.id });
  return true;
}

export async function dropSnapshot(connection: Connection, { ministryId, id }: Named): Promise<void> {
  await connection.query('delete from snapshot_chunks where ministry_id = $1 and snapshot_id = $2', [ministryId, id]);
  await connection.query('delete from snapshots where ministry_id = $1 and id = $2', [ministryId, id]);
}

/** The chunk with this number, from 0. */
export async function readSnapshotChunk(
  connection: Connection,
  { ministryId, id }: Named,
  position: number,
): Promise<Buffer | undefined> {
  const [row] = await connection.query(
    'select data from snapshot_chunks where ministry_id = $1 and snapshot_id = $2 and position = $3',
    [ministryId, id, position],
  );
  if (!row) return undefined;
  // `bytea` is a Buffer for one driver and its parent class for the other.
  const data = row.data as Uint8Array;
  return Buffer.from(data.buffer, data.byteOffset, data.length);
}

async function touchSnapshot(connection: Connection, { ministryId, id }: Named): Promise<boolean> {
  const rows = await connection.query(
    'update snapshots set touched_at = now() where ministry_id = $1 and id = $2 and opening is null returning id',
    [ministryId, id],
  );
  return rows.length > 0;
}

function toKept(row: Readonly<Record<string, unknown>>): KeptSnapshot {
  return {
    id: String(row.id),
    seq: toNumber(row.seq),
    opening: String(row.opening),
    bytes: toNumber(row.bytes),
    rows: toNumber(row.row_count),
  };
}
