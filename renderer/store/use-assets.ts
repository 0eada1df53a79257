import { map } from 'rxjs';
import type { Asset } from '#shared/schema/asset.ts';
import { readyValue, useLiveQuery } from './use-live-query.ts';

/** Assets by their ids, in that order and live; those that are not on this desktop are left out. */
export function useAssets(ids: readonly string[]): readonly Asset[] {
  const assets = readyValue(
    useLiveQuery(ids.length > 0 ? ids.join() : undefined, (database) =>
      database.assets
        .findByIds([...ids])
        .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
    ),
  );
  return ids.length === 0 ? [] : (assets ?? []).filter(({ id }) => ids.includes(id));
}
