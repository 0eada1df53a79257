import { readTypeContent } from '#shared/domain/equipment-types.ts';
import { compact, fold } from '#shared/domain/fold.ts';
import { readBeninPhone } from '#shared/domain/phone.ts';
import { findAgentProblem, findReferenceProblem } from '#shared/domain/reference-data.ts';
import type { Agent } from '#shared/schema/agent.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type {
  AccountContent,
  InstitutionContent,
  ListedKind,
  SupplierContent,
} from '#shared/schema/reference-content.ts';
import { cutText } from '../../exchange/cells.ts';
import { withoutEmpty } from '../rows.ts';
import { findUseProblem } from '../type-use.ts';
import { listChanges, onlyOne, type Plan, type PlannedLine, planLines, Refusal, Workspace } from './plan.ts';
import { findInForce } from './plan-structures.ts';
import type { FileRow } from './read.ts';
import { readAccountGroup, readMonths, readNature } from './words.ts';

type References = Workspace<'references'>;

const AMBIGUOUS = { field: 'name', problem: 'ambiguous' } as const;

export function planAccounts(work: References): PlannedLine[] {
  const plan = (row: FileRow): Plan => {
    const code = row.get('code');
    if (code === '') throw new Refusal({ field: 'code', problem: 'required' });
    const known = onlyOne([byCode(work, 'account', code)], AMBIGUOUS);
    const text = row.get('group');
    const group = text === '' ? (known?.content as AccountContent | undefined)?.group : readAccountGroup(text);
    if (text !== '' && !group) throw new Refusal({ field: 'group', problem: 'unknown-group' });
    return planReference(work, { kind: 'account', code, label: row.get('name'), known, content: { group } });
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => `${row.get('code')} ${row.get('name')}`.trim() });
}

/** A file says which types there are, of which nature and for how long they last; their characteristics are edited. */
export function planTypes(work: References): PlannedLine[] {
  const plan = (row: FileRow): Plan => {
    const code = row.get('code').toUpperCase();
    if (code === '') throw new Refusal({ field: 'code', problem: 'required' });
    const known = onlyOne([byCode(work, 'equipment-type', code)], AMBIGUOUS);
    const before = readTypeContent(known?.content);
    const [said, months] = [row.get('nature'), row.get('lifetimeMonths')];
    const nature = said === '' ? before.nature : readNature(said);
    if (!nature) throw new Refusal({ field: 'nature', problem: 'unknown-nature' });
    const lifetimeMonths = months === '' ? before.lifetimeMonths : readMonths(months);
    if (months !== '' && lifetimeMonths === undefined) {
      throw new Refusal({ field: 'lifetimeMonths', problem: 'bad-duration' });
    }
    const content =
      known?.content === undefined && said === '' && months === '' ? {} : { ...before, nature, lifetimeMonths };
    const planned = planReference(work, { kind: 'equipment-type', code, label: row.get('name'), known, content });
    const [write] = planned.writes;
    const problem = known && write && findUseProblem(work.register, known, write.row as Reference);
    if (problem) throw new Refusal(problem);
    return planned;
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => `${row.get('code')} ${row.get('name')}`.trim() });
}

export function planBrands(work: References): PlannedLine[] {
  const plan = (row: FileRow): Plan => {
    const label = row.get('name');
    const known = onlyOne([byLabel(work, 'brand', label)], AMBIGUOUS);
    return planReference(work, { kind: 'brand', code: cutText(label, 40), label, known, content: {} });
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => row.get('name') });
}

export function planSuppliers(work: References): PlannedLine[] {
  const plan = (row: FileRow): Plan => {
    const [label, taxNumber] = [row.get('name'), row.get('taxNumber')];
    const known = onlyOne([byTaxNumber(work, taxNumber), byLabel(work, 'supplier', label)], AMBIGUOUS);
    const { taxNumber: knownNumber, phone } = contentOf<SupplierContent>(known);
    const content = { taxNumber: taxNumber || knownNumber, phone: readPhone(row, phone) };
    return planReference(work, { kind: 'supplier', code: cutText(label, 40), label, known, content });
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => row.get('name') });
}

/** A successor may stand further down. */
export function planInstitutions(work: References): PlannedLine[] {
  const codes = new Set(work.file.rows.map((row) => fold(row.get('code'))));
  const plan = (row: FileRow): Plan | undefined => {
    const [code, label] = [row.get('code'), row.get('name')];
    const known = onlyOne(
      [byCode(work, 'institution', code), code ? [] : byLabel(work, 'institution', label)],
      AMBIGUOUS,
    );
    if (!known && code === '') throw new Refusal({ field: 'code', problem: 'required' });
    const before = contentOf<InstitutionContent>(known);
    const text = row.get('replacedBy');
    const successor = onlyOne([byCode(work, 'institution', text), byLabel(work, 'institution', text)], AMBIGUOUS);
    if (text !== '' && !successor) {
      if (codes.has(fold(text)) && fold(text) !== fold(code)) return undefined;
      throw new Refusal({ field: 'replacedBy', problem: 'unknown' });
    }
    const content: InstitutionContent = {
      validFrom: work.date(row, 'validFrom', before.validFrom),
      validTo: work.date(row, 'validTo', before.validTo),
      replacedBy: successor?.code ?? before.replacedBy,
    } as InstitutionContent;
    return planReference(work, { kind: 'institution', code, label, known, content });
  };
  const stuck = { field: 'replacedBy', problem: 'unknown' } as const;
  return planLines(work.file.rows, plan, { labelOf: (row) => row.get('name') || row.get('code'), stuck });
}

