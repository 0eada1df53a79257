import { refusalReason } from '#shared/protocol/refusal.ts';
import { decide } from '../replication/decide.ts';
import type { Candidate, Master, Refusal, Sender } from '../replication/wire.ts';
import { keepAnswered, readAnswered, UntakenExchange } from './answered.ts';
import { createCommitNews } from './commit-news.ts';
import type { Connection, Database } from './database.ts';
import {
  type DocumentWrite,
  lockSequence,
  readAfter,
  readAt,
  readMasters,
  readReferenceHolders,
  readSequence,
  type StoredDocument,
  writeDocuments,
} from './documents.ts';
import { isCurrent, migrate } from './migrations/index.ts';
import { asMinistry } from './scope.ts';

/** The answer to one pushed row, before it is put on the wire. */
export type PushOutcome =
  /** `isNew`: this very push gave it its sequence. */
  | { readonly outcome: 'accepted'; readonly seq: number; readonly isNew: boolean }
  | { readonly outcome: 'conflict'; readonly master: Master }
  | Refusal;

export type PushOptions = {
  /** Id of the exchange: one of the device's last ones is answered as it was and writes nothing (SPEC S11). */
  readonly exchange?: string;
  /** The first rows are those of this exchange at these places: what it accepted is accepted, and not judged anew (SPEC S5). */
  readonly repeats?: { readonly exchange: string; readonly places: readonly number[] };
  /** What is to be written with the rows or not at all: in their transaction, after them. */
  readonly alongside?: (connection: Connection, outcomes: readonly PushOutcome[]) => Promise<void>;
};

export type PullQuery = {
  /** Rows that changed after this sequence. */
  readonly seq: number;
  readonly limit: number;
  readonly collection?: string | undefined;
  /** Ends the page after the row that reaches so many bytes of bodies. */
  readonly maxBytes?: number | undefined;
};

/** A row that the endpoint writes, in the name of the device that it is about. */
export type OwnRow = {
  readonly collection: string;
  readonly id: string;
  readonly deviceId: string;
  readonly body: Readonly<Record<string, unknown>>;
};

/** `database`: it does not answer; `schema`: it is of another version than this program. */
export type StoreTrouble = 'database' | 'schema';

export type CommitListener = (ministryId: string, seq: number) => void;

/** The register as the endpoint uses it. Every method acts for one ministry and sees no other (SPEC S6). */
export type Store = {
  readonly database: Database;
  /**
   * Decides and writes rows in their order, in ONE transaction; an answer per row, in the order given (SPEC S3, S4).
   * Rows that were refused before keep their answer.
   * @throws UntakenExchange
   */
  push(
    sender: Sender,
    rows: readonly (Candidate | Refusal)[],
    receivedAt: Date,
    options?: PushOptions,
  ): Promise<readonly PushOutcome[]>;
  /** What this exchange was answered, if it is one of the device's last ones that pushed. */
  answered(sender: Sender, exchange: string): Promise<readonly PushOutcome[] | 'untaken' | undefined>;
  /** The same; one that is not known is over from here on: whenever it still comes, it writes nothing (SPEC S11). */
  settle(sender: Sender, exchange: string, now: Date): Promise<readonly PushOutcome[] | 'untaken'>;
  /** Writes rows of the endpoint's own, in ONE transaction; one that is there already stays as it is. */
  append(ministryId: string, rows: readonly OwnRow[], receivedAt: Date): Promise<void>;
  /** In order of sequence (SPEC S2). */
  pull(ministryId: string, query: PullQuery): Promise<readonly StoredDocument[]>;
  /** The rows whose last change has one of these sequences. */
  at(ministryId: string, sequences: readonly number[]): Promise<readonly StoredDocument[]>;
  /** The last sequence given. */
  currentSeq(ministryId: string): Promise<number>;
  /**
   * Told of every commit after it: of this process at once, of others on the same database when their news arrive
   * (`LISTEN/NOTIFY`, SPEC E1), or when this process asks because it may have missed some. Never of a sequence twice.
   */
  onCommit(listener: CommitListener): () => void;
  /** What keeps the register from being used now; nothing when all is well. */
  findTrouble(): Promise<StoreTrouble | undefined>;
  close(): Promise<void>;
};

/** Brings the database up to date first. @throws AppError `STORE_NEWER_VERSION` */
export async function openStore(database: Database): Promise<Store> {
  await migrate(database);
  const news = createCommitNews(database);
  return {
    database,
    async push(sender, rows, receivedAt, options = {}) {
      const isNothing = rows.every((row) => 'outcome' in row) && !options.alongside;
      if (isNothing) return rows.flatMap((row) => ('outcome' in row ? [row] : []));
      const { outcomes, committedSeq } = await asMinistry(database, sender.ministryId, (connection) =>
        pushOnce(connection, sender, rows, receivedAt, options),
      );
      if (committedSeq !== undefined) news.committed(sender.ministryId, committedSeq);
      return outcomes;
    },
    answered: (sender, exchange) =>
      asMinistry(database, sender.ministryId, (connection) => readAnswered(connection, sender, exchange)),
    settle: (sender, exchange, now) =>
      asMinistry(database, sender.ministryId, async (connection) => {
        // One that is being written is waited for.
        await lockSequence(connection, sender.ministryId);
        const before = await readAnswered(connection, sender, exchange);
        if (before) return before;
        await keepAnswered(connection, sender, { exchange, outcomes: undefined, receivedAt: now });
        return 'untaken';
      }),
    async append(ministryId, rows, receivedAt) {
      const committedSeq = await asMinistry(database, ministryId, (connection) =>
        writeNew(connection, ministryId, rows, receivedAt),
      );
      if (committedSeq !== undefined) news.committed(ministryId, committedSeq);
    },
    pull: (ministryId, query) =>
      asMinistry(database, ministryId, (connection) => readAfter(connection, { ministryId, ...query })),
    at: async (ministryId, sequences) =>
      sequences.length === 0
        ? []
        : asMinistry(database, ministryId, (connection) => readAt(connection, ministryId, sequences)),
    currentSeq: (ministryId) => asMinistry(database, ministryId, (connection) => readSequence(connection, ministryId)),
    onCommit: news.onCommit,
    async findTrouble() {
      try {
        return (await isCurrent(database)) ? undefined : 'schema';
      } catch {
        return 'database';
      }
    },
    async close() {
      await news.close();
      await database.close();
    },
  };
}

