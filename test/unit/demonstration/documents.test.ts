import { createHash } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import {
  DEMONSTRATION_AUTHOR,
  DEMONSTRATION_DEVICE,
  DEMONSTRATION_MINISTRY,
  demonstrationDocuments,
} from '../../../server/demonstration/index.ts';
import { referenceDocuments, type SeedDocument } from '../../../server/reference/reference-documents.ts';
import { type AssetDraft, findAssetProblems } from '../../../shared/domain/asset.ts';
import { isReference } from '../../../shared/domain/reference-number.ts';
import type { Asset } from '../../../shared/schema/asset.ts';
import { COLLECTIONS } from '../../../shared/schema/collections.ts';
import type { Movement } from '../../../shared/schema/movement.ts';
import type { Site } from '../../../shared/schema/site.ts';
import type { Structure } from '../../../shared/schema/structure.ts';

const ministryId = DEMONSTRATION_MINISTRY.id;
const reference = [...referenceDocuments(ministryId)];
const demonstration = [...demonstrationDocuments({ ministryId, size: 2000 })];
const all = [...reference, ...demonstration];

/** Rows of a collection, without RxDB's mark. The shape is proved by the first test. */
function rows<Row>(collection: string): Row[] {
  return all
    .filter((row) => row.collection === collection)
    .map(({ document: { _deleted, ...row } }) => row as unknown as Row);
}
const assets = rows<Asset>('assets');
const places = new Map(rows<Site>('sites').map((site) => [site.id, site]));
const structures = new Map(rows<Structure>('structures').map((structure) => [structure.id, structure]));

function digest(documents: Iterable<SeedDocument>): string {
  return createHash('sha256')
    .update(JSON.stringify([...documents]))
    .digest('hex');
}

describe('seeded documents', () => {
  it('fit the schema of their collection', () => {
    const checks = new Map(COLLECTIONS.map((collection) => [collection.name, Compile(collection.document)]));
    for (const { collection, document } of all) {
      const { _deleted, ...row } = document;
      const errors = checks.get(collection)?.Errors(row);
      expect(errors, `${collection} ${JSON.stringify(row)}`).toEqual([]);
    }
  });

  it('have ids of their own', () => {
    expect(new Set(all.map(({ document }) => document.id)).size).toBe(all.length);
  });

  it('are byte-identical every time, and a small register is the beginning of a large one', () => {
    expect(digest(referenceDocuments(ministryId))).toBe(digest(reference));
    expect(digest(demonstrationDocuments({ ministryId, size: 2000 }))).toBe(digest(demonstration));
    const small = [...demonstrationDocuments({ ministryId, size: 50 })];
    expect(small).toEqual(demonstration.slice(0, small.length));
  });

  it('differ in every id between two ministries', () => {
    const other = '0d3e0000-2022-8000-8000-000000000002';
    const ids = new Set(all.map(({ document }) => document.id));
    const others = [...referenceDocuments(other), ...demonstrationDocuments({ ministryId: other, size: 20 })];
    expect(others.filter(({ document }) => ids.has(document.id))).toEqual([]);
  });
});

describe('the territory', () => {
  it('has 12 départements and 77 communes, each below its département', () => {
    const sites = [...places.values()];
    expect(sites.filter(({ kind }) => kind === 'departement')).toHaveLength(12);
    const communes = sites.filter(({ kind }) => kind === 'commune');
    expect(communes).toHaveLength(77);
    for (const { parentId } of communes) expect(places.get(parentId ?? '')?.kind).toBe('departement');
    expect(communes.find(({ name }) => name === 'Sèmè-Kpodji')?.aliases).toEqual(['Sèmè-Podji']);
  });
});

describe('the demonstration register', () => {
  it('has as many assets as asked, and none when none is asked', () => {
    expect(assets).toHaveLength(2000);
    expect([...demonstrationDocuments({ ministryId, size: 0 })].some(({ collection }) => collection === 'assets')).toBe(
      false,
    );
  });

  it('A5, A6: every asset could have been entered by hand', () => {
    for (const { id, ministryId: _, reference: number, status, createdAt, updatedAt, ...draft } of assets) {
      expect(findAssetProblems(draft satisfies AssetDraft)).toEqual([]);
    }
  });

  it('A2: every reference is well formed and unique', () => {
    expect(assets.every((asset) => isReference(asset.reference))).toBe(true);
    expect(new Set(assets.map((asset) => asset.reference)).size).toBe(assets.length);
  });

  it('J2, J4: each asset has one creation entry, numbered without a gap', () => {
    const movements = rows<Movement>('movements');
    expect(movements.map(({ deviceSequence }) => deviceSequence)).toEqual(assets.map((_, index) => index + 1));
    expect(movements.map(({ assetId }) => assetId)).toEqual(assets.map(({ id }) => id));
    for (const { author, deviceId, kind } of movements) {
      expect({ author, deviceId, kind }).toEqual({
        author: DEMONSTRATION_AUTHOR,
        deviceId: DEMONSTRATION_DEVICE.id,
        kind: 'creation',
      });
    }
  });

  it('points only at places and structures that exist, parents first', () => {
    for (const { siteId, structureId } of assets) {
      expect(places.has(siteId ?? '')).toBe(true);
      expect(structures.has(structureId)).toBe(true);
    }
    for (const collection of ['sites', 'structures']) {
      const seen = new Set<string>();
      for (const { id, parentId } of rows<Site | Structure>(collection)) {
        expect(parentId === undefined || seen.has(parentId)).toBe(true);
        seen.add(id);
      }
    }
  });

  it('never repeats a serial, and looks like a lived-in register', () => {
    const serials = assets.flatMap(({ serialNumber }) => serialNumber ?? []);
    expect(new Set(serials).size).toBe(serials.length);
    const share = (test: (asset: Asset) => boolean) => assets.filter(test).length / assets.length;
    expect(share(({ status }) => status === 'in-service')).toBeGreaterThan(0.6);
    expect(share(({ inventoryNumber }) => inventoryNumber !== undefined)).toBeGreaterThan(0.7);
    expect(share(({ acquisitionValue }) => acquisitionValue === undefined)).toBeGreaterThan(0.05);
    expect(share(({ acquisitionDate }) => acquisitionDate?.length === 4)).toBeGreaterThan(0.05);
    expect(new Set(assets.map(({ status }) => status)).size).toBe(9);
    expect(new Set(assets.map(({ typeCode }) => typeCode)).size).toBeGreaterThan(25);
  });
});
