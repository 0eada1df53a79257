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

/**
 * What an import may say about a line, besides the problems of `findAssetProblems`. Of these, the first four stop the
 * line; the others are told and the asset is created all the same.
 */
export const IMPORT_PROBLEMS = [
  /** The file describes a virtual machine: no piece of equipment. */
  'virtual-machine',
  /** More cells than headers: a separator inside a value has shifted the row. */
  'too-many-cells',
  /** The same serial, or the same inventory number without serial, stands earlier in the files. */
  'duplicate-in-files',
  /** The value does not fit the schema. */
  'bad-value',
  'serial-missing',
  /** A spreadsheet has turned the serial into `1.2E+11`. */
  'serial-damaged',
  /** The type comes from the model or the designation, not from a word that names it. */
  'type-guessed',
  'unknown-type',
  'brand-unknown',
  'brand-guessed',
  /** A screen without a serial, or built into the computer, is not registered apart. */
  'screen-not-separate',
  /** No person is named, so that the service holds it. */
  'holder-unknown',
  'unknown-structure',
  'unknown-site',
  'unknown-value',
  /** A status other than in stock or in service is a later act: the asset enters with the chosen status. */
  'status-not-initial',
  'bad-number',
  'value-rounded',
  'foreign-currency',
  'date-from-number',
  'too-long',
  'missing-cells',
  /** Another asset, here or in the register, has this inventory number. */
  'duplicate-inventory-number',
] as const;

export type ImportProblem = (typeof IMPORT_PROBLEMS)[number];
