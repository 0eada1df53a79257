import type { AssetDraft } from '#shared/domain/asset.ts';
import { compact } from '#shared/domain/fold.ts';
import type { KnownAsset, LineProblem } from './types.ts';

export type Known = {
  readonly bySerial: ReadonlyMap<string, KnownAsset>;
  readonly byInventoryNumber: ReadonlyMap<string, KnownAsset>;
};

export type Duplicate = { readonly existing?: KnownAsset; readonly stop?: LineProblem; readonly warning?: LineProblem };

/**
 * Tells, line after line, whether an asset is already there: in the register or earlier in the files (SPEC I3).
 * A serial decides. Without one the inventory number does; beside one it is only worth a remark, because accountants
 * do reuse numbers. Lines that will not be created do not stand in the way of later ones.
 */
export function createDuplicateFinder(known: Known): (draft: Partial<AssetDraft>, isValid: boolean) => Duplicate {
  const serials = new Set<string>();
  const numbers = new Set<string>();
  return (draft, isValid) => {
    const serial = compact(draft.serialNumber ?? '');
    const number = compact(draft.inventoryNumber ?? '');
    const existing = serial ? known.bySerial.get(serial) : known.byInventoryNumber.get(number);
    if (existing) return { existing };
    if (serial && serials.has(serial)) return { stop: { field: 'serialNumber', problem: 'duplicate-in-files' } };
    const isKnownNumber = number !== '' && (numbers.has(number) || known.byInventoryNumber.has(number));
    if (isKnownNumber && !serial) return { stop: { field: 'inventoryNumber', problem: 'duplicate-in-files' } };
    if (isValid && serial) serials.add(serial);
    if (isValid && number) numbers.add(number);
    return isKnownNumber ? { warning: { field: 'inventoryNumber', problem: 'duplicate-inventory-number' } } : {};
  };
}
