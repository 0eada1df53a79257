import { useMemo } from 'react';
import { filterOfGroup, narrow } from '#shared/protocol/asset-groups.ts';
import type { AssetFilter } from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { useDirectory } from '../../store/directory.tsx';
import { type Facet, type ListView, withoutEmpty } from '../../store/list-view.tsx';
import { sumUpwards, type Tree, withDescendants } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import { useAssetFacets } from './use-asset-rows.ts';

export type FacetOption = {
  readonly value: string;
  readonly label: string;
  /** How deep it stands in a tree. */
  readonly depth?: number;
  readonly count: number;
  readonly searchText?: string;
  /** What it lies in. */
  readonly path?: string;
};

/** The most ids one filter may carry (protocol). */
const MAX_IDS = 500;

/** What is listed, as the data process understands it: a node of a tree stands for everything below it. */
export function useAssetFilter({ text, chosen, openGroup }: ListView): AssetFilter {
  const { structures, sites } = useDirectory();
  return useMemo(() => {
    const { structureId, siteId, ...others } = withoutEmpty(chosen);
    const filter: AssetFilter = {
      ...(text.trim() && { text: text.trim() }),
      ...others,
      ...(structureId && { structureId: withDescendants(structures, structureId).slice(0, MAX_IDS) }),
      ...(siteId && { siteId: withDescendants(sites, siteId).slice(0, MAX_IDS) }),
    };
    if (!openGroup) return filter;
    return narrow(filter, filterOfGroup(openGroup.field, openGroup.key, openGroup.today));
  }, [text, chosen, openGroup, structures, sites]);
}

/** The values of one filter with how many assets each would leave. */
export function useFacetOptions(facet: Facet, chosen: readonly string[]): readonly FacetOption[] {
  const { t } = useText();
  const { structures, sites, types, nameType } = useDirectory();
  const counts = useAssetFacets()?.[facet];
  return useMemo(() => {
    if (facet === 'structureId') return treeOptions(structures, counts, chosen);
    if (facet === 'siteId') return treeOptions(sites, counts, chosen);
    if (facet === 'status') {
      return ASSET_STATUSES.map((value) => ({
        value,
        label: t(`domain.status.${value}`),
        count: counts?.[value] ?? 0,
      }));
    }
    const codes = new Set([...types.map(({ code }) => code), ...Object.keys(counts ?? {})]);
    return [...codes]
      .map((value) => ({ value, label: nameType(value), count: counts?.[value] ?? 0 }))
      .filter(({ value, count }) => count > 0 || chosen.includes(value))
      .sort((a, b) => b.count - a.count);
  }, [facet, counts, chosen, structures, sites, types, nameType, t]);
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
      path: entry.ancestors.slice(top).join(' › '),
    }))
    .filter(({ value, count }) => count > 0 || chosen.includes(value));
}
