import { expect } from 'vitest';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import type { StoredDocument } from '../../../server/store/documents.ts';
import type { Desktop } from './desktop.ts';

/** Every document of the desktop is the endpoint's, and the other way round. */
export function expectEqualToEndpoint(desktop: Desktop, there: readonly StoredDocument[]): void {
  for (const { name } of COLLECTIONS) {
    expect(byId(desktop.all(name)), `${name} of the desktop`).toEqual(byId(wireOf(there, name)));
  }
}

export function wireOf(there: readonly StoredDocument[], collection: CollectionName): WireDocument[] {
  return (
    there
      .filter((document) => document.collection === collection)
      // What is stored passed the collection's schema: it has its id.
      .map(({ body, isDeleted }) => ({ ...body, _deleted: isDeleted }) as unknown as WireDocument)
  );
}

function byId(documents: readonly WireDocument[]): Map<string, WireDocument> {
  return new Map(documents.map((document) => [document.id, document]));
}

/** The journal of one asset, in the order of one device after the other. */
export function journalOf(movements: readonly WireDocument[], assetId: string): WireDocument[] {
  return movements
    .filter((movement) => movement.assetId === assetId)
    .sort((a, b) => String(a.declaredAt).localeCompare(String(b.declaredAt)));
}

/** SPEC J4: every device's entries are numbered from 1 without a gap. */
export function expectGaplessJournal(movements: readonly WireDocument[], devices: readonly string[]): void {
  for (const device of devices) {
    const numbers = movements
      .filter(({ deviceId }) => deviceId === device)
      .map(({ deviceSequence }) => Number(deviceSequence))
      .sort((a, b) => a - b);
    expect(numbers, `journal of ${device}`).toEqual(numbers.map((_number, index) => index + 1));
  }
}
