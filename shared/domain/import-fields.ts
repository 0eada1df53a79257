/**
 * What a column of an imported table may feed, in the order in which a person thinks of it. Most are fields of the
 * asset; `structureId` and `siteId` take names, `holderFirstName` is put after the name, `warrantyMonths` counts from the
 * acquisition, `attributes.*` are technical characteristics.
 */
export const IMPORT_FIELDS = [
  'typeCode',
  'designation',
  'brand',
  'model',
  'serialNumber',
  'inventoryNumber',
  'physicalState',
  'status',
  'structureId',
  'siteId',
  'room',
  'holderKind',
  'holderName',
  'holderFirstName',
  'acquisitionMode',
  'acquisitionDate',
  'acquisitionValue',
  'supplier',
  'commissioningDate',
  'warrantyEnd',
  'warrantyMonths',
  'notes',
  'attributes.processor',
  'attributes.memoryMb',
  'attributes.diskGb',
  'attributes.os',
  'attributes.hostname',
  'attributes.macAddress',
  'attributes.ipAddress',
  'attributes.modelNumber',
  'attributes.orderNumber',
] as const;

export type ImportField = (typeof IMPORT_FIELDS)[number];

const KNOWN: ReadonlySet<string> = new Set(IMPORT_FIELDS);

export function isImportField(name: string): name is ImportField {
  return KNOWN.has(name);
}
