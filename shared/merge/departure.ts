import { hasLeftForGood } from '../domain/departure.ts';
import { ASSET_STATUSES, type AssetStatus, KEYED_FIELDS } from '../schema/asset.ts';
import { type FieldConflict, type Fields, isSame, type MergeResult } from './three-way.ts';
import { isFields } from './type-content.ts';

const KEYED: ReadonlySet<string> = new Set(KEYED_FIELDS);
/** Every act moves it; it is no edit. */
const STAMP = 'updatedAt';

/**
 * One side let the asset leave for good, the other, which did not know of it, edited it (SPEC V1): the leave stands as it is,
 * and what the edit changed is in a review, where `mine` is the edit and `theirs` what stands. Undefined where it is not so.
 */
export function mergeDeparture(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult | undefined {
  if (!base || hasLeft(base) || hasLeft(mine) === hasLeft(theirs)) return undefined;
  const [left, edited] = hasLeft(mine) ? [mine, theirs] : [theirs, mine];
  const conflicts = editsOf(base, edited, left);
  // Nothing was edited: an ordinary merge.
  if (conflicts.length === 0) return undefined;
  const stamp = String(mine[STAMP]) > String(theirs[STAMP]) ? mine[STAMP] : theirs[STAMP];
  const merged = { ...left, ...(stamp !== undefined && { [STAMP]: stamp }) };
  return { merged, conflicts, kind: 'edit-after-exit' };
}

function hasLeft({ status }: Fields): boolean {
  return isStatus(status) && hasLeftForGood(status);
}

function isStatus(value: unknown): value is AssetStatus {
  return ASSET_STATUSES.some((status) => status === value);
}

/** What one side changed since the base and the other does not say, by field and by key. */
function editsOf(base: Fields, edited: Fields, left: Fields, prefix = ''): FieldConflict[] {
  return [...new Set([...Object.keys(base), ...Object.keys(edited)])].flatMap((field) => {
    if (field === STAMP) return [];
    const [before, edit, stands] = [own(base, field), own(edited, field), own(left, field)];
    if (isSame(edit, before) || isSame(edit, stands)) return [];
    if (prefix === '' && KEYED.has(field))
      return editsOf(asFields(before), asFields(edit), asFields(stands), `${field}.`);
    return [
      {
        field: `${prefix}${field}`,
        ...(before !== undefined && { base: before }),
        ...(edit !== undefined && { mine: edit }),
        ...(stands !== undefined && { theirs: stands }),
      },
    ];
  });
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
