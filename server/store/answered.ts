import type { Sender } from '../replication/wire.ts';
import type { Connection } from './database.ts';
import type { PushOutcome } from './store.ts';

/** Rows accepted under sequences that follow each other, as `[first, how many, 1 when this push gave them]`. */
type Run = readonly [number, number, 0 | 1];
type Kept = Run | Exclude<PushOutcome, { readonly outcome: 'accepted' }>;

/** A device was told that nothing of this exchange was taken: it comes too late. */
export class UntakenExchange extends Error {}

/** How many of its last exchanges the endpoint knows of each device: as many requests may arrive late. */
const KEPT = 8;

/**
 * What one of a device's last exchanges that pushed was answered, or that it never will be; nothing of one that is not
 * known (SPEC S11).
 */
export async function readAnswered(
  connection: Connection,
  { ministryId, deviceId }: Sender,
  exchange: string,
): Promise<readonly PushOutcome[] | 'untaken' | undefined> {
  const [row] = await connection.query(
    'select answers from exchanges where ministry_id = $1 and device_id = $2 and exchange_id = $3',
    [ministryId, deviceId, exchange],
  );
  // The column holds what `keepAnswered` put in.
  return row && (row.answers === null ? 'untaken' : unpack(row.answers as readonly Kept[]));
}

/**
 * In the transaction of the push itself: whoever sees its rows sees its answers. Without outcomes the exchange is
 * over: it wrote nothing, and never will.
 */
export async function keepAnswered(
  connection: Connection,
  { ministryId, deviceId }: Sender,
  answered: {
    readonly exchange: string;
    readonly outcomes: readonly PushOutcome[] | undefined;
    readonly receivedAt: Date;
  },
): Promise<void> {
  const { exchange, outcomes, receivedAt } = answered;
  await connection.query(
    `with known as (
       select coalesce(max(place), 0) as last from exchanges where ministry_id = $1 and device_id = $2
     ), forgotten as (
       delete from exchanges where ministry_id = $1 and device_id = $2 and place <= (select last from known) - ${KEPT - 1}
     )
     insert into exchanges (ministry_id, device_id, exchange_id, answers, answered_at, place)
     select $1, $2, $3, $4::jsonb, $5, last + 1 from known`,
    [ministryId, deviceId, exchange, outcomes ? JSON.stringify(pack(outcomes)) : null, receivedAt.toISOString()],
  );
}

function pack(outcomes: readonly PushOutcome[]): Kept[] {
  const kept: Kept[] = [];
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'accepted') {
      kept.push(outcome);
      continue;
    }
    const isNew = outcome.isNew ? 1 : 0;
    const last = kept.at(-1);
    const isNext = last && isRun(last) && last[2] === isNew && last[0] + last[1] === outcome.seq;
    if (isNext) kept[kept.length - 1] = [last[0], last[1] + 1, isNew];
    else kept.push([outcome.seq, 1, isNew]);
  }
  return kept;
}

function unpack(kept: readonly Kept[]): PushOutcome[] {
  return kept.flatMap((item): PushOutcome[] => {
    if (!isRun(item)) return [item];
    const [first, count, isNew] = item;
    return Array.from({ length: count }, (_, at) => ({ outcome: 'accepted', seq: first + at, isNew: isNew === 1 }));
  });
}

function isRun(item: Kept): item is Run {
  return Array.isArray(item);
}
