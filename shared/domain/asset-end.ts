import type { Asset } from '../schema/asset.ts';
import type { PartialDate } from './date.ts';

/** When what an asset has ends: the warranty of hardware, the term of anything else. */
export function endOf(asset: Pick<Asset, 'nature' | 'warrantyEnd' | 'expiryDate'>): PartialDate | undefined {
  return asset.nature === 'hardware' ? asset.warrantyEnd : asset.expiryDate;
}
