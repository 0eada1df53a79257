import { type Static, Type } from 'typebox';
import { type AssetStatus, assetFields } from '../schema/asset.ts';
import { isPartialDate } from './date.ts';
import { hasField, ruleOfNature } from './natures.ts';
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
export const INITIAL_STATUSES = ['in-stock', 'in-service', 'active'] as const satisfies readonly AssetStatus[];
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

export type AssetProblem = {
  readonly field: keyof AssetDraft;
  readonly problem:
    | 'required'
    | 'junk-serial'
    | 'bad-date'
    | 'warranty-before-acquisition'
    | 'expiry-before-start'
    /** The field is not one of this nature. */
    | 'not-of-nature';
};

// The keys of the draft.
const DRAFT_FIELDS = Object.keys(assetFields) as (keyof AssetDraft)[];

const DATE_FIELDS = [
  'acquisitionDate',
  'commissioningDate',
  'warrantyEnd',
  'startDate',
  'expiryDate',
] as const satisfies readonly (keyof AssetDraft)[];

/**
 * The rules that a JSON schema cannot say (SPEC A5, A6). The form shows them, the command enforces them.
 * Expects a draft of the right shape; an empty list means the asset may be written.
 */
export function findAssetProblems(draft: Partial<AssetDraft>): AssetProblem[] {
  const problems: AssetProblem[] = [];
  const nature = draft.nature ?? 'hardware';
  for (const field of ruleOfNature(nature).required) {
    if (field === 'serialNumber' ? !draft.serialNumber && !draft.serialAbsenceReason : !draft[field]) {
      problems.push({ field, problem: 'required' });
    }
  }
  for (const field of DRAFT_FIELDS) {
    if (draft[field] !== undefined && !hasField(nature, field)) problems.push({ field, problem: 'not-of-nature' });
  }
  if (draft.serialNumber && isJunkSerial(draft.serialNumber))
    problems.push({ field: 'serialNumber', problem: 'junk-serial' });
  if (draft.holderKind === 'agent' && !draft.holderName) problems.push({ field: 'holderName', problem: 'required' });
  for (const field of DATE_FIELDS) {
    const date = draft[field];
    if (date !== undefined && !isPartialDate(date)) problems.push({ field, problem: 'bad-date' });
  }
  if (isBefore(draft.warrantyEnd, draft.acquisitionDate)) {
    problems.push({ field: 'warrantyEnd', problem: 'warranty-before-acquisition' });
  }
  if (isBefore(draft.expiryDate, draft.startDate))
    problems.push({ field: 'expiryDate', problem: 'expiry-before-start' });
  return problems;
}

/** A year alone may begin before or after the other date: only what is certainly wrong counts. */
function isBefore(end: string | undefined, start: string | undefined): boolean {
  return start !== undefined && end !== undefined && end < start.slice(0, end.length);
}
