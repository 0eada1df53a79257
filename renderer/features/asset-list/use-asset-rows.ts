import { useLayoutEffect, useSyncExternalStore } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { AssetFacets, AssetFilter, AssetSort } from '#shared/protocol/asset-list.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useSession } from '../../store/session.tsx';
import { type AssetQuestion, assetFeed } from './asset-source.ts';
import type { ShownList } from './row-feed.ts';
import type { ListFacts } from './row-window.ts';

export type AssetList = ShownList<Asset, AssetQuestion>;

export type AssetRows = {
  /** Undefined until the first rows are there. */
  readonly list: AssetList | undefined;
  readonly facts: ListFacts | undefined;
  readonly error: ErrorData | undefined;
  /** True while other rows than those asked for are still on screen. */
  readonly isStale: boolean;
  /** Says which rows are in sight, first and last included. */
  show(first: number, last: number): void;
  /** After an error. */
  retry(): void;
};

/** The rows of the list, live. When filter or order change, the former rows stay until the new ones are there. */
export function useAssetRows(filter: AssetFilter, sort: AssetSort | undefined): AssetRows {
  const { database, channel } = useSession();
  const feed = assetFeed(database, channel);
  useSyncExternalStore(feed.subscribe, () => feed.version);
  const key = JSON.stringify([filter, sort]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for filter and order.
  useLayoutEffect(() => feed.ask({ key, question: { filter, sort } }), [feed, key]);

  useLayoutEffect(() => {
    feed.resume();
    return () => feed.pause();
  }, [feed]);

  return {
    list: feed.shown,
    facts: feed.shown?.window.facts,
    error: feed.error === undefined ? undefined : toErrorData(feed.error),
    isStale: feed.isStale,
    show: feed.show,
    retry: feed.refresh,
  };
}

/** The counts of every filter's values, as of the rows that are shown. */
export function useAssetFacets(): AssetFacets | undefined {
  const { database, channel } = useSession();
  const feed = assetFeed(database, channel);
  return useSyncExternalStore(feed.subscribe, () => feed.shown?.window.facts?.facets);
}