type Sought = {
  readonly kind: ListedKind;
  readonly code: string;
  /** Empty where the file says none. */
  readonly label: string;
  readonly known: Reference | undefined;
  readonly content: object;
};

function planReference(work: References, { kind, code, label, known, content }: Sought): Plan {
  const finalCode = known?.code ?? code;
  const filled = withoutEmpty(content);
  const row = withoutEmpty<Reference>({
    id: known?.id ?? work.newId([`reference:${kind}`, finalCode]),
    ministryId: work.ministryId,
    kind,
    code: finalCode,
    label: label || known?.label || '',
    active: known?.active ?? true,
    ...(Object.keys(filled).length > 0 && { content: filled }),
  });
  if (!row.label) throw new Refusal({ field: 'name', problem: 'required' });
  const write = work.take(row, findReferenceProblem(row, rivalsOf(work, row, kind)));
  const name = kind === 'account' ? `${row.code} ${row.label}` : row.label;
  return { label: name, changes: listChanges(write), writes: write ? [write] : [] };
}

function byCode(work: References, kind: ListedKind, code: string): Reference[] {
  return work.having('code', (row) => [`${row.kind} ${fold(row.code)}`], code && `${kind} ${fold(code)}`);
}

function byLabel(work: References, kind: ListedKind, label: string): Reference[] {
  return work.having('label', (row) => [`${row.kind} ${fold(row.label)}`], label && `${kind} ${fold(label)}`);
}

function byTaxNumber(work: References, number: string): Reference[] {
  const keysOf = (row: Reference) =>
    row.kind === 'supplier' ? [compact(contentOf<SupplierContent>(row).taxNumber ?? '')] : [];
  return work.having('tax number', keysOf, compact(number));
}

/** The rows that a rule may find in the way; institutions are few, and any of them may be a successor. */
function rivalsOf(work: References, { id, code, label }: Reference, kind: ListedKind): Reference[] {
  if (kind === 'institution') return [...work.rows.values()].filter((row) => row.kind === kind);
  const own = work.rows.get(id);
  return [...byCode(work, kind, code), ...byLabel(work, kind, label), ...(own ? [own] : [])];
}

/** Commands and the exchange check the content of these kinds; one that is absent says nothing. */
function contentOf<Content extends object>(row: Reference | undefined): Partial<Content> {
  return (row?.content ?? {}) as Partial<Content>;
}

function readPhone(row: FileRow, known: string | undefined): string | undefined {
  const text = row.get('phone');
  if (text === '') return known;
  const phone = readBeninPhone(text);
  if (phone === undefined) throw new Refusal({ field: 'phone', problem: 'bad-phone' });
  return phone;
}

/** Holders: known by their payroll number, or by a name that only one of them has. */
export function planAgents(work: Workspace<'agents'>): PlannedLine[] {
  const places = new Workspace(work.register, 'structures', work.file);
  const plan = (row: FileRow): Plan => {
    const name = [row.get('name'), row.get('firstName')].filter(Boolean).join(' ');
    if (name === '') throw new Refusal({ field: 'name', problem: 'required' });
    const number = row.get('payrollNumber');
    const known = findAgent(work, name, number);
    const agent = withoutEmpty<Agent>({
      id: known?.id ?? work.newId(['agent', number ? fold(number) : sortedWords(name)]),
      ministryId: work.ministryId,
      ...known,
      name,
      ...(number && { payrollNumber: number }),
      ...(row.get('position') && { position: row.get('position') }),
      ...structureOf(places, row),
      ...optional('phone', readPhone(row, known?.phone)),
      active: known?.active ?? true,
    });
    const write = work.take(agent, findAgentProblem(agent, byNumber(work, agent.payrollNumber ?? '')));
    const names = (field: string, value: unknown) =>
      field === 'structureId' ? places.rows.get(String(value))?.name : undefined;
    return { label: name, changes: listChanges(write, names), writes: write ? [write] : [] };
  };
  return planLines(work.file.rows, plan, { labelOf: (row) => row.get('name') });
}

function findAgent(work: Workspace<'agents'>, name: string, number: string): Agent | undefined {
  const named = work.having('name', (agent) => [sortedWords(agent.name)], sortedWords(name));
  if (number === '') return onlyOne([named], AMBIGUOUS);
  const unnumbered = named.filter(({ payrollNumber }) => payrollNumber === undefined);
  return onlyOne([byNumber(work, number), unnumbered], AMBIGUOUS);
}

function byNumber(work: Workspace<'agents'>, number: string): Agent[] {
  return work.having('number', ({ payrollNumber }) => [compact(payrollNumber ?? '')], compact(number));
}

function structureOf(places: Workspace<'structures'>, row: FileRow): Pick<Agent, 'structureId'> {
  const text = row.get('structure');
  if (text === '') return {};
  const found = findInForce(places, text, { field: 'structure', problem: 'ambiguous-parent' });
  if (!found) throw new Refusal({ field: 'structure', problem: 'unknown-structure' });
  return { structureId: found.id };
}

/** `Dossou Afiavi` and `AFIAVI Dossou` are one name. */
function sortedWords(name: string): string {
  return fold(name).split(' ').sort().join(' ');
}

function optional<Name extends string>(name: Name, value: string | undefined): { readonly [Key in Name]?: string } {
  // One entry of just this name, or none.
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: string };
}
