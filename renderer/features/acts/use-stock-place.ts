import { map } from 'rxjs';
import { useDirectory } from '../../store/directory.tsx';
import { useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import type { Place } from './act-values.ts';

type StockPlace = { readonly isKnown: boolean; readonly place: Place | undefined };

/** Where what lies in stock usually lies: the place of the asset put there last, preferring this desktop's own structure. */
export function useStockPlace(): StockPlace {
  const { usualStructureId } = useDirectory();
  const found = useQuestion('findAssets', {
    filter: { status: ['in-stock'], ...(usualStructureId && { structureId: [usualStructureId] }) },
    sort: { field: 'updatedAt', direction: 'desc' },
    offset: 0,
    limit: 1,
  });
  const [id] = found.state === 'ready' ? found.value.ids : [];
  const asset = useLiveQuery(id, (database) =>
    database.assets.findOne(id).$.pipe(map((document) => document?.toJSON() ?? null)),
  );
  const isKnown = found.state !== 'loading' && (id === undefined || asset.state !== 'loading');
  const place = asset.state === 'ready' ? asset.value : undefined;
  if (!place?.siteId) return { isKnown, place: undefined };
  const { structureId, siteId, room } = place;
  return { isKnown, place: { structureId, siteId, ...(room !== undefined && { room }) } };
}
