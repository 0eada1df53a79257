import type { Epoch } from '#shared/protocol/replication.ts';
import type { Candidate, Fields, Master } from '../replication/wire.ts';
import { type Connection, type Row, toNumber } from './database.ts';

/** A document with the sequence of its last change. */
export type StoredDocument = Master & { readonly collection: string; readonly id: string };

export type DocumentWrite = Pick<Candidate, 'collection' | 'id' | 'isDeleted' | 'body'> & { readonly seq: number };

type Key = { readonly collection: string; readonly id: string };

function toStored(row: Row): StoredDocument {
  return {
    collection: String(row.collection),
    id: String(row.id),
    seq: toNumber(row.seq),
    isDeleted: row.deleted === true,
    // The column holds what `writeDocuments` put in: always an object.
    body: row.body as Fields,
  };
}

/**
 * Takes the ministry's row until the end of the transaction: from here on no other writer of this ministry gets a
 * sequence, so whoever sees sequence n committed sees all before it (SPEC S1, S2).
 * @returns the last sequence given
 */
export async function lockSequence(connection: Connection, ministryId: string): Promise<number> {
  const [row] = await connection.query('select last_seq from ministries where id = $1 for no key update', [ministryId]);
  if (!row) throw new Error('The ministry is unknown');
  return toNumber(row.last_seq);
}

export async function readSequence(connection: Connection, ministryId: string): Promise<number> {
  const [row] = await connection.query('select last_seq from ministries where id = $1', [ministryId]);
  return toNumber(row?.last_seq ?? 0);
}

/** Where every ministry stands: for the administrator, who sees no other table. */
export async function readSequences(
  connection: Connection,
): Promise<readonly { readonly ministryId: string; readonly seq: number }[]> {
  const rows = await connection.query('select id, last_seq from ministries');
  return rows.map(({ id, last_seq }) => ({ ministryId: String(id), seq: toNumber(last_seq) }));
}

/** The last sequence given and the epoch that gives them (SPEC S19). */
export async function readStanding(
  connection: Connection,
  ministryId: string,
): Promise<{ readonly seq: number; readonly epoch: Epoch }> {
  const [row] = await connection.query('select last_seq, epoch, epoch_seq from ministries where id = $1', [ministryId]);
  if (!row) throw new Error('The ministry is unknown');
  return { seq: toNumber(row.last_seq), epoch: { number: toNumber(row.epoch), seq: toNumber(row.epoch_seq) } };
}

/**
 * The limit keeps the planner from making a join of it: a ministry that grew since the last statistics looks small to it,
 * and it would compare every key with every row of the ministry (measured: 600 ms of a push at 3,500 rows, and growing).
 */
const ONE_EACH = `select collection, id, seq, deleted, body from documents
  where ministry_id = $1 and collection = k.collection and id = k.id limit 1`;

export async function readMasters(
  connection: Connection,
  ministryId: string,
  keys: readonly Key[],
): Promise<readonly StoredDocument[]> {
  const rows = await connection.query(
    `select d.collection, d.id, d.seq, d.deleted, d.body
       from unnest($2::text[], $3::text[]) as k (collection, id)
      cross join lateral (${ONE_EACH}) d`,
    [ministryId, keys.map(({ collection }) => collection), keys.map(({ id }) => id)],
  );
  return rows.map(toStored);
}

/**
 * Which asset holds each of these references. Reliable until the end of the transaction for a caller that holds the
 * sequence (`lockSequence`): no other writer of the ministry comes between.
 */
export async function readReferenceHolders(
  connection: Connection,
  ministryId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  if (references.length === 0) return new Map();
  const rows = await connection.query(
    `select d.reference, d.id from unnest($2::text[]) as k (reference)
      cross join lateral (
        select reference, id from documents where ministry_id = $1 and reference = k.reference limit 1
      ) d`,
    [ministryId, references],
  );
  return new Map(rows.map(({ reference, id }) => [String(reference), String(id)]));
}

/** Writes each document once; the caller holds the sequence (`lockSequence`) and has chosen the numbers. */
export async function writeDocuments(
  connection: Connection,
  input: {
    readonly ministryId: string;
    readonly deviceId: string;
    readonly receivedAt: Date;
    readonly lastSeq: number;
    readonly writes: readonly DocumentWrite[];
  },
): Promise<void> {
  const rows = input.writes.map(({ collection, id, seq, isDeleted, body }) => ({
    collection,
    id,
    seq,
    deleted: isDeleted,
    body,
  }));
  await connection.query(
    `insert into documents (ministry_id, collection, id, seq, deleted, body, device_id, received_at)
     select $1, r.collection, r.id, r.seq, r.deleted, r.body, $2, $3
       from jsonb_to_recordset($4::jsonb) as r (collection text, id text, seq bigint, deleted boolean, body jsonb)
     on conflict (ministry_id, collection, id) do update
       set seq = excluded.seq, deleted = excluded.deleted, body = excluded.body,
           device_id = excluded.device_id, received_at = excluded.received_at`,
    [input.ministryId, input.deviceId, input.receivedAt.toISOString(), JSON.stringify(rows)],
  );
  await connection.query('update ministries set last_seq = $2 where id = $1', [input.ministryId, input.lastSeq]);
}

const PAGE = `select collection, id, seq, deleted, body from documents
  where ministry_id = $1 and seq > $2 and ($4::text is null or collection = $4)
  order by seq limit $3`;

/** The rows before which fewer bytes than the budget stand: always the first, and never one out of order. */
const CUT_PAGE = `select collection, id, seq, deleted, body from (
    select page.*, sum(octet_length(body::text)) over (order by seq) - octet_length(body::text) as before
      from (${PAGE}) page
  ) measured where before < $5::bigint order by seq`;

/** Rows whose last change came after a sequence, in order, of all collections or of one. */
export async function readAfter(
  connection: Connection,
  input: {
    readonly ministryId: string;
    readonly seq: number;
    readonly limit: number;
    readonly collection?: string | undefined;
    /** Ends the page after the row that reaches so many bytes of bodies. */
    readonly maxBytes?: number | undefined;
  },
): Promise<readonly StoredDocument[]> {
  const rows = await connection.query(input.maxBytes === undefined ? PAGE : CUT_PAGE, [
    input.ministryId,
    input.seq,
    input.limit,
    input.collection ?? null,
    ...(input.maxBytes ? [input.maxBytes] : []),
  ]);
  return rows.map(toStored);
}

/** Rows of one collection in the order of their ids, of those whose last change is not after a sequence. */
export async function readByKey(
  connection: Connection,
  input: {
    readonly ministryId: string;
    readonly collection: string;
    readonly afterId: string;
    readonly upToSeq: number;
    readonly limit: number;
  },
): Promise<readonly StoredDocument[]> {
  const rows = await connection.query(
    `select collection, id, seq, deleted, body from documents
      where ministry_id = $1 and collection = $2 and id > $3 and seq <= $4 order by id limit $5`,
    [input.ministryId, input.collection, input.afterId, input.upToSeq, input.limit],
  );
  return rows.map(toStored);
}

/** The rows whose last change has one of these sequences. */
export async function readAt(
  connection: Connection,
  ministryId: string,
  sequences: readonly number[],
): Promise<readonly StoredDocument[]> {
  const rows = await connection.query(
    `select d.collection, d.id, d.seq, d.deleted, d.body
       from unnest($2::bigint[]) as k (seq) join documents d on d.ministry_id = $1 and d.seq = k.seq`,
    [ministryId, [...new Set(sequences)]],
  );
  return rows.map(toStored);
}
