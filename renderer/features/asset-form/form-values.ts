import {
  type AssetChanges,
  type AssetDraft,
  findAssetProblems,
  INITIAL_STATUSES,
  type InitialStatus,
} from '#shared/domain/asset.ts';
import type { AttributeProblem } from '#shared/domain/attributes.ts';
import { hasField, ruleOfNature } from '#shared/domain/natures.ts';
import type { Asset, Nature } from '#shared/schema/asset.ts';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';
import { type AttributeRow, findRowProblems, toAttributes, toRows } from './form-attributes.ts';

export type { AttributeRow } from './form-attributes.ts';

/** A licence used, with the seats taken of it. */
export type LicenceRow = { readonly id: string; readonly seats: number | string };

/** What the fields of the form hold: text as typed, empty when not filled in. */
export type FormValues = Record<TextField | DateField, string> &
  Record<NumberField, number | string> & {
    nature: Nature;
    status: string;
    /** `yes`, `no` or empty. */
    isShareable: string;
    licences: LicenceRow[];
    contracts: string[];
    attributes: AttributeRow[];
  };

export type FormField = keyof FormValues;
export type FormProblem = ReturnType<typeof findAssetProblems>[number]['problem'] | AttributeProblem['problem'];

const DATE_FIELDS = ['acquisitionDate', 'commissioningDate', 'warrantyEnd', 'startDate', 'expiryDate'] as const;
export type DateField = (typeof DATE_FIELDS)[number];
const NUMBER_FIELDS = ['acquisitionValue', 'lifetimeMonths', 'seats', 'annualCost', 'reorderThreshold'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];
const TEXT_FIELDS = [
  'typeCode',
  'brand',
  'model',
  'designation',
  'serialNumber',
  'serialAbsenceReason',
  'inventoryNumber',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'holderKind',
  'holderName',
  'holderId',
  'acquisitionMode',
  'supplier',
  'fundingSource',
  'procurementReference',
  'invoiceReference',
  'receptionReference',
  'accountCode',
  'parentId',
  'licenceKind',
  'licenceMetric',
  'contractNumber',
  'unit',
  'notes',
] as const satisfies readonly (keyof AssetDraft)[];
export type TextField = (typeof TEXT_FIELDS)[number];

// Every field of these kinds, empty.
const EMPTY = Object.fromEntries(
  [...TEXT_FIELDS, ...DATE_FIELDS, ...NUMBER_FIELDS].map((field) => [field, '']),
) as Record<TextField | DateField, string> & Record<NumberField, number | string>;

export const EMPTY_VALUES: FormValues = {
  ...EMPTY,
  nature: 'hardware',
  status: '',
  isShareable: '',
  licences: [],
  contracts: [],
  attributes: [],
};

/** Where a record of a nature begins. */
export function emptyValues(nature: Nature): FormValues {
  return { ...EMPTY_VALUES, nature };
}

export function isDateField(field: FormField): field is DateField {
  return DATE_FIELDS.some((name) => name === field);
}

export function isNumberField(field: FormField): field is NumberField {
  return NUMBER_FIELDS.some((name) => name === field);
}

export function fromAsset(asset: Asset, definitions: readonly AttributeDefinition[] = []): FormValues {
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, asset[field] ?? '']));
  const dates = Object.fromEntries(DATE_FIELDS.map((field) => [field, printPartialDate(asset[field] ?? '')]));
  const numbers = Object.fromEntries(NUMBER_FIELDS.map((field) => [field, asset[field] ?? '']));
  return {
    ...EMPTY_VALUES,
    ...texts,
    ...dates,
    ...numbers,
    nature: asset.nature,
    status: asset.status,
    isShareable: asset.isShareable === undefined ? '' : yesOrNo(asset.isShareable),
    licences: Object.entries(asset.licences ?? {}).map(([id, seats]) => ({ id, seats })),
    contracts: Object.keys(asset.contracts ?? {}),
    attributes: toRows(asset.attributes, definitions),
  };
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/**
 * The draft these values stand for: the fields of its nature. A date that cannot be read stays as typed, for the rules to
 * refuse.
 */
