import { createContext, type ReactNode, use, useMemo } from 'react';
import { map } from 'rxjs';
import { Value } from 'typebox/value';
import { type KeepsData, keepsData, readTypeContent } from '#shared/domain/equipment-types.ts';
import { hasEnded } from '#shared/domain/validity.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import type { Reference } from '#shared/schema/reference.ts';
import { InstitutionContent } from '#shared/schema/reference-content.ts';
import { useText } from '../text/use-text.ts';
import { buildTree, EMPTY_TREE, type Tree, type TreeEntry, type TreeNode } from './tree.ts';
import { type Live, readyValue, useLiveQuery } from './use-live-query.ts';

/** The small lists that every screen needs to name things: structures, sites, equipment types, brands. */
export type Directory = {
  readonly structures: Tree;
  readonly sites: Tree;
  readonly types: readonly Reference[];
  readonly brands: readonly string[];
  readonly suppliers: readonly string[];
  /** Names of the ministries and institutions of the State in force. */
  readonly institutions: readonly string[];
  /** Lines of the nomenclature in use. */
  readonly accounts: readonly Reference[];
  nameStructure(id: string | undefined): string;
  nameSite(id: string | undefined): string;
  nameType(code: string): string;
  /** What the assets of a type have: its nature and characteristics. */
  contentOfType(code: string): TypeContent;
  /** What the types call their characteristics, by key; also those that are no longer asked for. */
  readonly attributeNames: ReadonlyMap<string, string>;
  readonly keepsData: KeepsData;
  /** Where most records of this desktop belong: the IT department, or else the root. Empty when there is none. */
  readonly usualStructureId: string;
  readonly isReady: boolean;
};

const DirectoryContext = createContext<Directory | null>(null);

/** Kept live for the whole session: a few hundred rows, read once. */
export function DirectoryProvider({ children }: { readonly children: ReactNode }) {
  const { language } = useText();
  const structureRows = useLiveQuery('structures', (database) =>
    database.structures.find().$.pipe(map((rows) => rows.map((row) => row.toJSON()))),
  );
  const siteRows = useLiveQuery('sites', (database) =>
    database.sites.find().$.pipe(map((rows) => rows.map((row) => row.toJSON()))),
  );
  const references = useLiveQuery('references', (database) =>
    database.references
      .find({ sort: [{ kind: 'asc' }, { label: 'asc' }] })
      .$.pipe(map((rows) => rows.map((row) => row.toJSON()))),
  );
  const directory = useMemo((): Directory => {
    const today = new Date().toISOString().slice(0, 10);
    const structures = toTree(structureRows, language, (structure) => hasEnded(structure, today));
    const sites = toTree(siteRows, language, (site) => site.active === false);
    const active = (readyValue(references) ?? []).filter((reference) => reference.active);
    const compare = new Intl.Collator(language).compare;
    const types = active.filter(({ kind }) => kind === 'equipment-type').sort((a, b) => compare(a.label, b.label));
    const known = new Map(
      (readyValue(references) ?? [])
        .filter(({ kind }) => kind === 'equipment-type')
        .map(({ code, label, content }) => [
          code,
          { label, content: readTypeContent(content), keepsData: keepsData(code, content) },
        ]),
    );
    const labels = (wanted: Reference['kind']) =>
      active.filter(({ kind }) => kind === wanted).map(({ label }) => label);
    return {
      structures,
      sites,
      types,
      brands: labels('brand'),
      suppliers: labels('supplier'),
      institutions: active
        .filter(({ kind, content }) => kind === 'institution' && !hasEnded(readInstitution(content), today))
        .map(({ label }) => label),
      accounts: active.filter(({ kind }) => kind === 'account'),
      nameStructure: (id) => (id === undefined ? '' : (structures.byId.get(id)?.name ?? '…')),
      nameSite: (id) => (id === undefined ? '' : (sites.byId.get(id)?.name ?? '…')),
      nameType: (code) => known.get(code)?.label ?? code,
      keepsData: (code) => known.get(code)?.keepsData ?? keepsData(code, undefined),
      contentOfType: (code) => known.get(code)?.content ?? readTypeContent(undefined),
      attributeNames: new Map(
        [...known.values()].flatMap(({ content: { attributes, retired = [] } }) =>
          [...retired, ...attributes].map(({ key, label }) => [key, label] as const),
        ),
      ),
      usualStructureId: usualOf(structures)?.id ?? '',
      isReady: [structureRows, siteRows, references].every(({ state }) => state !== 'loading'),
    };
  }, [structureRows, siteRows, references, language]);
  return <DirectoryContext value={directory}>{children}</DirectoryContext>;
}

/** A tree of rows, with those that are no longer in use marked. */
function toTree<Row extends TreeNode>(
  rows: Live<readonly Row[]>,
  language: string,
  isRetired: (row: Row) => boolean,
): Tree {
  if (rows.state !== 'ready') return EMPTY_TREE;
  return buildTree(
    rows.value.map((row) => ({ ...row, isRetired: isRetired(row) })),
    language,
  );
}

function usualOf({ entries }: Tree): TreeEntry | undefined {
  const inUse = entries.filter(({ isRetired }) => !isRetired);
  return inUse.find(({ acronym }) => acronym === 'DSI') ?? inUse[0];
}

function readInstitution(content: unknown): InstitutionContent {
  return Value.Check(InstitutionContent, content) ? content : {};
}

/** Before the register is open there is none: what needs only names does without. */
export function useDirectoryIfOpen(): Directory | null {
  return use(DirectoryContext);
}

export function useDirectory(): Directory {
  const directory = use(DirectoryContext);
  if (!directory) throw new Error('useDirectory needs a DirectoryProvider above');
  return directory;
}
