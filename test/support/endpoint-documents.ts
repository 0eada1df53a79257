import { randomUUID } from 'node:crypto';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { TestDevice } from './endpoint-device.ts';

type Owner = Pick<TestDevice, 'ministry' | 'person' | 'device'>;
/** Anything may be put into a document, also what its schema refuses. */
type Changes = Readonly<Record<string, unknown>>;

let serial = 0;

/** Unique, as a device's sequence makes it (SPEC A2). */
function nextReference(): string {
  serial += 1;
  return `TST-PCP-26-K7-${String(serial).padStart(6, '0')}-A`;
}

const INSTANT = '2026-11-23T10:26:00.000Z';

/** An asset as a device of this ministry would push it. */
export function makeAsset({ ministry }: Pick<Owner, 'ministry'>, changes: Changes = {}): WireDocument {
  const asset: Asset = {
    id: randomUUID(),
    ministryId: ministry.id,
    nature: 'hardware',
    typeCode: 'PCP',
    designation: 'Ordinateur portable',
    brand: 'Dell',
    serialNumber: `SN-${serial}`,
    physicalState: 'good',
    structureId: '0198a000-0000-7000-8000-000000000001',
    siteId: '0198a000-0000-7000-8000-000000000002',
    holderKind: 'service',
    acquisitionMode: 'existing',
    attributes: { memoryMb: 8192, processor: 'i5' },
    reference: nextReference(),
    status: 'in-stock',
    createdAt: INSTANT,
    updatedAt: INSTANT,
  };
  return { ...asset, _deleted: false, ...changes };
}

export function makeMovement({ ministry, person, device }: Owner, changes: Changes = {}): WireDocument {
  const movement: Movement = {
    id: randomUUID(),
    ministryId: ministry.id,
    assetId: randomUUID(),
    kind: 'creation',
    declaredAt: INSTANT,
    author: { personId: person.id, name: person.name, role: person.role },
    deviceId: device.id,
    deviceSequence: 1,
    changes: [{ field: 'brand', from: null, to: 'Dell' }],
  };
  return { ...movement, _deleted: false, ...changes };
}

/** A photo of some asset, as the device that took it would push it. */
export function makeFile({ ministry, person, device }: Owner, changes: Changes = {}): WireDocument {
  const file: RegisterFile = {
    id: randomUUID(),
    ministryId: ministry.id,
    assetId: randomUUID(),
    kind: 'photo',
    name: 'plaque.jpg',
    mediaType: 'image/jpeg',
    hash: 'a'.repeat(64),
    bytes: 1000,
    addedAt: INSTANT,
    author: { personId: person.id, name: person.name, role: person.role },
    deviceId: device.id,
  };
  return { ...file, _deleted: false, ...changes };
}

/** Rows to push: new documents, or changes of a master the client knows. */
export function asRow(collection: string, document: WireDocument, assumed?: WireDocument) {
  return { collection, row: { newDocumentState: document, ...(assumed && { assumedMasterState: assumed }) } };
}
