import { setImmediate } from 'node:timers/promises';
import type { Review } from '#shared/schema/review.ts';
import type { Clock } from '../context.ts';
import type { Store } from '../store/store.ts';
import {
  findSerialsElsewhere,
  findTwinsInside,
  noteSearched,
  readAcronym,
  readMinistryIds,
  readUnsearched,
  readWithSerials,
} from '../store/twins.ts';
import { reviewElsewhere, reviewsInside } from './twin-reviews.ts';

/** Assets looked at in one go. */
const BATCH = 500;
/** Milliseconds after a commit: what comes meanwhile is looked at together. Instances differ, so that one does the work. */
const DELAY = { least: 150, spread: 300 } as const;
/** Milliseconds until what failed is tried again. */
const AGAIN = 30_000;

type Options = {
  readonly store: Store;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
};

/**
 * Finds two records of one thing (SPEC V2) after they were committed, so that no push waits for it and none touches two
 * ministries. Where it stands is kept in the database: an instance that dies loses nothing, and a search that is repeated
 * finds its reviews written.
 */
export class TwinSearch {
  readonly #options: Options;
  readonly #wanted = new Set<string>();
  readonly #stopListening: () => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;

  /** Begins with what was committed before, of every ministry. */
  constructor(options: Options) {
    this.#options = options;
    const { store } = options;
    this.#stopListening = store.onCommit((ministryId) => this.#want(ministryId));
    void readMinistryIds(store.database)
      .then((ids) => {
        for (const id of ids) this.#want(id);
      })
      .catch((error) => !this.#isClosed && options.onFailure(error));
  }

  /** The search under way ends; nothing is searched after. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #want(ministryId: string): void {
    this.#wanted.add(ministryId);
    if (!this.#running) this.#runIn(DELAY.least + Math.random() * DELAY.spread);
  }

  #runIn(delay: number): void {
    if (this.#isClosed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#run().finally(() => {
        this.#running = undefined;
        if (this.#wanted.size > 0) this.#runIn(this.#delay);
      });
    }, delay);
    this.#timer.unref();
  }

  #delay: number = DELAY.least;

  async #run(): Promise<void> {
    this.#delay = DELAY.least;
    for (const ministryId of this.#wanted) {
      this.#wanted.delete(ministryId);
      try {
        while (!this.#isClosed && (await searchBatch(this.#options, ministryId))) {
          // With an embedded database all of it happens in this very process: requests come in between.
          await setImmediate();
        }
      } catch (error) {
        if (this.#isClosed) return;
        this.#wanted.add(ministryId);
        this.#delay = AGAIN;
        this.#options.onFailure(error);
        return;
      }
    }
  }
}

/** @returns whether there is more to look at */
async function searchBatch({ store, clock }: Options, ministryId: string): Promise<boolean> {
  const { database } = store;
  const { assets, after, isLast } = await readUnsearched(database, ministryId, BATCH);
  if (assets.length > 0) {
    const opening = { ministryId, openedAt: clock() };
    const ids = assets.map(({ id }) => id);
    const inside = reviewsInside(opening, assets, await findTwinsInside(database, ministryId, ids));
    await writeReviews(store, inside, opening.openedAt);
    await searchElsewhere(store, opening, assets);
  }
  await noteSearched(database, ministryId, after);
  return !isLast;
}

/** Each ministry gets its own review, in a transaction of its own. */
async function searchElsewhere(
  store: Store,
  opening: { readonly ministryId: string; readonly openedAt: Date },
  assets: Parameters<typeof reviewsInside>[1],
): Promise<void> {
  const { database } = store;
  const serials = [...new Set(assets.flatMap(({ serial }) => serial ?? []))];
  const found = await findSerialsElsewhere(database, opening.ministryId, serials);
  if (found.length === 0) return;
  const acronym = await readAcronym(database, opening.ministryId);
  const here = found.flatMap(({ serial, acronym: other }) =>
    assets.filter((asset) => asset.serial === serial).flatMap((asset) => reviewElsewhere(opening, asset, other) ?? []),
  );
  await writeReviews(store, here, opening.openedAt);
  for (const ministryId of new Set(found.map((one) => one.ministryId))) {
    const theirs = found.filter((one) => one.ministryId === ministryId).map(({ serial }) => serial);
    const there = await readWithSerials(database, ministryId, theirs);
    const reviews = there.flatMap((asset) => reviewElsewhere({ ...opening, ministryId }, asset, acronym) ?? []);
    await writeReviews(store, reviews, opening.openedAt);
  }
}

async function writeReviews(store: Store, reviews: readonly Review[], at: Date): Promise<void> {
  const [first] = reviews;
  if (!first) return;
  const rows = reviews.map((body) => ({ collection: 'reviews', id: body.id, deviceId: body.deviceId, body }));
  await store.append(first.ministryId, rows, at);
}
