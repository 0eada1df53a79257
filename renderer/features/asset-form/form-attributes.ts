import { type AttributeProblem, type AttributeValue, findAttributeProblems } from '#shared/domain/attributes.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';

/** A characteristic as the form holds it: its text, `true` or `false`, or a date as people write it. */
export type AttributeRow = { readonly name: string; readonly value: string };
type Attributes = NonNullable<Asset['attributes']>;

export function toRows(attributes: Attributes = {}, definitions: readonly AttributeDefinition[] = []): AttributeRow[] {
  return Object.entries(attributes).map(([name, value]) => {
    const isDate = definitions.some(({ key, kind }) => key === name && kind === 'date');
    const text = String(value);
    return { name, value: isDate && parsePartialDate(text) === text ? printPartialDate(text) : text };
  });
}

/** What the rows stand for. A value keeps its kind where the text was not touched or still fits it. */
export function toAttributes(
  rows: readonly AttributeRow[],
  definitions: readonly AttributeDefinition[] = [],
  before: Attributes = {},
): Attributes {
  const filled = rows.filter(({ name, value }) => name && value.trim());
  const untouched = new Map(toRows(before, definitions).map(({ name, value }) => [name, value]));
  return Object.fromEntries(
    filled.map(({ name, value }) => {
      const known = before[name];
      if (known !== undefined && untouched.get(name) === value) return [name, known];
      const kind = definitions.find(({ key }) => key === name)?.kind ?? kindOf(known);
      return [name, readTyped(kind, value.trim())];
    }),
  );
}

/** By their fields, `attributes.memoryMb`. */
export function findRowProblems(
  definitions: readonly AttributeDefinition[],
  attributes: Attributes = {},
  before: Attributes = {},
): Record<string, AttributeProblem['problem']> {
  const problems = findAttributeProblems(definitions, attributes, before);
  return Object.fromEntries(problems.map(({ key, problem }) => [`attributes.${key}`, problem]));
}

/** What cannot be read stays as typed, for the rules to refuse. */
function readTyped(kind: AttributeDefinition['kind'], typed: string): AttributeValue {
  const number = Number(typed.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
  if (kind === 'number' && Number.isFinite(number)) return number;
  if (kind === 'boolean' && (typed === 'true' || typed === 'false')) return typed === 'true';
  return kind === 'date' ? (parsePartialDate(typed) ?? typed) : typed;
}

function kindOf(value: AttributeValue | undefined): AttributeDefinition['kind'] {
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}
