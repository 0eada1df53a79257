import { diffFields } from '#shared/domain/journal.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { deterministicId } from '../reference/deterministic-id.ts';
import { toReference } from '../reference/reference-documents.ts';
import { CATALOGUE, inventAssets, SUPPLIERS } from './assets.ts';
import { DEMONSTRATION_AUTHOR, DEMONSTRATION_DEVICE } from './ministry.ts';
import { createRandom } from './random.ts';
import { siteRows } from './sites.ts';
import { structureRows } from './structures.ts';

export { DEMONSTRATION_AUTHOR, DEMONSTRATION_DEVICE, DEMONSTRATION_MINISTRY } from './ministry.ts';

const SEED = 0x4d4e_4426;

type DemonstrationDocument = { readonly collection: CollectionName; readonly document: WireDocument };

/**
 * An invented register: structures, sites, brands, suppliers, then `size` assets, each followed by its entry in the
 * journal. Needs the reference documents of the same ministry (sites hang below the communes). The same input gives
 * byte-identical documents, and a larger register begins with the smaller one.
 */
export function* demonstrationDocuments(options: {
  readonly ministryId: string;
  readonly size: number;
}): Generator<DemonstrationDocument> {
  const { ministryId, size } = options;
  for (const structure of structureRows(ministryId)) yield toRow('structures', structure);
  for (const site of siteRows(ministryId)) yield toRow('sites', site);
  const brands = [...new Set(CATALOGUE.map(({ brand }) => brand))].sort();
  for (const brand of brands)
    yield { collection: 'references', document: toReference(ministryId, 'brand', brand, brand) };
  for (const supplier of SUPPLIERS) {
    yield { collection: 'references', document: toReference(ministryId, 'supplier', supplier, supplier) };
  }
  let sequence = 0;
  if (size < 1) return;
  for (const asset of inventAssets(ministryId, createRandom(SEED))) {
    sequence += 1;
    yield toRow('assets', asset);
    yield toRow('movements', recordCreation(asset, sequence));
    if (sequence >= size) return;
  }
}

function toRow(collection: CollectionName, row: { readonly id: string }): DemonstrationDocument {
  return { collection, document: { ...row, _deleted: false } };
}

function recordCreation(asset: Asset, deviceSequence: number): Movement {
  return {
    id: deterministicId(asset.ministryId, 'movement', String(deviceSequence)),
    ministryId: asset.ministryId,
    assetId: asset.id,
    kind: 'creation',
    declaredAt: asset.createdAt,
    author: { ...DEMONSTRATION_AUTHOR },
    deviceId: DEMONSTRATION_DEVICE.id,
    deviceSequence,
    changes: diffFields({}, asset),
  };
}
