import type { Nature } from '#shared/schema/asset.ts';
import type { FormField } from './form-values.ts';

/** What may be registered by hand; the others come with their own screens. */
export const FORM_NATURES = ['hardware', 'licence', 'consumable', 'contract'] as const satisfies readonly Nature[];
export type FormNature = (typeof FORM_NATURES)[number];

export const SECTIONS = ['identification', 'term', 'acquisition', 'links', 'attributes', 'notes'] as const;
export type SectionName = (typeof SECTIONS)[number];

export type FormLayout = {
  /** Enough to register, in the order of the screen. */
  readonly essential: readonly FormField[];
  /** What may wait, part by part. */
  readonly sections: Readonly<Partial<Record<SectionName, readonly FormField[]>>>;
};

const PAPERS = ['procurementReference', 'invoiceReference', 'receptionReference', 'accountCode'] as const;

/** Where the fields of each nature stand (SPEC A5). Quick entry: eight fields, a structure and a name at the most. */
export const LAYOUTS: Readonly<Record<FormNature, FormLayout>> = {
  hardware: {
    essential: [
      'typeCode',
      'brand',
      'model',
      'serialNumber',
      'serialAbsenceReason',
      'physicalState',
      'status',
      'structureId',
      'siteId',
      'holderKind',
      'holderName',
      'acquisitionMode',
      'designation',
    ],
    sections: {
      identification: ['inventoryNumber', 'room'],
      acquisition: [
        'acquisitionDate',
        'commissioningDate',
        'warrantyEnd',
        'acquisitionValue',
        'supplier',
        'fundingSource',
        'lifetimeMonths',
        ...PAPERS,
      ],
      links: ['parentId', 'licences', 'contracts'],
      attributes: ['attributes'],
      notes: ['notes'],
    },
  },
  licence: {
    essential: ['typeCode', 'brand', 'licenceKind', 'seats', 'expiryDate', 'structureId', 'designation'],
    sections: {
      identification: ['model', 'licenceMetric', 'inventoryNumber', 'isShareable'],
      term: ['contractNumber', 'startDate', 'annualCost'],
      acquisition: ['acquisitionMode', 'acquisitionDate', 'acquisitionValue', 'supplier', 'fundingSource', ...PAPERS],
      links: ['contracts'],
      attributes: ['attributes'],
      notes: ['notes'],
    },
  },
  consumable: {
    essential: ['typeCode', 'brand', 'model', 'unit', 'reorderThreshold', 'structureId', 'siteId', 'designation'],
    sections: {
      identification: ['room'],
      acquisition: ['acquisitionDate', 'acquisitionValue', 'supplier', 'fundingSource', ...PAPERS],
      attributes: ['attributes'],
      notes: ['notes'],
    },
  },
  contract: {
    essential: ['typeCode', 'supplier', 'contractNumber', 'startDate', 'expiryDate', 'structureId', 'designation'],
    sections: {
      term: ['annualCost'],
      acquisition: ['acquisitionDate', 'acquisitionValue', 'fundingSource', ...PAPERS],
      attributes: ['attributes'],
      notes: ['notes'],
    },
  },
};

/** Of a record whose nature has no form, that of hardware. */
export function layoutOf(nature: Nature): FormLayout {
  return LAYOUTS[FORM_NATURES.find((known) => known === nature) ?? 'hardware'];
}

/** In the order of the screen: the first one with a problem gets the focus. */
export function fieldOrder(nature: Nature): readonly FormField[] {
  const { essential, sections } = layoutOf(nature);
  return [...essential, ...SECTIONS.flatMap((section) => sections[section] ?? [])];
}

/** Where a field stands that is not among the essential ones: its section opens when it has a problem. */
export function sectionOf(nature: Nature, field: string): SectionName | undefined {
  const { sections } = layoutOf(nature);
  if (field.startsWith('attributes.')) return 'attributes';
  return SECTIONS.find((section) => sections[section]?.some((name) => name === field));
}
