import { type Static, Type } from 'typebox';
import { type AssetStatus, assetFields } from '../schema/asset.ts';
import { isPartialDate } from './date.ts';
import { isJunkSerial } from './serial-number.ts';

/** What a person, or an import, fills in for an asset; the data process adds the rest. */
export const AssetDraft = Type.Object(assetFields, { additionalProperties: false });
export type AssetDraft = Static<typeof AssetDraft>;

/** Changes of an edit: only the fields that change; `null` empties an optional field. */
export const AssetChanges = Type.Object(
  Object.fromEntries(
    Object.entries(assetFields).map(([name, field]) => [name, Type.Optional(Type.Union([field, Type.Null()]))]),
  ),
  { additionalProperties: false },
);
export type AssetChanges = { readonly [Field in keyof AssetDraft]?: AssetDraft[Field] | null | undefined };

/** What an asset may be when it enters the register; every later status is a transition of the lifecycle. */
export const INITIAL_STATUSES = ['in-stock', 'in-service'] as const satisfies readonly AssetStatus[];
export type InitialStatus = (typeof INITIAL_STATUSES)[number];

/**
 * The eight fields without which hardware cannot be registered (data dictionary, table "Matériel"), in the order of
 * the form: type, brand, serial, state, status, site, holder, acquisition.
 */
export const QUICK_ENTRY_FIELDS = [
  'typeCode',
  'brand',
  'serialNumber',
  'physicalState',
  'status',
  'siteId',
  'holderKind',
  'acquisitionMode',
] as const satisfies readonly (keyof AssetDraft | 'status')[];

/** Required besides: the form proposes a designation from type, brand and model, and the person's own structure. */
const REQUIRED_FIELDS = [
  'typeCode',
  'brand',
  'serialNumber',
  'physicalState',
  'siteId',
  'holderKind',
  'acquisitionMode',
  'designation',
  'structureId',
] as const satisfies readonly (keyof AssetDraft)[];

export type AssetProblem = {
  readonly field: keyof AssetDraft;
  readonly problem: 'required' | 'junk-serial' | 'bad-date' | 'warranty-before-acquisition';
};

const DATE_FIELDS = [
  'acquisitionDate',
  'commissioningDate',
  'warrantyEnd',
] as const satisfies readonly (keyof AssetDraft)[];

/**
 * The rules that a JSON schema cannot say (SPEC A5, A6). The form shows them, the command enforces them.
 * Expects a draft of the right shape; an empty list means the asset may be written.
 */
export function findAssetProblems(draft: Partial<AssetDraft>): AssetProblem[] {
  const problems: AssetProblem[] = [];
  for (const field of REQUIRED_FIELDS) {
    if (field === 'serialNumber' ? !draft.serialNumber && !draft.serialAbsenceReason : !draft[field]) {
      problems.push({ field, problem: 'required' });
    }
  }
  if (draft.serialNumber && isJunkSerial(draft.serialNumber))
    problems.push({ field: 'serialNumber', problem: 'junk-serial' });
  if (draft.holderKind === 'agent' && !draft.holderName) problems.push({ field: 'holderName', problem: 'required' });
  for (const field of DATE_FIELDS) {
    const date = draft[field];
    if (date !== undefined && !isPartialDate(date)) problems.push({ field, problem: 'bad-date' });
  }
  // A year alone may begin before or after the other date: only what is certainly wrong is refused.
  const { acquisitionDate: from, warrantyEnd: to } = draft;
  if (from && to && to < from.slice(0, to.length))
    problems.push({ field: 'warrantyEnd', problem: 'warranty-before-acquisition' });
  return problems;
}
