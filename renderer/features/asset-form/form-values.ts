import {
  type AssetChanges,
  type AssetDraft,
  findAssetProblems,
  INITIAL_STATUSES,
  type InitialStatus,
} from '#shared/domain/asset.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';

export type AttributeRow = { readonly name: string; readonly value: string };

/** What the fields of the form hold: text as typed, empty when not filled in. */
export type FormValues = {
  typeCode: string;
  brand: string;
  model: string;
  designation: string;
  serialNumber: string;
  serialAbsenceReason: string;
  inventoryNumber: string;
  physicalState: string;
  status: string;
  structureId: string;
  siteId: string;
  room: string;
  holderKind: string;
  holderName: string;
  acquisitionMode: string;
  acquisitionDate: string;
  commissioningDate: string;
  acquisitionValue: number | string;
  supplier: string;
  warrantyEnd: string;
  notes: string;
  attributes: AttributeRow[];
};

export type FormField = keyof FormValues;
export type FormProblem = ReturnType<typeof findAssetProblems>[number]['problem'];

export const EMPTY_VALUES: FormValues = {
  typeCode: '',
  brand: '',
  model: '',
  designation: '',
  serialNumber: '',
  serialAbsenceReason: '',
  inventoryNumber: '',
  physicalState: '',
  status: '',
  structureId: '',
  siteId: '',
  room: '',
  holderKind: '',
  holderName: '',
  acquisitionMode: '',
  acquisitionDate: '',
  commissioningDate: '',
  acquisitionValue: '',
  supplier: '',
  warrantyEnd: '',
  notes: '',
  attributes: [],
};

/** In the order of the screen: the first one with a problem gets the focus. */
export const FIELD_ORDER = [
  'typeCode',
  'brand',
  'model',
  'serialNumber',
  'physicalState',
  'status',
  'structureId',
  'siteId',
  'holderKind',
  'holderName',
  'acquisitionMode',
  'designation',
  'inventoryNumber',
  'room',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
  'notes',
] as const satisfies readonly FormField[];

const DATE_FIELDS = ['acquisitionDate', 'commissioningDate', 'warrantyEnd'] as const;
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
  'acquisitionMode',
  'supplier',
  'notes',
] as const satisfies readonly (FormField & keyof AssetDraft)[];

export function fromAsset(asset: Asset): FormValues {
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, asset[field] ?? '']));
  const dates = Object.fromEntries(DATE_FIELDS.map((field) => [field, printPartialDate(asset[field] ?? '')]));
  return {
    ...EMPTY_VALUES,
    ...texts,
    ...dates,
    status: asset.status,
    acquisitionValue: asset.acquisitionValue ?? '',
    attributes: Object.entries(asset.attributes ?? {}).map(([name, value]) => ({ name, value: String(value) })),
  };
}

/** The draft these values stand for. A date that cannot be read stays as typed, for the rules to refuse. */
export function toDraft(values: FormValues, base?: Asset): Partial<AssetDraft> {
  const texts = TEXT_FIELDS.flatMap((field) => (values[field].trim() ? [[field, values[field].trim()]] : []));
  const dates = DATE_FIELDS.flatMap((field) => {
    const typed = values[field].trim();
    return typed ? [[field, parsePartialDate(typed) ?? typed]] : [];
  });
  const value = values.acquisitionValue === '' ? [] : [['acquisitionValue', Number(values.acquisitionValue)]];
  const attributes = toAttributes(values.attributes, base);
  // Built from the fields of the form; words are checked by the command, problems are found below.
  return Object.fromEntries([
    ['nature', base?.nature ?? 'hardware'],
    ...texts.filter(([field]) => field !== 'serialAbsenceReason' || !values.serialNumber.trim()),
    ...dates,
    ...value,
    ...(Object.keys(attributes).length > 0 ? [['attributes', attributes]] : []),
  ]) as Partial<AssetDraft>;
}

/** An attribute keeps its kind where the text still fits it. */
function toAttributes(rows: readonly AttributeRow[], base?: Asset): NonNullable<AssetDraft['attributes']> {
  const filled = rows.filter(({ name, value }) => name && value.trim());
  return Object.fromEntries(
    filled.map(({ name, value }) => {
      const before = base?.attributes?.[name];
      if (before !== undefined && String(before) === value) return [name, before];
      const typed = value.trim();
      return [name, typeof before === 'number' && Number.isFinite(Number(typed)) ? Number(typed) : typed];
    }),
  );
}

/** The fields that differ from the record as it was when the form opened; `null` empties one. */
export function toChanges(values: FormValues, base: Asset): AssetChanges {
  const draft = toDraft(values, base);
  const fields = [...TEXT_FIELDS, ...DATE_FIELDS, 'acquisitionValue', 'attributes'] as const;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const [before, after] = [base[field] ?? null, draft[field] ?? null];
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [[field, after]];
    }),
  );
}

/** The problems by field, as the command would find them. The serials of a series are asked for afterwards. */
export function findFormProblems(
  values: FormValues,
  task: { readonly kind: 'new' | 'series' } | { readonly kind: 'edit'; readonly base: Asset } = { kind: 'new' },
): Partial<Record<FormField, FormProblem>> {
  const base = task.kind === 'edit' ? task.base : undefined;
  const problems = findAssetProblems(toDraft(values, base))
    .filter(({ field }) => task.kind !== 'series' || field !== 'serialNumber')
    .map(({ field, problem }) => [field, problem]);
  const noStatus = !base && !values.status ? [['status', 'required']] : [];
  return Object.fromEntries([...problems, ...noStatus]);
}

export function initialStatus(values: FormValues): InitialStatus {
  return values.status === 'in-stock' ? 'in-stock' : 'in-service';
}

/** What the next asset of a series probably shares with this one: all but what identifies it. */
export function forNext(values: FormValues): FormValues {
  return { ...values, serialNumber: '', serialAbsenceReason: '', inventoryNumber: '', holderName: '' };
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

/** A new asset like this one, as far as two assets are alike. */
export function likeAsset(asset: Asset): FormValues {
  const values = forNext(fromAsset(asset));
  const isInitial = INITIAL_STATUSES.some((status) => status === asset.status);
  return {
    ...values,
    status: isInitial ? asset.status : '',
    attributes: values.attributes.filter(({ name }) => !OWN_ATTRIBUTES.has(name)),
  };
}

/** Where a series begins: new, in stock, nobody's yet. */
const NEW_IN_STOCK = { status: 'in-stock', physicalState: 'new', holderKind: 'service', holderName: '' } as const;

/** A series of the model of this asset, which comes at another time than it did; or of any model. */
export function forSeries(structureId: string, like?: Asset): FormValues {
  if (!like) return { ...EMPTY_VALUES, structureId, ...NEW_IN_STOCK };
  const dates = { acquisitionDate: '', commissioningDate: '', warrantyEnd: '' };
  return { ...likeAsset(like), room: '', ...dates, ...NEW_IN_STOCK };
}
