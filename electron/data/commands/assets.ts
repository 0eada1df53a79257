import { AppError } from '#shared/domain/errors.ts';
import { Asset } from '#shared/schema/asset.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';

/** In the order of the ids. */
export function readAssets(register: Register, ids: readonly string[]): readonly Asset[] {
  return register
    .table('assets')
    .findByIds(ids)
    .map((stored) => {
      const { _deleted, ...asset } = toWire(stored);
      // Commands and the exchange check rows before they are written.
      return asset as unknown as Asset;
    });
}

/** Nothing where this desktop has no such asset. @throws AppError STORE_CORRUPT */
export function readAsset(register: Register, id: string): Asset | undefined {
  const stored = register.table('assets').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...asset } = toWire(stored);
  return requireShape(Asset, asset, 'STORE_CORRUPT');
}

/** @throws AppError COMMAND_NOT_FOUND, STORE_CORRUPT */
export function requireAsset(register: Register, id: string): Asset {
  const asset = readAsset(register, id);
  if (!asset) throw new AppError('COMMAND_NOT_FOUND', 'There is no such asset on this desktop');
  return asset;
}
