import { KEYED_FIELDS } from '../schema/asset.ts';

/** One field that an act changed. `null` stands for "not filled in". */
export type FieldChange = { readonly field: string; readonly from: JournalValue; readonly to: JournalValue };
export type JournalValue = string | number | boolean | null;

type Fields = Readonly<Record<string, unknown>>;

/** Fields that the program keeps for itself: they change with every act and say nothing to a reader. */
export const BOOKKEEPING: ReadonlySet<string> = new Set(['id', 'ministryId', 'createdAt', 'updatedAt']);

function journalValue(value: unknown): JournalValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

function flatten(fields: Fields): Map<string, JournalValue> {
  const flat = new Map<string, JournalValue>();
  for (const [field, value] of Object.entries(fields)) {
    if (BOOKKEEPING.has(field) || field.startsWith('_')) continue;
    if (KEYED.has(field) && typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) flat.set(`${field}.${name}`, journalValue(inner));
    } else flat.set(field, journalValue(value));
  }
  return flat;
}

const KEYED: ReadonlySet<string> = new Set(KEYED_FIELDS);

/** Fields whose value is an object: the journal holds it as JSON. */
const OBJECTS: ReadonlySet<string> = new Set(['wiping', 'origin']);

/**
 * A record with the changes of an entry made to it (`forward`) or taken back (`backward`). Pure; what an entry cut short
 * (very long notes) comes back as it was cut.
 */
export function replayChanges(
  fields: Fields,
  changes: readonly FieldChange[],
  direction: 'forward' | 'backward',
): Fields {
  const record = new Map(Object.entries(fields));
  const keyed = new Map(
    KEYED_FIELDS.map((field) => [field as string, new Map(Object.entries({ ...asObject(fields[field]) }))]),
  );
  for (const { field, from, to } of changes) {
    const value = direction === 'forward' ? to : from;
    const dot = field.indexOf('.');
    const inner = dot > 0 ? keyed.get(field.slice(0, dot)) : undefined;
    const [target, key] = inner ? [inner, field.slice(dot + 1)] : [record, field];
    if (value === null) target.delete(key);
    else target.set(key, OBJECTS.has(field) ? JSON.parse(String(value)) : value);
  }
  for (const [field, inner] of keyed) {
    if (inner.size > 0) record.set(field, Object.fromEntries(inner));
    else record.delete(field);
  }
  return Object.fromEntries(record);
}

/** The field-level difference between two states of a record, sorted by field (SPEC J2). */
export function diffFields(before: Fields, after: Fields): FieldChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields
    .map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }))
    .filter(({ from, to }) => from !== to);
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
