/** One field that an act changed. `null` stands for "not filled in". */
export type FieldChange = { readonly field: string; readonly from: JournalValue; readonly to: JournalValue };
export type JournalValue = string | number | boolean | null;

type Fields = Readonly<Record<string, unknown>>;

/** Fields that the program keeps for itself: they change with every act and say nothing to a reader. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['id', 'ministryId', 'createdAt', 'updatedAt']);

function journalValue(value: unknown): JournalValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

function flatten(fields: Fields): Map<string, JournalValue> {
  const flat = new Map<string, JournalValue>();
  for (const [field, value] of Object.entries(fields)) {
    if (BOOKKEEPING.has(field) || field.startsWith('_')) continue;
    if (field === 'attributes' && typeof value === 'object' && value !== null) {
      for (const [name, attribute] of Object.entries(value)) flat.set(`attributes.${name}`, journalValue(attribute));
    } else flat.set(field, journalValue(value));
  }
  return flat;
}

/** Fields whose value is an object: the journal holds it as JSON. */
const OBJECTS: ReadonlySet<string> = new Set(['wiping']);

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
  const attributes = new Map(Object.entries(typeof fields.attributes === 'object' ? { ...fields.attributes } : {}));
  for (const { field, from, to } of changes) {
    const value = direction === 'forward' ? to : from;
    const [target, key] = field.startsWith('attributes.') ? [attributes, field.slice(11)] : [record, field];
    if (value === null) target.delete(key);
    else target.set(key, OBJECTS.has(field) ? JSON.parse(String(value)) : value);
  }
  if (attributes.size > 0) record.set('attributes', Object.fromEntries(attributes));
  else record.delete('attributes');
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
