import { type Static, Type } from 'typebox';
import { ASSET_STATUSES, type Asset, HOLDER_KINDS, PHYSICAL_STATES, Wiping } from '../schema/asset.ts';
import { Id, Line, PartialDate, Word } from '../schema/collection.ts';
import { Repair } from '../schema/movement.ts';
import { isPartialDate } from './date.ts';
import { type KeepsData, keepsDataByList } from './equipment-types.ts';
import { ACT_NAMES, type ActField, type ActRule, isOfNature, ruleOf } from './lifecycle.ts';
import type { Role } from './roles.ts';

/** Most assets of one act. */
export const MAX_ACT_ASSETS = 500;

/** One act on one asset or many: one paper, one group of entries. What each act asks for stands in `lifecycle.ts`. */
export const ActInput = Type.Object(
  {
    act: Word(ACT_NAMES),
    assetIds: Type.Array(Id, { minItems: 1, maxItems: MAX_ACT_ASSETS, uniqueItems: true }),
    /** Where the act leads to several. */
    status: Type.Optional(Word(ASSET_STATUSES)),
    physicalState: Type.Optional(Word(PHYSICAL_STATES)),
    holderKind: Type.Optional(Word(HOLDER_KINDS)),
    holderName: Type.Optional(Line(150)),
    holderId: Type.Optional(Id),
    structureId: Type.Optional(Id),
    siteId: Type.Optional(Id),
    room: Type.Optional(Line(100)),
    destinationStructureId: Type.Optional(Id),
    returnDate: Type.Optional(PartialDate),
    documentNumber: Type.Optional(Line(100)),
    reason: Type.Optional(Line(1000)),
    repair: Type.Optional(Repair),
    wiping: Type.Optional(Wiping),
    /** Of a consumable: what comes in, goes out, or was counted. */
    quantity: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    expiryDate: Type.Optional(PartialDate),
    destinationMinistry: Type.Optional(Line(200)),
  },
  { additionalProperties: false },
);
export type ActInput = Static<typeof ActInput>;
type InputField = Exclude<keyof ActInput, 'act' | 'assetIds'>;

export type ActProblem = {
  readonly field: InputField | 'act';
  readonly problem: 'required' | 'not-accepted' | 'bad-date' | 'impossible' | 'forbidden';
};

/** Which inputs make up what an act asks for. */
const INPUTS: Readonly<Record<ActField, readonly InputField[]>> = {
  physicalState: ['physicalState'],
  holder: ['holderKind', 'holderName', 'holderId'],
  place: ['structureId', 'siteId', 'room'],
  destination: ['destinationStructureId'],
  returnDate: ['returnDate'],
  documentNumber: ['documentNumber'],
  reason: ['reason'],
  repair: ['repair'],
  wiping: ['wiping'],
  quantity: ['quantity'],
  expiryDate: ['expiryDate'],
  destinationMinistry: ['destinationMinistry'],
};
const INPUT_FIELDS = Object.values(INPUTS).flat();

/** What is wrong with an act whatever the asset; empty when nothing is. */
export function findActProblems(input: ActInput, role: Role): ActProblem[] {
  const rule = ruleOf(input.act);
  if (!rule.roles.includes(role)) return [{ field: 'act', problem: 'forbidden' }];
  return [
    ...rule.requires.filter((field) => field !== 'wiping').flatMap((field) => missing(field, input)),
    ...unexpected(rule, input),
    ...badDates(input),
    ...(input.status !== undefined && !rule.to.includes(input.status) ? [problem('status', 'impossible')] : []),
  ];
}

/** What stands against this act on this very asset. */
export function findAssetActProblems(
  asset: Asset,
  input: ActInput,
  keepsData: KeepsData = keepsDataByList,
): ActProblem[] {
  const rule = ruleOf(input.act);
  if (!isOfNature(input.act, asset.nature) || !rule.from.includes(asset.status)) return [problem('act', 'impossible')];
  if (input.act === 'receipt' && asset.status !== 'in-transit' && !input.documentNumber?.trim()) {
    return [problem('documentNumber', 'required')];
  }
  // What is on its way to a place of the ministry is not handed over to another one.
  if (input.act === 'handover' && asset.status === 'in-transit' && !asset.destinationMinistry) {
    return [problem('act', 'impossible')];
  }
  // What stores data leaves the State's hands only wiped.
  const mustBeWiped = rule.requires.includes('wiping') && keepsData(asset.typeCode);
  return mustBeWiped && !input.wiping && !asset.wiping ? [problem('wiping', 'required')] : [];
}

