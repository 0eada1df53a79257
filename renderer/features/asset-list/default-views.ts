import type { ListSettings } from '#shared/protocol/views.ts';

export const DEFAULT_VIEW_NAMES = ['warrantyEnding', 'noInventoryNumber', 'inRepair', 'licencesToRenew'] as const;
export type DefaultView = (typeof DEFAULT_VIEW_NAMES)[number];

/** Views that every ministry has from the first day; their names are in the texts. */
export const DEFAULT_VIEWS: Readonly<Record<DefaultView, ListSettings>> = {
  warrantyEnding: {
    filter: {
      nature: ['hardware'],
      status: ['in-stock', 'in-service', 'in-repair', 'on-loan', 'in-transit'],
      endsIn: { from: 0, to: 90 },
    },
    sort: { field: 'end', direction: 'asc' },
    columns: ['reference', 'designation', 'serialNumber', 'supplier', 'end', 'structureId', 'siteId', 'status'],
  },
  noInventoryNumber: {
    filter: { missing: ['inventoryNumber'] },
    columns: ['reference', 'designation', 'serialNumber', 'structureId', 'siteId', 'holderName', 'acquisitionDate'],
  },
  inRepair: {
    filter: { status: ['in-repair'] },
    sort: { field: 'updatedAt', direction: 'asc' },
    columns: ['reference', 'designation', 'serialNumber', 'physicalState', 'structureId', 'holderName', 'updatedAt'],
  },
  licencesToRenew: {
    filter: { nature: ['licence'], status: ['active', 'to-renew'], endsIn: { to: 90 } },
    sort: { field: 'end', direction: 'asc' },
    columns: ['reference', 'designation', 'brand', 'supplier', 'end', 'acquisitionValue', 'structureId', 'status'],
  },
};
