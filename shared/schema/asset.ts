import { type Static, type TSchema, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Francs, Id, Instant, Line, PartialDate, Word } from './collection.ts';

export const NATURES = ['hardware', 'licence', 'consumable', 'contract', 'e-service', 'hosted-system', 'act'] as const;
export type Nature = (typeof NATURES)[number];

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
  /** Of a licence or a contract. That it has expired is told by its date, never stored. */
  'active',
  'to-renew',
  'terminated',
  /** Of a record that was found to be another one (`mergedIntoId`). */
  'merged',
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

export const LICENCE_KINDS = [
  'perpetual',
  'subscription',
  'oem',
  'volume',
  'free',
  'in-house',
  'donation',
  'none-found',
] as const;
export type LicenceKind = (typeof LICENCE_KINDS)[number];

export const LICENCE_METRICS = ['device', 'user', 'core', 'site'] as const;
export type LicenceMetric = (typeof LICENCE_METRICS)[number];

/** Most links of one kind that an asset has. */
const MAX_LINKS = 200;

/**
 * Links to other assets by their ids. They stand on the asset that is attached, not on the one that is attached to: two
 * desktops that attach two assets to one licence change two records. Merged link by link, like attributes.
 */
function Links<const Value extends TSchema>(value: Value) {
  return Type.Record(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' }), value, {
    maxProperties: MAX_LINKS,
    additionalProperties: false,
  });
}

/**
 * What a person fills in (domain.md sections 6.1 to 6.3). The program adds id, reference and bookkeeping. Which fields a nature
 * has, and which of them it must have, stands in `domain/natures.ts` (SPEC A5).
 */
export const assetFields = {
  nature: Word(NATURES),
  /** Code of an `equipment-type` reference, such as `PCP`. */
  typeCode: Type.String({ minLength: 2, maxLength: 8, pattern: '^[A-Z0-9]+$' }),
  designation: Line(200),
  /** Maker; publisher of a licence. */
  brand: Type.Optional(Line(100)),
  model: Type.Optional(Line(150)),
  /** Absent only together with a reason. */
  serialNumber: Type.Optional(Line(100)),
  serialAbsenceReason: Type.Optional(Word(SERIAL_ABSENCE_REASONS)),
  /** Free text given by the comptable des matières, maybe weeks later. */
  inventoryNumber: Type.Optional(Line(100)),
  physicalState: Type.Optional(Word(PHYSICAL_STATES)),
  structureId: Id,
  siteId: Type.Optional(Id),
  /** Building, floor, office as written on the door. */
  room: Type.Optional(Line(100)),
  holderKind: Type.Optional(Word(HOLDER_KINDS)),
  /** Row of `agents`, where the holder is one of them; the name stays beside it as it was then. */
  holderId: Type.Optional(Id),
  /** Personal data when the holder is an agent. */
  holderName: Type.Optional(Line(150)),
  acquisitionMode: Type.Optional(Word(ACQUISITION_MODES)),
  acquisitionDate: Type.Optional(PartialDate),
  commissioningDate: Type.Optional(PartialDate),
  acquisitionValue: Type.Optional(Francs),
  supplier: Type.Optional(Line(150)),
  warrantyEnd: Type.Optional(PartialDate),
  /** Budget, partner or project that paid. */
  fundingSource: Type.Optional(Line(150)),
  /** Numbers of the papers it came with, as written on them. */
  procurementReference: Type.Optional(Line(100)),
  invoiceReference: Type.Optional(Line(100)),
  receptionReference: Type.Optional(Line(100)),
  /** Code of an `account` reference (nomenclature, compte matière). */
  accountCode: Type.Optional(Line(40)),
  /** Straight-line depreciation is computed only where this was given (here or by the type); never filled in by default. */
  lifetimeMonths: Type.Optional(Type.Integer({ minimum: 1, maximum: 1200 })),
  /** The asset that this one is a part of. */
  parentId: Type.Optional(Id),
  /** Licences that this asset uses, with the seats it takes of each. */
  licences: Type.Optional(Links(Type.Integer({ minimum: 1, maximum: 100_000 }))),
  /** Contracts that cover this asset. */
  contracts: Type.Optional(Links(Type.Literal(true))),
  licenceKind: Type.Optional(Word(LICENCE_KINDS)),
  licenceMetric: Type.Optional(Word(LICENCE_METRICS)),
  /** Bought; absent means without limit. Used seats are counted from `licences` of the others. */
  seats: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  contractNumber: Type.Optional(Line(100)),
  startDate: Type.Optional(PartialDate),
  /** Last day of a licence or contract. */
  expiryDate: Type.Optional(PartialDate),
  /** F CFA a year. */
  annualCost: Type.Optional(Francs),
  /** May other ministries use it too. */
  isShareable: Type.Optional(Type.Boolean()),
  /** What a consumable is counted in: piece, ream, box. Its stock is the sum of its entries (SPEC A10), never a field. */
  unit: Type.Optional(Line(20)),
  /** Stock at which a consumable is to be ordered again. */
  reorderThreshold: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
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

/** The record of the ministry that handed an asset over. */
export const Origin = Type.Object(
  { ministry: Line(200), assetId: Id, reference: Line(40) },
  { additionalProperties: false },
);

export const Asset = Document({
  ...assetFields,
  reference: Line(40),
  status: Word(ASSET_STATUSES),
  /** Where it is on its way to (`in-transit`). */
  destinationStructureId: Type.Optional(Id),
  /** The ministry it is on its way to, or went to, as named in the register. */
  destinationMinistry: Type.Optional(Line(200)),
  /** The record it continues in, where two were one thing (`merged`). */
  mergedIntoId: Type.Optional(Id),
  /** Where it comes from, when another ministry handed it over. */
  origin: Type.Optional(Origin),
  /** When it is to come back (`on-loan`). */
  returnDate: Type.Optional(PartialDate),
  /** How its data was wiped before it left, and when. */
  wiping: Type.Optional(Wiping),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Asset = Static<typeof Asset>;

/** Fields that hold values by name: compared, merged and journaled name by name. */
export const KEYED_FIELDS = ['attributes', 'licences', 'contracts'] as const satisfies readonly (keyof Asset)[];

export const assets = {
  name: 'assets',
  version: 0,
  document: Asset,
  // Lists, searches and counts are answered by the asset index of the data process; this one serves a form's proposals.
  indexes: [['typeCode', 'updatedAt']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
