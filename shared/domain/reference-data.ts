import type { Agent } from '../schema/agent.ts';
import type { TypeContent } from '../schema/equipment-type.ts';
import type { Reference } from '../schema/reference.ts';
import type { InstitutionContent } from '../schema/reference-content.ts';
import type { Site, SiteKind } from '../schema/site.ts';
import type { Structure, StructureKind } from '../schema/structure.ts';
import { isPartialDate } from './date.ts';
import { readTypeContent } from './equipment-types.ts';
import { compact, fold } from './fold.ts';
import { endsBeforeItBegins, hasEnded, type Validity } from './validity.ts';

/** What may stand against a row of reference data; each has a text on screen. */
export const REFERENCE_PROBLEMS = [
  'required',
  'unknown',
  'loop',
  'wrong-level',
  'wrong-level-below',
  'parent-required',
  'duplicate',
  'bad-code',
  'code-fixed',
  'bad-date',
  'end-before-start',
  'bad-phone',
  'choices-missing',
  'duplicate-label',
  'attribute-in-use',
  'attribute-kind-in-use',
  'nature-in-use',
] as const;
export type ReferenceProblem = {
  readonly field: string;
  readonly problem: (typeof REFERENCE_PROBLEMS)[number];
  /** Which one of several: the label of a characteristic. */
  readonly detail?: string;
};

/** Under what a structure may hang (SPEC R2). A service hangs anywhere, also under another one. */
export const STRUCTURE_PARENTS: Readonly<Record<StructureKind, readonly StructureKind[]>> = {
  ministry: [],
  cabinet: ['ministry'],
  'general-secretariat': ['ministry'],
  inspectorate: ['ministry', 'cabinet'],
  'central-directorate': ['ministry', 'cabinet', 'general-secretariat', 'agency'],
  'technical-directorate': ['ministry', 'cabinet', 'general-secretariat', 'agency'],
  'departmental-directorate': [
    'ministry',
    'general-secretariat',
    'central-directorate',
    'technical-directorate',
    'agency',
  ],
  agency: ['ministry', 'cabinet', 'general-secretariat'],
  service: [
    'ministry',
    'cabinet',
    'general-secretariat',
    'inspectorate',
    'central-directorate',
    'technical-directorate',
    'departmental-directorate',
    'agency',
    'service',
  ],
};

/** Under what a place may lie (SPEC R2). */
export const SITE_PARENTS: Readonly<Record<SiteKind, readonly SiteKind[]>> = {
  departement: [],
  commune: ['departement'],
  site: ['commune'],
  building: ['site'],
  room: ['building', 'site'],
};

/** What stands against a structure beside the others; `others` may hold its own former state. */
export function findStructureProblem(
  structure: Structure,
  others: ReadonlyMap<string, Structure>,
  today: string,
): ReferenceProblem | undefined {
  return (
    findTreeProblem(structure, others, STRUCTURE_PARENTS) ??
    findDateProblem(structure) ??
    findReplacementProblem(structure, others) ??
    findNamesake(structure, others, (other) => !hasEnded(other, today))
  );
}

export function findSiteProblem(site: Site, others: ReadonlyMap<string, Site>): ReferenceProblem | undefined {
  return findTreeProblem(site, others, SITE_PARENTS) ?? findNamesake(site, others, ({ active }) => active !== false);
}

type Node<Kind extends string> = {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly parentId?: string;
};

/** SPEC R2: every node hangs under one of a level above it, and no chain of parents comes back to where it began. */
function findTreeProblem<Kind extends string>(
  node: Node<Kind>,
  others: ReadonlyMap<string, Node<Kind>>,
  parents: Readonly<Record<Kind, readonly Kind[]>>,
): ReferenceProblem | undefined {
  const allowed = parents[node.kind];
  if (node.parentId === undefined)
    return allowed.length > 0 ? { field: 'parentId', problem: 'parent-required' } : undefined;
  const parent = others.get(node.parentId);
  if (!parent) return { field: 'parentId', problem: 'unknown' };
  if (comesBack(node.id, node.parentId, (id) => others.get(id)?.parentId))
    return { field: 'parentId', problem: 'loop' };
  if (!allowed.includes(parent.kind)) return { field: 'parentId', problem: 'wrong-level' };
  if (others.get(node.id)?.kind === node.kind) return undefined;
  const isBelowWrong = [...others.values()].some(
    ({ id, parentId, kind }) => id !== node.id && parentId === node.id && !parents[kind].includes(node.kind),
  );
  return isBelowWrong ? { field: 'kind', problem: 'wrong-level-below' } : undefined;
}