/** The asset after the act. Pure; expects an act without problems. `updatedAt` is the caller's. */
export function applyAct(asset: Asset, input: ActInput): Asset {
  const { holderName, holderId, returnDate, destinationStructureId, destinationMinistry, room, ...rest } = asset;
  const status = input.status ?? ruleOf(input.act).to[0] ?? asset.status;
  const isMoved = input.siteId !== undefined && input.siteId !== asset.siteId;
  const holder = holderAfter(asset, input, status === 'in-stock');
  const ministry = input.destinationMinistry ?? destinationMinistry;
  const roomAfter = input.room ?? (isMoved ? undefined : room);
  return {
    ...rest,
    status,
    ...holder,
    ...(roomAfter !== undefined && { room: roomAfter }),
    ...(input.physicalState && { physicalState: input.physicalState }),
    ...(input.structureId && { structureId: input.structureId }),
    ...(input.siteId && { siteId: input.siteId }),
    ...(input.wiping && { wiping: input.wiping }),
    ...(status === 'on-loan' && input.returnDate && { returnDate: input.returnDate }),
    ...(status === 'in-transit' &&
      input.destinationStructureId && { destinationStructureId: input.destinationStructureId }),
    ...(isLeaving(status) && ministry !== undefined && { destinationMinistry: ministry }),
    ...(input.expiryDate && { expiryDate: input.expiryDate }),
  };
}

function isLeaving(status: Asset['status']): boolean {
  return status === 'in-transit' || status === 'transferred';
}

/** What lies in stock is nobody's; otherwise a holder stays until the act names another. */
function holderAfter(
  asset: Asset,
  input: ActInput,
  isStored: boolean,
): Pick<Asset, 'holderKind' | 'holderName' | 'holderId'> {
  if (asset.nature !== 'hardware') return {};
  if (input.holderKind) return holderOf(input);
  return isStored ? { holderKind: 'service' } : holderOf(asset);
}

function holderOf({
  holderKind,
  holderName,
  holderId,
}: Partial<Pick<Asset, 'holderKind' | 'holderName' | 'holderId'>>) {
  return { ...(holderKind && { holderKind }), ...(holderName && { holderName }), ...(holderId && { holderId }) };
}

function missing(field: ActField, input: ActInput): ActProblem[] {
  switch (field) {
    case 'holder':
      if (!input.holderKind) return [problem('holderKind', 'required')];
      return input.holderKind === 'agent' && !input.holderName?.trim() ? [problem('holderName', 'required')] : [];
    case 'place':
      return [
        ...(input.structureId ? [] : [problem('structureId', 'required')]),
        ...(input.siteId ? [] : [problem('siteId', 'required')]),
      ];
    case 'quantity':
      // A count may find nothing; nothing cannot come in or go out.
      return input.quantity || (input.act === 'stock-count' && input.quantity === 0)
        ? []
        : [problem('quantity', 'required')];
    case 'repair': {
      const said = input.act === 'repair-end' ? input.repair?.work : input.repair?.fault;
      return said?.trim() ? [] : [problem('repair', 'required')];
    }
    default: {
      const [name] = INPUTS[field];
      const value = name && input[name];
      return value === undefined || (typeof value === 'string' && !value.trim())
        ? [problem(name ?? 'reason', 'required')]
        : [];
    }
  }
}

function unexpected(rule: ActRule, input: ActInput): ActProblem[] {
  const known = new Set([...rule.requires, ...rule.accepts].flatMap((field) => INPUTS[field]));
  return INPUT_FIELDS.filter((field) => input[field] !== undefined && !known.has(field)).map((field) =>
    problem(field, 'not-accepted'),
  );
}

function badDates({ returnDate, expiryDate, wiping, repair }: ActInput): ActProblem[] {
  const dates = [
    ['returnDate', returnDate],
    ['expiryDate', expiryDate],
    ['wiping', wiping?.date],
    ['repair', repair?.nextDate],
  ] as const;
  return dates.flatMap(([field, date]) =>
    date === undefined || isPartialDate(date) ? [] : [problem(field, 'bad-date')],
  );
}

function problem(field: ActProblem['field'], kind: ActProblem['problem']): ActProblem {
  return { field, problem: kind };
}
