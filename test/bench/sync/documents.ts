import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import type { Asset } from '#shared/schema/asset.ts';
import { inventAssets } from '../../../server/demonstration/assets.ts';
import { DEMONSTRATION_MINISTRY } from '../../../server/demonstration/index.ts';
import { createRandom, type Random } from '../../../server/demonstration/random.ts';

/** Printed with the results: the same seed gives the same assets, byte for byte. */
export const SYNC_SEED = 0x5359_4e43;

export const SYNC_MINISTRY = DEMONSTRATION_MINISTRY;

const FIRST_INSTANT = Date.UTC(2022, 0, 3, 8);
const SECONDS_APART = 60;
const MAX_AGE_SECONDS = 200 * 24 * 60 * 60;

/** The first `count` assets of one ministry: UUIDv7 in the order of creation, almost half of them changed since. */
export function takeSyncAssets(count: number): Asset[] {
  const random = createRandom(SYNC_SEED);
  const source = inventAssets(SYNC_MINISTRY.id, createRandom(SYNC_SEED + 1));
  return Array.from({ length: count }, (_, index) => {
    const created = FIRST_INSTANT + index * SECONDS_APART * 1000;
    const changed = random.chance(0.45) ? created + random.int(1, MAX_AGE_SECONDS) * 1000 : created;
    return {
      ...(source.next().value as Asset), // the source never ends
      id: uuidv7({ msecs: created, random: drawBytes(random) }),
      createdAt: new Date(created).toISOString(),
      updatedAt: new Date(changed).toISOString(),
    };
  });
}

function drawBytes(random: Random): Uint8Array {
  return Uint8Array.from({ length: 16 }, () => random.int(0, 255));
}

/** What every edit of the bench writes: one text, another one for every document and round. */
export function noteOf(index: number, round: number): string {
  return `Vu au bureau lors de la vérification ${round + 1}, étiquette ${1000 + index} recollée`;
}

/** The edit as the peers write it: the whole document, with its instant. */
export function edited(asset: Asset, index: number, round: number): Asset {
  return { ...asset, notes: noteOf(index, round), updatedAt: new Date().toISOString() };
}

/** Mean size of an asset as JSON, in bytes. */
export function meanSize(assets: readonly Asset[]): number {
  const total = assets.reduce((sum, asset) => sum + Buffer.byteLength(JSON.stringify(asset)), 0);
  return Math.round(total / assets.length);
}

/** What all assets take at once, in bytes, however they travel: an array of them, and one array per field. */
export type Floors = { readonly gzip: number; readonly brotli: number; readonly brotliByField: number };

export function packWhole(assets: readonly Asset[]): Floors {
  const fields = [...new Set(assets.flatMap((asset) => Object.keys(asset)))];
  const rows = Buffer.from(JSON.stringify(assets));
  const records: readonly Readonly<Record<string, unknown>>[] = assets;
  const byField = Buffer.from(JSON.stringify(fields.map((field) => records.map((record) => record[field] ?? null))));
  return { gzip: gzipSync(rows).length, brotli: pack(rows), brotliByField: pack(byField) };
}

/** Quality 9: the last one that is quick enough for an answer. */
function pack(text: Buffer): number {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  };
  return brotliCompressSync(text, { params }).length;
}
