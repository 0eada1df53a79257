import { AppError } from '#shared/domain/errors.ts';
import { fold } from '#shared/domain/fold.ts';
import { readBeninPhone } from '#shared/domain/phone.ts';
import {
  findAgentProblem,
  findReferenceProblem,
  findSiteProblem,
  findStructureProblem,
} from '#shared/domain/reference-data.ts';
import type { CommandInput, Identity } from '#shared/protocol/data-port.ts';
import { Agent } from '#shared/schema/agent.ts';
import { Reference } from '#shared/schema/reference.ts';
import { CONTENT_OF_KIND, type ListedKind } from '#shared/schema/reference-content.ts';
import { Site } from '#shared/schema/site.ts';
import { Structure } from '#shared/schema/structure.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import { cutText, tidyLine } from '../exchange/cells.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { newRowId, putRow, readRows, refuse, withoutEmpty } from './rows.ts';
import { findUseProblem } from './type-use.ts';

type Saved = { readonly id: string };

/** Creates or changes a structure (SPEC R1 to R3). */
export function saveStructure(register: Register, input: CommandInput<'saveStructure'>): Saved {
  const { ministry } = register.identity.authorise('reference.update');
  return register.transaction(() => {
    const others = readRows(register, 'structures');
    const { id: known, ...fields } = tidy(input);
    const id = known ?? newRowId(register, 'structures', [ministry.id, 'structure', ...placeOf(fields)]);
    const row = withoutEmpty({ id, ministryId: ministry.id, ...fields });
    requireKnown(known, others);
    refuse(findStructureProblem(requireRow(Structure, row), others, register.instant().slice(0, 10)));
    putRow(register, 'structures', row, others.get(id));
    return { id };
  });
}

/** Creates or changes a place (SPEC R1, R2). */
export function saveSite(register: Register, input: CommandInput<'saveSite'>): Saved {
  const { ministry } = register.identity.authorise('reference.update');
  return register.transaction(() => {
    const others = readRows(register, 'sites');
    const { id: known, aliases = [], active, ...fields } = tidy(input);
    const spellings = [...new Set(aliases.map(tidyLine).filter((alias) => alias && alias !== fields.name))];
    const id = known ?? newRowId(register, 'sites', [ministry.id, 'site', ...placeOf(fields)]);
    const row = withoutEmpty({
      id,
      ministryId: ministry.id,
      ...fields,
      ...(spellings.length > 0 && { aliases: spellings }),
      // The rows that the endpoint seeds say nothing while they are in use.
      ...(active ? undefined : { active }),
    });
    requireKnown(known, others);
    refuse(findSiteProblem(requireRow(Site, row), others));
    putRow(register, 'sites', row, others.get(id));
    return { id };
  });
}

/** Creates or changes a row of a list: a type, a maker, a supplier, an account, an institution (SPEC R1, R3, R4). */
export function saveReference(register: Register, input: CommandInput<'saveReference'>): Saved {
  const identity = register.identity.authorise('reference.update');
  return register.transaction(() => {
    const all = readRows(register, 'references');
    const others = [...all.values()].filter(({ kind }) => kind === input.kind);
    const before = input.id === undefined ? undefined : all.get(input.id);
    if (input.id !== undefined && before?.kind !== input.kind) throw notFound();
    const row = toReference(register, identity, input, others);
    refuse(findReferenceProblem(row, others));
    if (row.kind === 'equipment-type' && before) refuse(findUseProblem(register, before, row));
    putRow(register, 'references', row, before);
    return { id: row.id };
  });
}

function toReference(
  register: Register,
  { ministry }: Identity,
  input: CommandInput<'saveReference'>,
  others: readonly Reference[],
): Reference {
  const { id, kind, code, label, active, content } = tidy(input);
  const given = code ?? (kind === 'brand' || kind === 'supplier' ? freeCode(label, others) : undefined);
  if (given === undefined || given === '') refuse({ field: 'code', problem: 'required' });
  const known = others.find((other) => other.id === id)?.code;
  const finalCode = code ?? known ?? given ?? '';
  const row = withoutEmpty({
    id: id ?? newRowId(register, 'references', [ministry.id, `reference:${kind}`, finalCode]),
    ministryId: ministry.id,
    kind,
    code: finalCode,
    label,
    active,
    content: readContent(kind, content),
  });
  return requireRow(Reference, row);
}

