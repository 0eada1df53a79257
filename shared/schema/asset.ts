import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Francs, Id, Instant, Line, PartialDate, Word } from './collection.ts';

export const NATURES = ['hardware', 'licence', 'e-service', 'hosted-system', 'act'] as const;

export const ASSET_STATUSES = [
  'in-stock',
  'in-service',
  'in-repair',
  'on-loan',
  'in-transit',
  'lost',
  'stolen',
  'proposed-for-disposal',
  'disposed',
  'ceded',
  'destroyed',
  'transferred',
] as const;
export type AssetStatus = (typeof ASSET_STATUSES)[number];

export const PHYSICAL_STATES = ['new', 'good', 'fair', 'poor', 'unusable'] as const;
export type PhysicalState = (typeof PHYSICAL_STATES)[number];

export const HOLDER_KINDS = ['agent', 'service', 'technical-room'] as const;
export type HolderKind = (typeof HOLDER_KINDS)[number];

export const ACQUISITION_MODES = [
  'public-contract',
  'purchase-order',
  'donation',
  'project',
  'transfer-received',
  'rental',
  'existing',
] as const;
export type AcquisitionMode = (typeof ACQUISITION_MODES)[number];

export const SERIAL_ABSENCE_REASONS = ['illegible', 'absent'] as const;

/** What a person fills in (domain.md sections 6.1 and 6.2). The program adds id, reference and bookkeeping. */
export const assetFields = {
  nature: Word(NATURES),
  /** Code of an `equipment-type` reference, such as `PCP`. */
  typeCode: Type.String({ minLength: 2, maxLength: 8, pattern: '^[A-Z0-9]+$' }),
  designation: Line(200),
  brand: Line(100),
  model: Type.Optional(Line(150)),
  /** Absent only together with a reason. */
  serialNumber: Type.Optional(Line(100)),
  serialAbsenceReason: Type.Optional(Word(SERIAL_ABSENCE_REASONS)),
  /** Free text given by the comptable des matières, maybe weeks later. */
  inventoryNumber: Type.Optional(Line(100)),
  physicalState: Word(PHYSICAL_STATES),
  structureId: Id,
  siteId: Id,
  /** Building, floor, office as written on the door. */
  room: Type.Optional(Line(100)),
  holderKind: Word(HOLDER_KINDS),
  /** Personal data when the holder is an agent. */
  holderName: Type.Optional(Line(150)),
  acquisitionMode: Word(ACQUISITION_MODES),
  acquisitionDate: Type.Optional(PartialDate),
  commissioningDate: Type.Optional(PartialDate),
  acquisitionValue: Type.Optional(Francs),
  supplier: Type.Optional(Line(150)),
  warrantyEnd: Type.Optional(PartialDate),
  notes: Type.Optional(Type.String({ maxLength: 4000 })),
  /** Technical characteristics by name: `processor`, `memoryMb`, `macAddress` … Values are what was read, not parsed. */
  attributes: Type.Optional(
    Type.Record(
      Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
      Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]),
      { maxProperties: 200, additionalProperties: false },
    ),
  ),
} as const;

/** The certificate that a device's data was wiped. */
export const Wiping = Type.Object(
  { method: Line(200), date: PartialDate, by: Type.Optional(Line(150)) },
  { additionalProperties: false },
);

export const Asset = Document({
  ...assetFields,
  reference: Line(40),
  status: Word(ASSET_STATUSES),
  /** Where it is on its way to (`in-transit`). */
  destinationStructureId: Type.Optional(Id),
  /** When it is to come back (`on-loan`). */
  returnDate: Type.Optional(PartialDate),
  /** How its data was wiped before it left, and when. */
  wiping: Type.Optional(Wiping),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Asset = Static<typeof Asset>;

export const assets = {
  name: 'assets',
  version: 0,
  document: Asset,
  // Lists, searches and counts are answered by the asset index of the data process; this one serves a form's proposals.
  indexes: [['typeCode', 'updatedAt']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
