import { canonicalJson } from '../domain/canonical-json.ts';
import { BOOKKEEPING, type FieldChange, type JournalValue } from '../domain/journal.ts';
import { isWhole } from './reference-data.ts';
import type { Fields } from './three-way.ts';
import { isFields, keyedAttributes } from './type-content.ts';

/** SHA-256 or the like, as text. */
export type Digest = (text: string) => string;

/**
 * What differs between two states of a row of reference data or of a holder, under the names that a conflict gives the
 * same fields (SPEC M7, R7), sorted by field. Of a template, a picture or a view the journal has the digest alone.
 */
export function diffRow(before: Fields, after: Fields, digest: Digest): FieldChange[] {
  const [old, now] = [flatten(before, digest), flatten(after, digest)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields
    .map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }))
    .filter(({ from, to }) => from !== to);
}

/** A value as the journal writes it. */
export function journaledValue(value: unknown): JournalValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return canonicalJson(value);
}

/** What the journal has of a content that is one thing. */
export function journaledWhole(content: unknown, digest: Digest): JournalValue {
  return content === undefined ? null : `sha256:${digest(canonicalJson(content))}`;
}

function flatten(row: Fields, digest: Digest): Map<string, JournalValue> {
  const flat = new Map<string, JournalValue>();
  for (const [field, value] of Object.entries(row)) {
    if (BOOKKEEPING.has(field) || field.startsWith('_') || value === undefined) continue;
    if (field !== 'content') flat.set(field, journaledValue(value));
    else if (isWhole(row.kind) || !isFields(value)) flat.set(field, journaledWhole(value, digest));
    else for (const [name, inner] of contentOf(value)) flat.set(`content.${name}`, journaledValue(inner));
  }
  return flat;
}

function contentOf(content: Fields): [string, unknown][] {
  const keyed = keyedAttributes(content);
  if (!keyed) return Object.entries(content);
  const { attributes: _, retired: __, ...rest } = content;
  const attributes = Object.entries(keyed).map(([key, value]): [string, unknown] => [`attributes.${key}`, value]);
  return [...Object.entries(rest), ...attributes];
}