/** SPEC A2. A reference that an asset keeps is its own. */
const REFERENCE_TAKEN: Refusal = {
  outcome: 'refused',
  reason: refusalReason('same-reference'),
  field: '/newDocumentState/reference',
};

/** `committedSeq` is absent when nothing changed. */
type Pushed = { readonly outcomes: readonly PushOutcome[]; readonly committedSeq?: number };

async function pushOnce(
  connection: Connection,
  sender: Sender,
  given: readonly (Candidate | Refusal)[],
  receivedAt: Date,
  { exchange, repeats, alongside }: PushOptions,
): Promise<Pushed> {
  const start = await lockSequence(connection, sender.ministryId);
  // Under the lock: of two that arrive together, the second meets the answers of the first.
  const before = exchange && (await readAnswered(connection, sender, exchange));
  if (before === 'untaken') throw new UntakenExchange();
  if (before) return { outcomes: before };
  const accepted = repeats ? await readAccepted(connection, sender, repeats) : [];
  const rows = given.map((row, index) => accepted[index] ?? row);
  const candidates = rows.flatMap((row) => ('outcome' in row ? [] : [row]));
  const { outcomes: decided, committedSeq } = await writeAccepted(connection, sender, candidates, receivedAt, start);
  const next = decided.values();
  const outcomes = rows.map((row) => {
    if ('outcome' in row) return row;
    const { value } = next.next();
    if (!value) throw new Error('Fewer rows were decided than given');
    return value;
  });
  if (exchange) await keepAnswered(connection, sender, { exchange, outcomes, receivedAt });
  await alongside?.(connection, outcomes);
  return { outcomes, ...(committedSeq !== undefined && { committedSeq }) };
}

/** The rows that the endpoint took when they came by network, and whose answer was lost. */
async function readAccepted(
  connection: Connection,
  sender: Sender,
  { exchange, places }: NonNullable<PushOptions['repeats']>,
): Promise<readonly (PushOutcome | undefined)[]> {
  const answered = await readAnswered(connection, sender, exchange);
  return places.map((place) => {
    const outcome = answered === 'untaken' ? undefined : answered?.[place];
    return outcome?.outcome === 'accepted' ? { ...outcome, isNew: false } : undefined;
  });
}

async function writeAccepted(
  connection: Connection,
  sender: Sender,
  candidates: readonly Candidate[],
  receivedAt: Date,
  start: number,
): Promise<Pushed> {
  const { ministryId, deviceId } = sender;
  const masters = new Map<string, Master>();
  for (const master of await readMasters(connection, ministryId, candidates)) masters.set(keyOf(master), master);

  const references = candidates.flatMap(({ reference }) => reference ?? []);
  const holders = await readReferenceHolders(connection, ministryId, references);

  let lastSeq = start;
  const writes = new Map<string, DocumentWrite>();
  const outcomes = candidates.map((candidate): PushOutcome => {
    const key = keyOf(candidate);
    const decision = decide(candidate, masters.get(key));
    if (decision.outcome === 'known') return { outcome: 'accepted', seq: decision.seq, isNew: false };
    if (decision.outcome !== 'write') return decision;
    const { reference } = candidate;
    if (reference !== undefined && reference !== masters.get(key)?.body.reference) {
      if (holders.has(reference)) return REFERENCE_TAKEN;
      holders.set(reference, candidate.id);
    }
    lastSeq += 1;
    const { collection, id, isDeleted, body } = candidate;
    // A later row for the same document meets this state as its master; only the last state is written.
    masters.set(key, { seq: lastSeq, isDeleted, body });
    writes.set(key, { collection, id, seq: lastSeq, isDeleted, body });
    return { outcome: 'accepted', seq: lastSeq, isNew: true };
  });
  if (lastSeq === start) return { outcomes };
  await writeDocuments(connection, { ministryId, deviceId, receivedAt, lastSeq, writes: [...writes.values()] });
  return { outcomes, committedSeq: lastSeq };
}

/** @returns the last sequence given; nothing when all rows were there */
async function writeNew(
  connection: Connection,
  ministryId: string,
  rows: readonly OwnRow[],
  receivedAt: Date,
): Promise<number | undefined> {
  const start = await lockSequence(connection, ministryId);
  const known = new Set((await readMasters(connection, ministryId, rows)).map(keyOf));
  const wanted = rows.filter((row) => !known.has(keyOf(row)));
  let lastSeq = start;
  for (const deviceId of new Set(wanted.map((row) => row.deviceId))) {
    const ofDevice = wanted.filter((row) => row.deviceId === deviceId);
    const writes = ofDevice.map(({ collection, id, body }) => {
      lastSeq += 1;
      return { collection, id, body, seq: lastSeq, isDeleted: false };
    });
    await writeDocuments(connection, { ministryId, deviceId, receivedAt, lastSeq, writes });
  }
  return lastSeq === start ? undefined : lastSeq;
}

function keyOf({ collection, id }: { readonly collection: string; readonly id: string }): string {
  return `${collection}/${id}`;
}
