import { useMemo } from 'react';
import type { AssetFacets, AssetFilter } from '#shared/protocol/data-port.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import { type Chosen, FACETS, type Facet } from '../../store/list-view.tsx';
import { sumUpwards, type Tree, withDescendants } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import type { FacetOption } from './facet-filter.tsx';

export type Facets = Readonly<Record<Facet, readonly FacetOption[]>>;

/** The most ids one filter may carry (protocol). */
const MAX_IDS = 500;

/** What was chosen, as the data process understands it: a node of a tree stands for everything below it. */
export function useAssetFilter(text: string, chosen: Chosen): AssetFilter {
  const { structures, sites } = useDirectory();
  return useMemo(() => {
    const values: Chosen = {
      ...chosen,
      structureId: withDescendants(structures, chosen.structureId).slice(0, MAX_IDS),
      siteId: withDescendants(sites, chosen.siteId).slice(0, MAX_IDS),
    };
    const filled = FACETS.filter((facet) => chosen[facet].length > 0).map((facet) => [facet, values[facet]]);
    return { ...(text.trim() && { text: text.trim() }), ...Object.fromEntries(filled) };
  }, [text, chosen, structures, sites]);
}

/** The values of every filter with how many assets each would leave. */
export function useFacets(counts: AssetFacets | undefined, chosen: Chosen): Facets {
  const { t } = useText();
  const { structures, sites, types, nameType } = useDirectory();
  return useMemo(() => {
    const ofStatus = counts?.status ?? {};
    const ofType = counts?.typeCode ?? {};
    const codes = new Set([...types.map(({ code }) => code), ...Object.keys(ofType)]);
    return {
      status: ASSET_STATUSES.map((status) => ({
        value: status,
        label: t(`domain.status.${status}`),
        count: ofStatus[status] ?? 0,
      })),
      typeCode: [...codes]
        .map((code) => ({ value: code, label: nameType(code), count: ofType[code] ?? 0 }))
        .filter(({ value, count }) => count > 0 || chosen.typeCode.includes(value))
        .sort((a, b) => b.count - a.count),
      structureId: treeOptions(structures, counts?.structureId, chosen.structureId),
      siteId: treeOptions(sites, counts?.siteId, chosen.siteId),
    };
  }, [counts, chosen, structures, sites, types, nameType, t]);
}

/** Nodes that hold something, each counted with what is below it. A single root says nothing: it is left out. */
function treeOptions(
  tree: Tree,
  counts: Readonly<Record<string, number>> = {},
  chosen: readonly string[],
): FacetOption[] {
  const sums = sumUpwards(tree, counts);
  const roots = tree.entries.filter(({ depth }) => depth === 0).length;
  const top = roots === 1 ? 1 : 0;
  return tree.entries
    .filter(({ id, depth }) => depth >= top || counts[id])
    .map((entry) => ({
      value: entry.id,
      label: entry.name,
      depth: Math.max(0, entry.depth - top),
      count: sums.get(entry.id) ?? 0,
      searchText: entry.searchText,
    }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}
