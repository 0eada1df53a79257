import { fold } from '#shared/domain/fold.ts';
import { findStructureProblem } from '#shared/domain/reference-data.ts';
import { hasEnded } from '#shared/domain/validity.ts';
import type { Structure, StructureKind } from '#shared/schema/structure.ts';
import { withoutEmpty } from '../rows.ts';
import {
  type LineProblem,
  listChanges,
  onlyOne,
  type Plan,
  type PlannedLine,
  planLines,
  Refusal,
  type Workspace,
} from './plan.ts';
import type { FileRow } from './read.ts';
import { guessStructureKind, readStructureKind } from './words.ts';

type Structures = Workspace<'structures'>;

/** A row of the file with what it became, so that those below it find it. */
type FileNodes = { readonly byName: ReadonlyMap<string, readonly FileRow[]>; readonly done: Map<FileRow, string> };

/** Structures with their parents by name, acronym or the code that the file gives them, in any order. */
export function planStructures(work: Structures): PlannedLine[] {
  const nodes: FileNodes = { byName: indexRows(work.file.rows), done: new Map() };
  const refused = new Set<FileRow>();
  const plan = (row: FileRow): Plan | undefined => {
    try {
      return planStructure(work, nodes, refused, row);
    } catch (error) {
      if (error instanceof Refusal) refused.add(row);
      throw error;
    }
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => row.get('name') });
}

function indexRows(rows: readonly FileRow[]): ReadonlyMap<string, readonly FileRow[]> {
  const index = new Map<string, FileRow[]>();
  for (const row of rows) {
    for (const name of new Set(['name', 'acronym', 'code'].map((field) => fold(row.get(field))))) {
      if (name !== '') index.set(name, [...(index.get(name) ?? []), row]);
    }
  }
  return index;
}

function planStructure(
  work: Structures,
  nodes: FileNodes,
  refused: ReadonlySet<FileRow>,
  row: FileRow,
): Plan | undefined {
  const [name, acronym] = [row.get('name'), row.get('acronym')];
  if (name === '') throw new Refusal({ field: 'name', problem: 'required' });
  const said = readKind(row);
  const place = findParent(work, nodes, refused, row);
  if (place === 'wait') return undefined;
  const known = findKnown(work, { name, acronym, parentId: place });
  const kind = said ?? known?.kind ?? guessStructureKind(name);
  if (!kind) throw new Refusal({ field: 'kind', problem: 'unknown-kind' });
  const parentId = place ?? known?.parentId ?? (kind === 'ministry' ? undefined : onlyMinistry(work, row, nodes));
  if (parentId === 'wait') return undefined;
  const structure = withoutEmpty<Structure>({
    id: known?.id ?? work.newId(['structure', parentId ?? '', fold(name)]),
    ministryId: work.ministryId,
    ...known,
    kind,
    name,
    ...(acronym && { acronym }),
    ...(parentId && { parentId }),
    ...dates(work, row, known),
  });
  const write = work.take(structure, findStructureProblem(structure, work.rows, work.today));
  nodes.done.set(row, structure.id);
  const parent = parentId && work.rows.get(parentId)?.name;
  const names = (field: string, value: unknown) =>
    field === 'parentId' ? work.rows.get(String(value))?.name : undefined;
  return { label: name, ...(parent && { parent }), changes: listChanges(write, names), writes: write ? [write] : [] };
}

function dates(work: Structures, row: FileRow, known: Structure | undefined): Pick<Structure, 'validFrom' | 'validTo'> {
  const [validFrom, validTo] = [
    work.date(row, 'validFrom', known?.validFrom),
    work.date(row, 'validTo', known?.validTo),
  ];
  return { ...(validFrom && { validFrom }), ...(validTo && { validTo }) };
}

function readKind(row: FileRow): StructureKind | undefined {
  const text = row.get('kind');
  const kind = readStructureKind(text);
  if (text !== '' && !kind) throw new Refusal({ field: 'kind', problem: 'unknown-kind' });
  return kind;
}

/** Rows of the file lead: what they name is there already on the second import, and must mean the same. */
function findParent(
  work: Structures,
  { byName, done }: FileNodes,
  refused: ReadonlySet<FileRow>,
  row: FileRow,
): string | undefined | 'wait' {
  const text = row.get('parent');
  if (text === '') return undefined;
  const above = (byName.get(fold(text)) ?? []).filter((other) => other !== row);
  if (above.length > 1) throw new Refusal({ field: 'parent', problem: 'ambiguous-parent' });
  const [fileRow] = above;
  if (fileRow && refused.has(fileRow)) throw new Refusal({ field: 'parent', problem: 'unknown-parent' });
  if (fileRow) return done.get(fileRow) ?? 'wait';
  const parent = findInForce(work, text, { field: 'parent', problem: 'ambiguous-parent' });
  if (!parent) throw new Refusal({ field: 'parent', problem: 'unknown-parent' });
  return parent.id;
}

type Sought = { readonly name: string; readonly acronym: string; readonly parentId: string | undefined };

/** The structure that a row is about: at its place by name or acronym; elsewhere only where both agree, or no place is said. */
function findKnown(work: Structures, { name, acronym, parentId }: Sought): Structure | undefined {
  const { named, short } = lookUp(work, name, acronym);
  const isHere = (known: Structure) => known.parentId === parentId;
  const lists =
    parentId === undefined
      ? [named, short]
      : [named.filter(isHere), short.filter(isHere), named.filter((known) => short.includes(known))];
  const several = { field: 'name', problem: 'ambiguous' } as const;
  const inForce = inForceOf(work);
  return onlyOne([...lists.map((list) => list.filter(inForce)), ...lists], several);
}

/** A structure in force by its acronym or its name. */
export function findInForce(work: Structures, text: string, several: LineProblem): Structure | undefined {
  const { named, short } = lookUp(work, text, text);
  return onlyOne([short.filter(inForceOf(work)), named.filter(inForceOf(work))], several);
}

function lookUp(work: Structures, name: string, acronym: string) {
  return {
    named: work.having('name', (row) => [fold(row.name)], fold(name)),
    short: work.having('acronym', (row) => (row.acronym === undefined ? [] : [fold(row.acronym)]), fold(acronym)),
  };
}

function inForceOf({ today }: Structures): (structure: Structure) => boolean {
  return (structure) => !hasEnded(structure, today);
}

/** Where a row says no parent: the ministry, once the file's own is there. */
function onlyMinistry(work: Structures, row: FileRow, { done }: FileNodes): string | 'wait' {
  const ministries = [...work.rows.values()].filter(
    (known) => known.kind === 'ministry' && !hasEnded(known, work.today),
  );
  if (ministries.length === 1 && ministries[0]) return ministries[0].id;
  const isPending = () =>
    work.file.rows.some(
      (other) => other !== row && !done.has(other) && !other.isTooWide && saidKind(other) === 'ministry',
    );
  if (ministries.length === 0 && isPending()) return 'wait';
  throw new Refusal({ field: 'parent', problem: 'parent-required' });
}

function saidKind(row: FileRow): StructureKind | undefined {
  return row.get('kind') ? readStructureKind(row.get('kind')) : guessStructureKind(row.get('name'));
}