export function toDraft(
  values: FormValues,
  base?: Asset,
  definitions: readonly AttributeDefinition[] = [],
): Partial<AssetDraft> {
  const { nature } = values;
  const texts = TEXT_FIELDS.flatMap((field) => (values[field].trim() ? [[field, values[field].trim()]] : []));
  const dates = DATE_FIELDS.flatMap((field) => {
    const typed = values[field].trim();
    return typed ? [[field, parsePartialDate(typed) ?? typed]] : [];
  });
  const numbers = NUMBER_FIELDS.flatMap((field) => (values[field] === '' ? [] : [[field, Number(values[field])]]));
  const shareable = values.isShareable === '' ? [] : [['isShareable', values.isShareable === 'yes']];
  const records = {
    licences: Object.fromEntries(values.licences.map(({ id, seats }) => [id, Math.max(1, Number(seats) || 1)])),
    contracts: Object.fromEntries(values.contracts.map((id) => [id, true])),
    attributes: toAttributes(values.attributes, definitions, base?.attributes),
  };
  const filled = Object.entries(records).filter(([, record]) => Object.keys(record).length > 0);
  const fields = [...texts, ...dates, ...numbers, ...shareable, ...filled];
  // Built from the fields of the form; words are checked by the command, problems are found below.
  return Object.fromEntries([
    ['nature', nature],
    ...fields
      .filter(([field]) => field !== 'serialAbsenceReason' || !values.serialNumber.trim())
      .filter(([field]) => hasField(nature, field as keyof AssetDraft)),
  ]) as Partial<AssetDraft>;
}

const CHANGEABLE = [
  ...TEXT_FIELDS,
  ...DATE_FIELDS,
  ...NUMBER_FIELDS,
  'isShareable',
  'licences',
  'contracts',
  'attributes',
] as const satisfies readonly (keyof AssetDraft)[];

/** The fields that differ from the record as it was when the form opened; `null` empties one. */
export function toChanges(
  values: FormValues,
  base: Asset,
  definitions: readonly AttributeDefinition[] = [],
): AssetChanges {
  const draft = toDraft(values, base, definitions);
  return Object.fromEntries(
    CHANGEABLE.flatMap((field) => {
      const [before, after] = [base[field] ?? null, draft[field] ?? null];
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [[field, after]];
    }),
  );
}

type Task = { readonly kind: 'new' | 'series' } | { readonly kind: 'edit'; readonly base: Asset };

/** The problems by field, as the command would find them. The serials of a series are asked for afterwards. */
export function findFormProblems(
  values: FormValues,
  task: Task = { kind: 'new' },
  definitions: readonly AttributeDefinition[] = [],
): Record<string, FormProblem> {
  const base = task.kind === 'edit' ? task.base : undefined;
  const draft = toDraft(values, base, definitions);
  const problems = findAssetProblems(draft)
    .filter(({ field }) => task.kind !== 'series' || field !== 'serialNumber')
    .map(({ field, problem }) => [field, problem] as const);
  const noStatus = !base && !statusOf(values) ? [['status', 'required'] as const] : [];
  return {
    ...findRowProblems(definitions, draft.attributes, base?.attributes),
    ...Object.fromEntries(problems),
    ...Object.fromEntries(noStatus),
  };
}

/** What a nature begins as; chosen only where there are several ways. */
function statusOf({ nature, status }: FormValues): InitialStatus | undefined {
  const { initialStatuses } = ruleOfNature(nature);
  const only = initialStatuses.length === 1 ? initialStatuses[0] : status;
  return INITIAL_STATUSES.find((known) => known === only);
}

export function initialStatus(values: FormValues): InitialStatus {
  return statusOf(values) ?? 'in-service';
}

/** What the next asset of a series probably shares with this one: all but what identifies it. */
export function forNext(values: FormValues): FormValues {
  return { ...values, serialNumber: '', serialAbsenceReason: '', inventoryNumber: '', holderName: '', holderId: '' };
}

/** Characteristics of one device, which another of the same model does not share. */
const OWN_ATTRIBUTES: ReadonlySet<string> = new Set([
  'hostname',
  'macAddress',
  'ipAddress',
  'imei',
  'phoneNumber',
  'pageCount',
  'systemUuid',
  'connectedTo',
]);

/** A new asset like this one, as far as two assets are alike: parts and seats are each one's own. */
export function likeAsset(asset: Asset, definitions: readonly AttributeDefinition[] = []): FormValues {
  const values = forNext(fromAsset(asset, definitions));
  const isInitial = INITIAL_STATUSES.some((status) => status === asset.status);
  return {
    ...values,
    status: isInitial ? asset.status : '',
    parentId: '',
    licences: [],
    attributes: values.attributes.filter(({ name }) => !OWN_ATTRIBUTES.has(name)),
  };
}

/** Where a series begins: new, in stock, nobody's yet. */
const NEW_IN_STOCK = {
  status: 'in-stock',
  physicalState: 'new',
  holderKind: 'service',
  holderName: '',
  holderId: '',
} as const;

/** A series of the model of this asset, which comes at another time than it did; or of any model. */
export function forSeries(
  structureId: string,
  like?: Asset,
  definitions: readonly AttributeDefinition[] = [],
): FormValues {
  if (!like) return { ...EMPTY_VALUES, structureId, ...NEW_IN_STOCK };
  const dates = { acquisitionDate: '', commissioningDate: '', warrantyEnd: '' };
  return { ...likeAsset(like, definitions), room: '', ...dates, ...NEW_IN_STOCK };
}
