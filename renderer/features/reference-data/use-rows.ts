import { useMemo } from 'react';
import { map } from 'rxjs';
import type { AssetFacets } from '#shared/protocol/asset-list.ts';
import type { Agent } from '#shared/schema/agent.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Site } from '#shared/schema/site.ts';
import type { Structure } from '#shared/schema/structure.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import { KIND_OF_SECTION, type ListSection } from './sections.ts';

export type SiteRow = Omit<Site, 'aliases'> & { readonly aliases?: readonly string[] };

/** All rows of a small collection, live; undefined until they are there. */
export function useStructures(): ReadonlyMap<string, Structure> | undefined {
  const rows = readyValue(
    useLiveQuery('structures', (database) =>
      database.structures.find().$.pipe(map((found) => found.map((row) => row.toJSON()))),
    ),
  );
  return useMemo(() => rows && new Map(rows.map((row) => [row.id, row])), [rows]);
}

export function useSites(): ReadonlyMap<string, SiteRow> | undefined {
  const rows = readyValue(
    useLiveQuery('sites', (database) => database.sites.find().$.pipe(map((found) => found.map((row) => row.toJSON())))),
  );
  return useMemo(() => rows && new Map(rows.map((row) => [row.id, row])), [rows]);
}

/** References of one kind by their labels. */
export function useReferences(section: ListSection): readonly Reference[] | undefined {
  const { language } = useText();
  const kind = KIND_OF_SECTION[section];
  const rows = readyValue(
    useLiveQuery(kind, (database) =>
      database.references
        .find({ selector: { kind }, sort: [{ kind: 'asc' }, { label: 'asc' }] })
        .$.pipe(map((found) => found.map((row) => row.toJSON()))),
    ),
  );
  const isNumbered = kind === 'account';
  return useMemo(() => {
    const { compare } = new Intl.Collator(language, { numeric: true });
    const key = (row: Reference) => (isNumbered ? row.code : row.label);
    return rows && [...rows].sort((a, b) => compare(key(a), key(b)));
  }, [rows, language, isNumbered]);
}

export function useAgents(): readonly Agent[] | undefined {
  const { language } = useText();
  const rows = readyValue(
    useLiveQuery('agents', (database) =>
      database.agents.find().$.pipe(map((found) => found.map((row) => row.toJSON()))),
    ),
  );
  return useMemo(() => {
    const { compare } = new Intl.Collator(language);
    return rows && [...rows].sort((a, b) => compare(a.name, b.name));
  }, [rows, language]);
}

/** How many assets each structure, site and type has, itself. */
export function useAssetCounts(): AssetFacets | undefined {
  return readyValue(useQuestion('findAssets', { filter: {}, offset: 0, limit: 0, facets: true }, 'assets'))?.facets;
}
