import type { AssetStatus, assetFields, Nature } from '../schema/asset.ts';

type DraftField = keyof typeof assetFields;

/** What the records of one nature hold, must hold, and begin as (SPEC A5; domain.md sections 6.1 to 6.3). */
export type NatureRule = {
  /** The first is proposed. */
  readonly initialStatuses: readonly AssetStatus[];
  /** In the order of the form. A serial may be absent with a reason. */
  readonly required: readonly DraftField[];
  readonly optional: readonly DraftField[];
};

const WHAT = ['nature', 'typeCode', 'designation', 'structureId'] as const satisfies readonly DraftField[];

const PURCHASE = [
  'acquisitionDate',
  'acquisitionValue',
  'supplier',
  'fundingSource',
  'procurementReference',
  'invoiceReference',
  'receptionReference',
  'accountCode',
] as const satisfies readonly DraftField[];

const TERM = ['contractNumber', 'startDate', 'expiryDate', 'annualCost'] as const satisfies readonly DraftField[];

export const NATURE_RULES = {
  hardware: {
    initialStatuses: ['in-stock', 'in-service'],
    required: [
      'typeCode',
      'brand',
      'serialNumber',
      'physicalState',
      'siteId',
      'holderKind',
      'acquisitionMode',
      'designation',
      'structureId',
      'nature',
    ],
    optional: [
      ...PURCHASE,
      'model',
      'serialAbsenceReason',
      'inventoryNumber',
      'room',
      'holderId',
      'holderName',
      'commissioningDate',
      'warrantyEnd',
      'lifetimeMonths',
      'parentId',
      'licences',
      'contracts',
      'notes',
      'attributes',
    ],
  },
  licence: {
    initialStatuses: ['active'],
    required: [...WHAT, 'brand', 'licenceKind'],
    optional: [
      ...PURCHASE,
      ...TERM,
      'model',
      'inventoryNumber',
      'acquisitionMode',
      'licenceMetric',
      'seats',
      'isShareable',
      'contracts',
      'notes',
      'attributes',
    ],
  },
  consumable: {
    initialStatuses: ['in-stock'],
    required: [...WHAT, 'siteId', 'unit'],
    optional: [...PURCHASE, 'brand', 'model', 'room', 'reorderThreshold', 'notes', 'attributes'],
  },
  contract: {
    initialStatuses: ['active'],
    required: [...WHAT, 'supplier'],
    optional: [...PURCHASE, ...TERM, 'notes', 'attributes'],
  },
  'e-service': { initialStatuses: ['in-service'], required: WHAT, optional: ['notes', 'attributes'] },
  'hosted-system': { initialStatuses: ['in-service'], required: WHAT, optional: ['notes', 'attributes'] },
  act: { initialStatuses: ['in-service'], required: WHAT, optional: ['notes', 'attributes'] },
} as const satisfies Readonly<Record<Nature, NatureRule>>;

export function ruleOfNature(nature: Nature): NatureRule {
  return NATURE_RULES[nature];
}

export function hasField(nature: Nature, field: DraftField): boolean {
  const { required, optional } = ruleOfNature(nature);
  return required.includes(field) || optional.includes(field);
}
