import type { Fields } from './three-way.ts';

/** The characteristics of a type, in the lists that `content` holds them in. */
const LISTS = ['attributes', 'retired'] as const;

type Definition = { readonly key: string; readonly isRetired?: true } & Fields;

/** Characteristics by their key, wherever they stand; undefined where the content is not that of a type. */
export function keyedAttributes(content: unknown): Record<string, Definition> | undefined {
  if (!isFields(content) || !Array.isArray(content.attributes)) return undefined;
  const entries = LISTS.flatMap((list) =>
    definitionsIn(content[list]).map((definition): [string, Definition] => [
      definition.key,
      list === 'retired' ? { ...definition, isRetired: true } : definition,
    ]),
  );
  return Object.fromEntries(entries);
}

/** The content with these characteristics: each in the list it belongs to, in the order given. */
export function withAttributes(content: Fields, keyed: Readonly<Record<string, unknown>>): Fields {
  const definitions = Object.values(keyed).filter(isDefinition);
  const { retired: _, ...rest } = content;
  const retired = definitions.flatMap(({ isRetired, ...definition }) => (isRetired ? [definition] : []));
  return {
    ...rest,
    attributes: definitions.filter(({ isRetired }) => !isRetired),
    ...(retired.length > 0 && { retired }),
  };
}

function definitionsIn(list: unknown): Definition[] {
  return Array.isArray(list) ? list.filter(isDefinition) : [];
}

function isDefinition(value: unknown): value is Definition {
  return isFields(value) && typeof value.key === 'string';
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
