import { type FieldConflict, type Fields, isSame, type MergeResult, mergeThreeWay } from './three-way.ts';
import { isFields, keyedAttributes, withAttributes } from './type-content.ts';

/** Most other spellings of a site. */
const MAX_ALIASES = 10;

/** A site: its other spellings are a set, to which both sides add and from which both take away. */
export function mergeSite(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  const { aliases: before, ...restOfBase } = base ?? {};
  const { aliases: ours, ...restOfMine } = mine;
  const { aliases: others, ...restOfTheirs } = theirs;
  const { merged, conflicts } = mergeThreeWay(base && restOfBase, restOfMine, restOfTheirs);
  const aliases = mergeSet(asList(before), asList(ours), asList(others));
  if (aliases.length > MAX_ALIASES) return keepTheirs('aliases', { before, ours, others }, { merged, conflicts });
  return { merged: { ...merged, ...(aliases.length > 0 && { aliases }) }, conflicts };
}

/** In their order: what the endpoint has without what this side took away, then what this side added. */
function mergeSet(base: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]): unknown[] {
  if (isSame(mine, base)) return [...theirs];
  if (isSame(theirs, base)) return [...mine];
  const has = (list: readonly unknown[], value: unknown) => list.some((one) => isSame(one, value));
  const kept = theirs.filter((value) => has(mine, value) || !has(base, value));
  const added = mine.filter((value) => !has(base, value) && !has(kept, value));
  return [...kept, ...added];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function keepTheirs(
  field: string,
  { before, ours, others }: { readonly before: unknown; readonly ours: unknown; readonly others: unknown },
  { merged, conflicts }: MergeResult,
): MergeResult {
  const conflict: FieldConflict = {
    field,
    ...(before !== undefined && { base: before }),
    ...(ours !== undefined && { mine: ours }),
    ...(others !== undefined && { theirs: others }),
  };
  return {
    merged: { ...merged, ...(others !== undefined && { [field]: others }) },
    conflicts: [...conflicts, conflict],
  };
}

/** Rows of one kind that hold the same sort of thing, and both changed it. */
function isMergeable(base: Fields | undefined, mine: Fields, theirs: Fields): boolean {
  if (isWhole(theirs.kind) || mine.kind !== theirs.kind) return false;
  if (!isFields(mine.content) || !isFields(theirs.content)) return false;
  const isType = (row: Fields) => keyedAttributes(row.content) !== undefined;
  if (isType(mine) !== isType(theirs)) return false;
  if (base && isFields(base.content) && isType(base) !== isType(mine)) return false;
  return (
    ![theirs.content, base?.content].some((content) => isSame(content, mine.content)) &&
    !isSame(theirs.content, base?.content)
  );
}

/** Kinds whose content is one thing that somebody made: half of one and half of another is neither. */
const WHOLE: ReadonlySet<unknown> = new Set(['paper-template', 'logo', 'saved-view']);

export function isWhole(kind: unknown): boolean {
  return WHOLE.has(kind);
}

/** A row of a list: what it holds is merged field by field, the characteristics of a type one by one. */
export function mergeReference(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  if (!isMergeable(base, mine, theirs)) return mergeThreeWay(base, mine, theirs);
  const rest = mergeThreeWay(base && without(base), without(mine), without(theirs));
  const before = isFields(base?.content) ? base.content : undefined;
  const content = mergeContent(before, asFields(mine.content), asFields(theirs.content));
  return {
    merged: { ...rest.merged, content: content.merged },
    conflicts: [
      ...rest.conflicts,
      ...content.conflicts.map((conflict) => ({ ...conflict, field: `content.${conflict.field}` })),
    ],
  };
}

function mergeContent(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  const [ours, others] = [keyedAttributes(mine), keyedAttributes(theirs)];
  if (!ours || !others) return mergeThreeWay(base, mine, theirs);
  const rest = mergeThreeWay(base && lists(base), lists(mine), lists(theirs));
  const attributes = mergeThreeWay(keyedAttributes(base) ?? {}, ours, others);
  return {
    merged: withAttributes(rest.merged, attributes.merged),
    conflicts: [
      ...rest.conflicts,
      ...attributes.conflicts.map((conflict) => ({ ...conflict, field: `attributes.${conflict.field}` })),
    ],
  };
}

function without({ content: _, ...rest }: Fields): Fields {
  return rest;
}

function lists({ attributes: _, retired: __, ...rest }: Fields): Fields {
  return rest;
}

function asFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}
