import { KEYED_FIELDS } from '../schema/asset.ts';
import type { Fields } from './three-way.ts';
import { isFields, keyedAttributes, withAttributes } from './type-content.ts';

/** Fields that conflicts name together with what is inside them: `attributes.processor`, `content.attributes.processor`. */
const NESTED: ReadonlySet<string> = new Set([...KEYED_FIELDS, 'content']);

/** The value at the place that a conflict names. */
export function readField(fields: Fields, path: string): unknown {
  const [name, rest] = split(path);
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (rest === undefined) return value;
  const inner = name === 'content' && rest.startsWith(ATTRIBUTES) ? keyedAttributes(value) : value;
  const key = inner === value ? rest : rest.slice(ATTRIBUTES.length);
  return isFields(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
}

/** The record with another value at that place; `undefined` empties it. */
export function writeField(fields: Fields, path: string, value: unknown): Fields {
  const [name, rest] = split(path);
  if (rest === undefined) return withKey(fields, name, value);
  const before = isFields(fields[name]) ? fields[name] : {};
  const keyed = name === 'content' && rest.startsWith(ATTRIBUTES) ? keyedAttributes(before) : undefined;
  const inner = keyed
    ? withAttributes(before, withKey(keyed, rest.slice(ATTRIBUTES.length), value))
    : withKey(before, rest, value);
  return withKey(fields, name, Object.keys(inner).length > 0 ? inner : undefined);
}

const ATTRIBUTES = 'attributes.';

function split(path: string): [string, string | undefined] {
  const dot = path.indexOf('.');
  const name = path.slice(0, dot);
  return dot > 0 && NESTED.has(name) ? [name, path.slice(dot + 1)] : [path, undefined];
}

function withKey(fields: Fields, key: string, value: unknown): Fields {
  const entries = Object.entries(fields).filter(([name]) => name !== key);
  if (value === undefined) return Object.fromEntries(entries);
  // In its place, so that lists keep their order.
  return Object.hasOwn(fields, key)
    ? Object.fromEntries(Object.entries(fields).map(([name, old]) => [name, name === key ? value : old]))
    : Object.fromEntries([...entries, [key, value]]);
}
