import { NATURES } from '../schema/asset.ts';
import { hasField } from './natures.ts';

/** What a complete record says, and a register taken over from paper often does not. */
export const MISSING_FIELDS = [
  'serialNumber',
  'inventoryNumber',
  'acquisitionDate',
  'acquisitionValue',
  'holderName',
] as const;
export type MissingField = (typeof MISSING_FIELDS)[number];

/** The fields of the list that an asset lacks. What its nature does not have is not missing. */
export function missingFields(asset: Readonly<Record<string, unknown>>): MissingField[] {
  const nature = NATURES.find((known) => known === asset.nature) ?? 'hardware';
  return MISSING_FIELDS.filter((field) => {
    if (!hasField(nature, field)) return false;
    if (field === 'holderName' && asset.holderId !== undefined) return false;
    return asset[field] === undefined || asset[field] === '';
  });
}