/** True when following `next` from `from` meets `id`. A loop among others, made by a merge, ends the walk. */
function comesBack(id: string, from: string | undefined, next: (id: string) => string | undefined): boolean {
  const seen = new Set<string>();
  for (let at = from; at !== undefined && !seen.has(at); at = next(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

function findDateProblem(validity: Validity): ReferenceProblem | undefined {
  for (const field of ['validFrom', 'validTo'] as const) {
    const date = validity[field];
    if (date !== undefined && !isPartialDate(date)) return { field, problem: 'bad-date' };
  }
  return endsBeforeItBegins(validity) ? { field: 'validTo', problem: 'end-before-start' } : undefined;
}

function findReplacementProblem(
  { id, replacedById }: Structure,
  others: ReadonlyMap<string, Structure>,
): ReferenceProblem | undefined {
  if (replacedById === undefined) return undefined;
  if (!others.has(replacedById)) return { field: 'replacedById', problem: 'unknown' };
  const isLoop = comesBack(id, replacedById, (at) => others.get(at)?.replacedById);
  return isLoop ? { field: 'replacedById', problem: 'loop' } : undefined;
}

/** Two of one name at one place cannot be told apart; what is no longer in use does not count. */
function findNamesake<Row extends Node<string>>(
  node: Row,
  others: ReadonlyMap<string, Row>,
  isInUse: (row: Row) => boolean,
): ReferenceProblem | undefined {
  if (!isInUse(node)) return undefined;
  const name = fold(node.name);
  const isTaken = [...others.values()].some(
    (other) => other.id !== node.id && other.parentId === node.parentId && isInUse(other) && fold(other.name) === name,
  );
  return isTaken ? { field: 'name', problem: 'duplicate' } : undefined;
}

/** What stands against a row of a list; `others` are the rows of its kind, maybe with its own former state. */
export function findReferenceProblem(reference: Reference, others: readonly Reference[]): ReferenceProblem | undefined {
  const before = others.find(({ id }) => id === reference.id);
  if (before && before.code !== reference.code) return { field: 'code', problem: 'code-fixed' };
  const isCodeTaken = others.some(({ id, code }) => id !== reference.id && fold(code) === fold(reference.code));
  if (isCodeTaken) return { field: 'code', problem: 'duplicate' };
  switch (reference.kind) {
    case 'equipment-type':
      if (!/^[A-Z0-9]{2,8}$/.test(reference.code)) return { field: 'code', problem: 'bad-code' };
      return findTypeProblem(readTypeContent(reference.content));
    case 'institution': {
      // The command has checked the content against the schema of the kind.
      const content = (reference.content ?? {}) as InstitutionContent;
      return findDateProblem(content) ?? findSuccessorProblem(reference.code, content, others);
    }
    case 'brand':
    case 'supplier':
      return findSameLabel(reference, others);
    default:
      return undefined;
  }
}

function findSameLabel({ id, label, active }: Reference, others: readonly Reference[]): ReferenceProblem | undefined {
  const isTaken = others.some((other) => other.id !== id && other.active && fold(other.label) === fold(label));
  return active && isTaken ? { field: 'label', problem: 'duplicate' } : undefined;
}

function findSuccessorProblem(
  code: string,
  { replacedBy }: InstitutionContent,
  others: readonly Reference[],
): ReferenceProblem | undefined {
  if (replacedBy === undefined) return undefined;
  const byCode = new Map(others.map((other) => [other.code, other]));
  if (!byCode.has(replacedBy)) return { field: 'replacedBy', problem: 'unknown' };
  const next = (at: string) => ((byCode.get(at)?.content ?? {}) as InstitutionContent).replacedBy;
  return comesBack(code, replacedBy, next) ? { field: 'replacedBy', problem: 'loop' } : undefined;
}

/** Characteristics are told apart by key and by label; only a choice has choices, and has some. */
function findTypeProblem({ attributes, retired = [] }: TypeContent): ReferenceProblem | undefined {
  const keys = [...attributes, ...retired].map(({ key }) => key);
  if (new Set(keys).size < keys.length) return { field: 'attributes', problem: 'duplicate' };
  const labels = new Set<string>();
  for (const { label, kind, choices } of attributes) {
    if (labels.has(fold(label))) return { field: 'attributes', problem: 'duplicate-label', detail: label };
    labels.add(fold(label));
    if (kind === 'choice' && !choices) return { field: 'attributes', problem: 'choices-missing', detail: label };
  }
  return undefined;
}

/** Two persons may have one name; a payroll number is one person's. */
export function findAgentProblem(agent: Agent, others: readonly Agent[]): ReferenceProblem | undefined {
  const number = compact(agent.payrollNumber ?? '');
  if (number === '') return undefined;
  const isTaken = others.some(({ id, payrollNumber }) => id !== agent.id && compact(payrollNumber ?? '') === number);
  return isTaken ? { field: 'payrollNumber', problem: 'duplicate' } : undefined;
}

/** Key of a new characteristic, made of its label: `Durée d’éclairage` → `dureeDEclairage`, unlike all of `taken`. */
export function makeAttributeKey(label: string, taken: readonly string[]): string {
  const words = fold(label)
    .replace(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter(Boolean);
  const camel = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const stem = (/^[a-z]/.test(camel) ? camel : `x${camel}`).slice(0, 36);
  for (let count = 1; ; count++) {
    const key = count === 1 ? stem : `${stem}${count}`;
    if (!taken.includes(key)) return key;
  }
}