/** A maker's or supplier's code is its name; a former name that another one still has as its code is numbered. */
function freeCode(label: string, others: readonly Reference[]): string {
  const taken = new Set(others.map(({ code }) => fold(code)));
  for (let count = 1; ; count++) {
    const code = count === 1 ? cutText(label, 40) : `${cutText(label, 36)} ${count}`;
    const isRenamed = others.some((other) => fold(other.code) === fold(code) && fold(other.label) !== fold(label));
    if (!taken.has(fold(code)) || !isRenamed) return code;
  }
}

/** Content of the shape of its kind, or nothing where it would be empty. */
function readContent(kind: ListedKind, content: unknown): Reference['content'] {
  if (content === undefined || content === null) return undefined;
  const phoned = kind === 'supplier' ? withPhone({ ...content }) : content;
  const checked = requireShape(CONTENT_OF_KIND[kind], phoned, 'COMMAND_INVALID');
  return Object.keys(checked).length > 0 ? checked : undefined;
}

/** Creates or changes a holder (SPEC R1, R5). */
export function saveAgent(register: Register, input: CommandInput<'saveAgent'>): Saved {
  const { ministry } = register.identity.authorise('agent.update');
  return register.transaction(() => {
    const others = readRows(register, 'agents');
    const { id: known, ...fields } = withPhone(tidy(input));
    const number = fields.payrollNumber;
    const id =
      known ??
      (number ? newRowId(register, 'agents', [ministry.id, 'agent', fold(number)]) : register.environment.newId());
    const row = withoutEmpty({ id, ministryId: ministry.id, ...fields });
    requireKnown(known, others);
    const { structureId } = row;
    if (structureId !== undefined && !register.table('structures').get(structureId)) {
      refuse({ field: 'structureId', problem: 'unknown' });
    }
    refuse(findAgentProblem(requireRow(Agent, row), [...others.values()]));
    putRow(register, 'agents', row, others.get(id));
    return { id };
  });
}

/** Texts without runs of spaces and control characters; what was all blank is absent. */
function tidy<Input extends object>(input: Input): Input {
  const entries = Object.entries(input).map(([name, value]) => [
    name,
    typeof value === 'string' ? tidyLine(value) : value,
  ]);
  // The same fields; only texts differ.
  return withoutEmpty(Object.fromEntries(entries) as Input);
}

function withPhone<Fields extends { readonly phone?: unknown }>(fields: Fields): Fields {
  if (typeof fields.phone !== 'string' || fields.phone.trim() === '') return fields;
  const phone = readBeninPhone(fields.phone);
  if (phone === undefined) refuse({ field: 'phone', problem: 'bad-phone' });
  return { ...fields, phone };
}

/** What makes two new nodes the same one: their name and where they hang. */
function placeOf({ name, parentId }: { readonly name: string; readonly parentId?: string }): string[] {
  return [parentId ?? '', fold(name)];
}

/** The shape once more after tidying: a name of blanks is none. */
function requireRow<Schema extends typeof Structure | typeof Site | typeof Reference | typeof Agent>(
  schema: Schema,
  row: object,
) {
  requireStorableText({ ...row });
  for (const field of ['name', 'label'] as const) {
    if (field in schema.properties && !(field in row)) refuse({ field, problem: 'required' });
  }
  return requireShape(schema, row, 'COMMAND_INVALID');
}

function requireKnown(id: string | undefined, rows: ReadonlyMap<string, unknown>): void {
  if (id !== undefined && !rows.has(id)) throw notFound();
}

function notFound(): AppError {
  return new AppError('COMMAND_NOT_FOUND', 'There is no such row on this desktop');
}
