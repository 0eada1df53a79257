import type { RxStorageChangeEvent } from 'rxdb';
import { AppError } from '#shared/domain/errors.ts';
import { type AssetFilter, type AssetSort, MAX_FOUND } from '#shared/protocol/asset-list.ts';
import type { QuestionInput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { DataChannel } from '../../store/data-channel.ts';
import type { RegisterDatabase } from '../../store/database.ts';
import { QuestionLane } from '../../store/question-lane.ts';
import { RowFeed } from './row-feed.ts';
import type { ListAnswer } from './row-window.ts';

/** Which assets, in which order; without `sort` the best matches of the text, or the last changed, first. */
export type AssetQuestion = { readonly filter: AssetFilter; readonly sort?: AssetSort | undefined };

/** What else decides about the list: names that are searched and that columns are ordered by. */
const NAMING = ['structures', 'sites', 'references'] as const;

const feeds = new WeakMap<RegisterDatabase, RowFeed<Asset, AssetQuestion>>();

/** The list of assets of an open register: one for as long as it is open. */
export function assetFeed(database: RegisterDatabase, channel: DataChannel): RowFeed<Asset, AssetQuestion> {
  const known = feeds.get(database);
  if (known) return known;
  const feed = openFeed(database, channel);
  feeds.set(database, feed);
  return feed;
}

/** Order and counts come from the data process in one answer, rows from RxDB by their ids; both follow every change. */
function openFeed(database: RegisterDatabase, channel: DataChannel): RowFeed<Asset, AssetQuestion> {
  // Every data process counts its revisions anew.
  let connection = 0;
  const lane = new QuestionLane(async (question: QuestionInput<'findAssets'>): Promise<ListAnswer> => {
    const { revision, ...answer } = await channel.question('findAssets', question);
    return { ...answer, state: `${connection} ${revision}` };
  });
  const feed = new RowFeed<Asset, AssetQuestion>(({ filter, sort }) => ({
    find: ({ offset, limit, facets }) =>
      lane
        .ask({ filter, ...(sort && { sort }), offset, limit: Math.min(limit, MAX_FOUND), facets })
        .catch(unlessClosed),
    read: (ids) => readAssets(database, ids),
  }));
  // The streams end with the channel and the database.
  channel.connections$.subscribe(() => {
    connection += 1;
    feed.refresh();
  });
  database.assets.eventBulks$.subscribe(({ events }) => feed.change(toRows(events)));
  for (const name of NAMING) database[name].eventBulks$.subscribe(() => feed.change(new Map()));
  return feed;
}

async function readAssets(database: RegisterDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, Asset>> {
  const documents = await database.assets.findByIds([...ids]).exec();
  return new Map([...documents].map(([id, document]) => [id, document.toJSON()]));
}

function toRows(events: readonly RxStorageChangeEvent<Asset>[]): ReadonlyMap<string, Asset> {
  return new Map(events.map(({ documentId, documentData }) => [documentId, documentData]));
}

/** While the data process restarts there is no answer: the list keeps its rows and is told when to go on. */
function unlessClosed(cause: unknown): undefined {
  if (cause instanceof AppError && cause.code === 'PORT_CLOSED') return undefined;
  throw cause;
}
