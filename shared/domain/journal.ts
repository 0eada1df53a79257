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

/** The field-level difference between two states of a record, sorted by field (SPEC J2). */
export function diffFields(before: Fields, after: Fields): FieldChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields
    .map((field) => ({ field, from: old.get(field) ?? null, to: now.get(field) ?? null }))
    .filter(({ from, to }) => from !== to);
}
