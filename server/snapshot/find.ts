import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_ROWS } from '#shared/protocol/replication.ts';
import type { Context } from '../context.ts';
import { readStanding } from '../store/documents.ts';
import { asMinistry } from '../store/scope.ts';
import { beginSnapshot, dropSnapshot, type KeptSnapshot, newestSnapshot } from '../store/snapshots.ts';
import { makeSnapshot } from './make.ts';

type Maker = Pick<Context, 'store' | 'clock' | 'keys' | 'collections'>;

/** A snapshot is given again while what came after it is less than a part of its rows, or fits into one exchange. */
const STALE_PART = 1 / 10;

/** Milliseconds between two looks at what another maker does. */
const LOOK = 200;

/** Milliseconds after which a request waits no longer: the client tries again, and the making goes on. */
const PATIENCE = 20_000;

/** A timer takes no more milliseconds than that. */
const LONGEST_TIMER = 2 ** 31 - 1;

type Options = {
  /** Milliseconds. */
  readonly patience?: number;
  /** Rows below which there is none: one exchange brings them all. */
  readonly minimum: number;
};

/**
 * The newest snapshot, where its deltas are few; else one that is made now, by one process of all.
 * Nothing where the ministry has fewer rows than the minimum; `pending` where the making takes longer than a request may.
 */
export async function findOrMakeSnapshot(
  maker: Maker,
  ministryId: string,
  { patience = PATIENCE, minimum }: Options,
): Promise<KeptSnapshot | 'pending' | undefined> {
  const seq = await maker.store.currentSeq(ministryId);
  if (seq < minimum) return undefined;
  const until = performance.now() + patience;
  for (;;) {
    const newest = await asMinistry(maker.store.database, ministryId, (connection) =>
      newestSnapshot(connection, { ministryId }),
    );
    if (newest && seq - newest.seq <= Math.max(MAX_ROWS, newest.rows * STALE_PART)) return newest;
    const making = beginMaking(maker, ministryId);
    await Promise.race([making, wait(Math.min(LONGEST_TIMER, until - performance.now()), undefined, { ref: false })]);
    if (performance.now() >= until) return 'pending';
  }
}

/** Those of this process, by ministry, so that a hundred desktops that come at once ask the database once. */
const underWay = new WeakMap<Maker['store'], Map<string, Promise<void>>>();

function beginMaking(maker: Maker, ministryId: string): Promise<void> {
  const ofStore = underWay.get(maker.store) ?? new Map<string, Promise<void>>();
  underWay.set(maker.store, ofStore);
  const running = ofStore.get(ministryId);
  if (running) return running;
  const making = makeOrWait(maker, ministryId).finally(() => ofStore.delete(ministryId));
  ofStore.set(ministryId, making);
  // Whoever waits sees the failure; where nobody waits any more, the next request makes it anew.
  making.catch(() => {});
  return making;
}

async function makeOrWait(maker: Maker, ministryId: string): Promise<void> {
  const { store } = maker;
  const id = randomUUID();
  const begun = await asMinistry(store.database, ministryId, async (connection) => {
    const made = { ministryId, id, ...(await readStanding(connection, ministryId)) };
    return (await beginSnapshot(connection, made)) ? made : undefined;
  });
  if (!begun) return void (await wait(LOOK));
  try {
    await makeSnapshot(maker, begun);
  } catch (error) {
    await asMinistry(store.database, ministryId, (connection) => dropSnapshot(connection, begun));
    throw error;
  }
}
