import { KEYED_FIELDS } from '../schema/asset.ts';

/** A record as merging sees it: field names to JSON values. An absent field is an empty one. */
export type Fields = Readonly<Record<string, unknown>>;

/** A field that both sides changed, differently. The merged record carries `theirs`; a review keeps all three. */
export type FieldConflict = {
  readonly field: string;
  readonly base?: unknown;
  readonly mine?: unknown;
  readonly theirs?: unknown;
};

export type MergeResult = {
  readonly merged: Fields;
  readonly conflicts: readonly FieldConflict[];
  /** What kind of review the conflicts ask for; `same-field` where nothing is said. */
  readonly kind?: 'edit-after-exit';
};

/** Fields whose later value wins without a question: declared instants that every act moves. */
const LATEST_WINS: ReadonlySet<string> = new Set(['updatedAt']);

/** Fields merged key by key rather than as one value. */
const NESTED: ReadonlySet<string> = new Set(KEYED_FIELDS);

/** JSON equality: order of keys does not matter, an absent key equals an `undefined` one. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    );
  }
  const [left, right] = [asFields(a), asFields(b)];
  return unionOfKeys(left, right).every((key) => isSame(own(left, key), own(right, key)));
}

/**
 * Field-wise three-way merge (SPEC M1–M5). Pure. `base` is the last state that both sides knew; `undefined` when the
 * record was created on both. `theirs` is the endpoint's state and wins where both changed the same field.
 */
export function mergeThreeWay(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  const merged: [string, unknown][] = [];
  const conflicts: FieldConflict[] = [];
  const before = base ?? {};
  for (const field of unionOfKeys(theirs, mine, before)) {
    const [b, m, t] = [own(before, field), own(mine, field), own(theirs, field)];
    if (NESTED.has(field) && !isSame(m, t)) {
      const inner = mergeThreeWay(asFields(b), asFields(m), asFields(t));
      if (Object.keys(inner.merged).length > 0) merged.push([field, inner.merged]);
      conflicts.push(...inner.conflicts.map((conflict) => ({ ...conflict, field: `${field}.${conflict.field}` })));
      continue;
    }
    const { value, isConflict } = mergeField(field, b, m, t);
    if (value !== undefined) merged.push([field, value]);
    if (isConflict) conflicts.push(conflictOf(field, b, m, t));
  }
  // fromEntries defines properties, so a field named `__proto__` stays a field.
  return { merged: Object.fromEntries(merged), conflicts };
}

function mergeField(
  field: string,
  base: unknown,
  mine: unknown,
  theirs: unknown,
): { value: unknown; isConflict: boolean } {
  if (isSame(mine, theirs) || isSame(mine, base)) return { value: theirs, isConflict: false };
  if (isSame(theirs, base)) return { value: mine, isConflict: false };
  if (LATEST_WINS.has(field)) return { value: String(mine) > String(theirs) ? mine : theirs, isConflict: false };
  return { value: theirs, isConflict: true };
}

function conflictOf(field: string, base: unknown, mine: unknown, theirs: unknown): FieldConflict {
  return {
    field,
    ...(base !== undefined && { base }),
    ...(mine !== undefined && { mine }),
    ...(theirs !== undefined && { theirs }),
  };
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Keys in the order of the first record that has them: the result keeps the endpoint's order. */
function unionOfKeys(...records: readonly Fields[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))];
}
