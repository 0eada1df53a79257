import type { AssetGroup, GroupField } from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES, NATURES, PHYSICAL_STATES } from '#shared/schema/asset.ts';

/** The order of words that have one of their own. */
const ORDERS: Readonly<Partial<Record<GroupField, readonly string[]>>> = {
  status: ASSET_STATUSES,
  nature: NATURES,
  physicalState: PHYSICAL_STATES,
};

/** Words as they come in an asset's life, ages and years rising, everything else with the largest first. */
export function inReadingOrder(field: GroupField, groups: readonly AssetGroup[]): readonly AssetGroup[] {
  const words = ORDERS[field];
  const last = Number.MAX_SAFE_INTEGER;
  const place = ({ key }: AssetGroup) => {
    if (key === '') return last;
    return words ? words.indexOf(key) : Number(key);
  };
  if (words || field === 'age' || field === 'endYear') return [...groups].sort((a, b) => place(a) - place(b));
  return groups;
}
