import type { MangoQuerySelector } from 'rxdb';
import {
  catchError,
  debounceTime,
  EMPTY,
  from,
  map,
  type Observable,
  of,
  shareReplay,
  startWith,
  switchMap,
} from 'rxjs';
import { AppError } from '#shared/domain/errors.ts';
import type { AssetFilter } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { DataChannel } from '../../store/data-channel.ts';
import type { RegisterDatabase } from '../../store/database.ts';
import { FACETS, type Sort } from '../../store/list-view.tsx';
import { PAGE_SIZE, type RowSource } from './row-window.ts';

/** The closest results that a search shows. */
export const SEARCH_LIMIT = 1000;
/** Quiet time after a burst of changes before a search is repeated, in milliseconds. */
const SETTLE = 400;

export type AssetSource = RowSource<Asset> & {
  /** How many assets match; more than the rows when a search found more than it shows. */
  readonly found$: Observable<number>;
};

/** Everything that passes the filters, in the order of a column. */
export function browseAssets(database: RegisterDatabase, filter: AssetFilter, sort: Sort): AssetSource {
  const selector = toSelector(filter);
  const total$ = database.assets.count({ selector }).$;
  return {
    total$,
    found$: total$,
    openPage: (page) =>
      database.assets
        .find({
          selector,
          sort: [
            { [sort.field]: sort.direction },
            ...(isDated(sort) ? [{ updatedAt: sort.direction }] : []),
            { id: sort.direction },
          ],
          skip: page * PAGE_SIZE,
          limit: PAGE_SIZE,
        })
        .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
  };
}

/** The assets whose text matches, best first. The order comes from the data process, the rows stay live. */
export function searchAssets(database: RegisterDatabase, channel: DataChannel, filter: AssetFilter): AssetSource {
  const answers$ = database.assets.eventBulks$.pipe(
    debounceTime(SETTLE),
    startWith(undefined),
    switchMap(() => from(channel.question('searchAssets', { filter, limit: SEARCH_LIMIT })).pipe(waitWhileClosed())),
    shareReplay({ bufferSize: 1, refCount: true }),
  );
  return {
    total$: answers$.pipe(map(({ ids }) => ids.length)),
    found$: answers$.pipe(map(({ total }) => total)),
    openPage: (page) =>
      answers$.pipe(
        map(({ ids }) => ids.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)),
        switchMap((ids) => (ids.length === 0 ? of([]) : findInOrder(database, ids))),
      ),
  };
}

function findInOrder(database: RegisterDatabase, ids: readonly string[]): Observable<readonly Asset[]> {
  return database.assets.findByIds([...ids]).$.pipe(
    map((found) =>
      ids.flatMap((id) => {
        const document = found.get(id);
        return document ? [document.toJSON()] : [];
      }),
    ),
  );
}

/** While the data process restarts there is no answer; the screen keeps the last one and asks again afterwards. */
function waitWhileClosed<Value>() {
  return catchError<Value, Observable<never>>((cause) => {
    if (cause instanceof AppError && cause.code === 'PORT_CLOSED') return EMPTY;
    throw cause;
  });
}

function toSelector(filter: AssetFilter): MangoQuerySelector<Asset> {
  return Object.fromEntries(
    FACETS.flatMap((facet) => {
      const values = filter[facet];
      return values ? [[facet, { $in: values }]] : [];
    }),
  );
}

/** The indexes of these fields go on with the date of the last change. */
function isDated({ field }: Sort): boolean {
  return field === 'typeCode' || field === 'status' || field === 'structureId' || field === 'siteId';
}
