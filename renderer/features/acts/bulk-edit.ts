import { type AssetChanges, type AssetProblem, findAssetProblems } from '#shared/domain/asset.ts';
import { diffFields, type FieldChange } from '#shared/domain/journal.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { parsePartialDate } from '../../text/partial-date.ts';

/** What may be the same on many records. Serial and inventory number are each asset's own; the status is changed by acts. */
export const EDITABLE = [
  'typeCode',
  'brand',
  'model',
  'designation',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'acquisitionMode',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
  'notes',
] as const satisfies readonly (keyof AssetChanges)[];
export type EditableField = (typeof EDITABLE)[number];

const OPTIONAL: ReadonlySet<EditableField> = new Set([
  'model',
  'room',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
  'notes',
]);
export const DATE_FIELDS: ReadonlySet<EditableField> = new Set(['acquisitionDate', 'commissioningDate', 'warrantyEnd']);

export function mayBeEmpty(field: EditableField): boolean {
  return OPTIONAL.has(field);
}

/** Fields in the order in which they were chosen, with what was typed. */
export type EditValues = ReadonlyMap<EditableField, string>;
export type EditProblem = 'required' | 'bad-date';

export function findEditProblems(values: EditValues): ReadonlyMap<EditableField, EditProblem> {
  const problems = [...values].flatMap(([field, value]): [EditableField, EditProblem][] => {
    const typed = value.trim();
    if (!typed) return mayBeEmpty(field) ? [] : [[field, 'required']];
    return DATE_FIELDS.has(field) && !parsePartialDate(typed) ? [[field, 'bad-date']] : [];
  });
  return new Map(problems);
}

/** The changes these values stand for; an empty field empties it. */
export function toBulkChanges(values: EditValues): AssetChanges {
  const entries = [...values].map(([field, value]) => {
    const typed = value.trim();
    if (!typed) return [field, null];
    if (field === 'acquisitionValue') return [field, Number(typed)];
    return [field, DATE_FIELDS.has(field) ? (parsePartialDate(typed) ?? typed) : typed];
  });
  // Fields of an asset with what was typed for them; the command checks the shape.
  return Object.fromEntries(entries) as AssetChanges;
}

/** What an edit does to one asset, and what forbids it there. */
export type AssetPreview = {
  readonly asset: Asset;
  readonly changes: readonly FieldChange[];
  readonly problem: AssetProblem | undefined;
};

/** What the command will write, asset by asset: those that differ. */
export function previewEdit(assets: readonly Asset[], changes: AssetChanges): AssetPreview[] {
  return assets.flatMap((asset) => {
    const kept = Object.entries({ ...asset, ...changes }).filter(([, value]) => value !== null);
    const after: Partial<Asset> = Object.fromEntries(kept);
    const differences = diffFields(asset, after);
    const [problem] = findAssetProblems(after);
    return differences.length > 0 ? [{ asset, changes: differences, problem }] : [];
  });
}
