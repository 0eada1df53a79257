import type { Role } from '#shared/domain/roles.ts';
import type { ParcelBody, ParcelReceipt } from '#shared/parcels/parcel-body.ts';
import type { ParcelHead } from '#shared/parcels/parcel-file.ts';
import type { PublicKeys } from '#shared/protocol/keys.ts';
import type { RowAnswer } from '#shared/protocol/replication.ts';
import { type Connection, type Row, toNumber } from '../store/database.ts';
import type { EnrolledDevice, SessionDevice } from '../store/enrolment.ts';

/** Tables `parcel_parts` and `parcels`. Every call is inside a transaction that acts for the ministry (SPEC S6). */

export type ParcelDevice = Omit<SessionDevice, 'personName'> & {
  readonly code: string;
  readonly acronym: string;
  readonly keys: PublicKeys | undefined;
  /** Every parcel up to it that is to be applied was. */
  readonly line: number;
};

export type KeptParcel = {
  readonly number: number;
  readonly sha256: string;
  readonly isApplied: boolean;
};

export type WaitingParcel = { readonly number: number; readonly sealed: Uint8Array; readonly answered: number };

type DeviceKey = Pick<EnrolledDevice, 'ministryId' | 'id'>;

export async function readParcelDevice(
  connection: Connection,
  { ministryId, id }: DeviceKey,
): Promise<ParcelDevice | undefined> {
  const [row] = await connection.query(
    `select d.id, d.code, d.person_id, d.signing_key, d.sealing_key, d.parcel_line, p.role, m.acronym, m.last_seq, m.epoch, m.epoch_seq
       from devices d join people p on p.ministry_id = d.ministry_id and p.id = d.person_id
       join ministries m on m.id = d.ministry_id
      where d.ministry_id = $1 and d.id = $2`,
    [ministryId, id],
  );
  if (!row) return undefined;
  const hasKeys = typeof row.signing_key === 'string' && typeof row.sealing_key === 'string';
  return {
    id: String(row.id),
    ministryId,
    personId: String(row.person_id),
    // The role was checked against the list when the person was added.
    role: row.role as Role,
    code: String(row.code),
    acronym: String(row.acronym),
    keys: hasKeys ? { signing: String(row.signing_key), sealing: String(row.sealing_key) } : undefined,
    line: toNumber(row.parcel_line),
    standing: {
      seq: toNumber(row.last_seq),
      epoch: { number: toNumber(row.epoch), seq: toNumber(row.epoch_seq) },
    },
  };
}

/** The device of this code, in any case, of the ministry. */
export async function findDeviceId(
  connection: Connection,
  ministryId: string,
  code: string,
): Promise<string | undefined> {
  const [row] = await connection.query('select id from devices where ministry_id = $1 and code = upper($2)', [
    ministryId,
    code,
  ]);
  return row && String(row.id);
}

export async function readParcel(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  number: number,
): Promise<KeptParcel | undefined> {
  const [row] = await connection.query(
    'select sha256, applied_at from parcels where ministry_id = $1 and device_id = $2 and number = $3',
    [ministryId, id, number],
  );
  return row && { number, sha256: String(row.sha256), isApplied: row.applied_at !== null };
}

export async function keepPart(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { facts, signature, part }: ParcelHead,
  file: Uint8Array,
  now: Date,
): Promise<void> {
  await connection.query(
    `insert into parcel_parts (ministry_id, device_id, number, signature, part, file, received_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [ministryId, id, facts.number, signature, part, Buffer.from(file), now.toISOString()],
  );
}

/** The numbers of the parts that are here, of one division. */
export async function listParts(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { facts, signature }: ParcelHead,
): Promise<readonly number[]> {
  const rows = await connection.query(
    `select part from parcel_parts where ministry_id = $1 and device_id = $2 and number = $3 and signature = $4
      order by part`,
    [ministryId, id, facts.number, signature],
  );
  return rows.map(({ part }) => toNumber(part));
}

export async function readParts(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { facts, signature }: ParcelHead,
): Promise<readonly Uint8Array[]> {
  const rows = await connection.query(
    `select file from parcel_parts where ministry_id = $1 and device_id = $2 and number = $3 and signature = $4
      order by part`,
    [ministryId, id, facts.number, signature],
  );
  return rows.map(({ file }) => toBytes(file));
}

/** The parcel is whole: it waits for its turn, and its parts go. One of its number that is there already stays. */
export async function keepParcel(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { facts }: ParcelHead,
  { sealed, body, now }: { readonly sealed: Uint8Array; readonly body: ParcelBody; readonly now: Date },
): Promise<void> {
  await connection.query(
    `insert into parcels
       (ministry_id, device_id, number, sha256, follows, sealed, device_checkpoint, device_received, device_files_told,
        received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      ministryId,
      id,
      facts.number,
      facts.sha256,
      facts.follows,
      Buffer.from(sealed),
      body.checkpoint.seq,
      body.received,
      body.filesTold ?? 0,
      now.toISOString(),
    ],
  );
  await connection.query('delete from parcel_parts where ministry_id = $1 and device_id = $2 and number = $3', [
    ministryId,
    id,
    facts.number,
  ]);
}

/** The parcel whose turn it is (SPEC X3). */
export async function nextParcel(
  connection: Connection,
  { ministryId, id }: DeviceKey,
): Promise<WaitingParcel | undefined> {
  const [row] = await connection.query(
    `select p.number, p.sealed, p.answered from parcels p
       join devices d on d.ministry_id = p.ministry_id and d.id = p.device_id
      where p.ministry_id = $1 and p.device_id = $2 and p.applied_at is null and p.follows <= d.parcel_line
      order by p.number limit 1`,
    [ministryId, id],
  );
  return row && { number: toNumber(row.number), sealed: toBytes(row.sealed), answered: toNumber(row.answered) };
}

/**
 * Keeps the answers to the next rows of a parcel, in the transaction that wrote these rows.
 * @returns false where another instance was faster: nothing of this transaction may stay
 */
export async function keepAnswers(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  slice: {
    readonly number: number;
    readonly from: number;
    readonly answers: readonly RowAnswer[];
    readonly isLast: boolean;
    readonly now: Date;
  },
): Promise<boolean> {
  const { number, from, answers, isLast, now } = slice;
  const rows = await connection.query(
    `update parcels set answers = answers || $4::jsonb, answered = answered + $5,
        applied_at = case when $6 then $7::timestamptz end, sealed = case when $6 then null else sealed end
      where ministry_id = $1 and device_id = $2 and number = $3 and answered = $8 and applied_at is null
      returning number`,
    [ministryId, id, number, JSON.stringify(answers), answers.length, isLast, now.toISOString(), from],
  );
  if (rows.length === 0) return false;
  if (isLast) await raiseLine(connection, { ministryId, id }, number);
  return true;
}

/** Closes a parcel that is not here: its rows came by network. */
export async function closeParcel(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  { number, sha256 }: { readonly number: number; readonly sha256: string },
  now: Date,
): Promise<void> {
  await connection.query(
    `insert into parcels (ministry_id, device_id, number, sha256, follows, received_at, applied_at)
     values ($1, $2, $3, $4, 0, $5, $5)
     on conflict (ministry_id, device_id, number) do update set applied_at = excluded.applied_at, sealed = null
       where parcels.applied_at is null and parcels.answered = 0`,
    [ministryId, id, number, sha256, now.toISOString()],
  );
  await raiseLine(connection, { ministryId, id }, number);
}

/** What the device has, as its latest parcel says: of its ministry up to a sequence, receipts up to a number, files told. */
export async function readKnown(
  connection: Connection,
  { ministryId, id }: DeviceKey,
): Promise<{ readonly checkpoint: number; readonly received: number; readonly filesTold: number }> {
  const [row] = await connection.query(
    `select device_checkpoint, device_received, device_files_told from parcels
      where ministry_id = $1 and device_id = $2 and device_checkpoint is not null order by number desc limit 1`,
    [ministryId, id],
  );
  return {
    checkpoint: toNumber(row?.device_checkpoint ?? 0),
    received: toNumber(row?.device_received ?? 0),
    filesTold: toNumber(row?.device_files_told ?? 0),
  };
}

/** Receipts of what was applied after a number, in order. */
export async function readReceipts(
  connection: Connection,
  { ministryId, id }: DeviceKey,
  after: number,
): Promise<readonly ParcelReceipt[]> {
  const rows = await connection.query(
    `select number, sha256, answers, applied_at from parcels
      where ministry_id = $1 and device_id = $2 and number > $3 and applied_at is not null order by number`,
    [ministryId, id, after],
  );
  return rows.map(toReceipt);
}

async function raiseLine(connection: Connection, { ministryId, id }: DeviceKey, number: number): Promise<void> {
  await connection.query(
    'update devices set parcel_line = greatest(parcel_line, $3) where ministry_id = $1 and id = $2',
    [ministryId, id, number],
  );
}

function toReceipt(row: Row): ParcelReceipt {
  return {
    number: toNumber(row.number),
    sha256: String(row.sha256),
    // Written by `keepAnswers` only.
    answers: row.answers as readonly RowAnswer[],
    receivedAt: new Date(String(row.applied_at)).toISOString(),
  };
}

/** Both drivers give `bytea` as bytes. */
function toBytes(value: unknown): Uint8Array {
  return new Uint8Array(value as Uint8Array);
}
