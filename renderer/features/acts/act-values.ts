import { type ActInput, type ActProblem, findActProblems, findAssetActProblems } from '#shared/domain/act.ts';
import { type KeepsData, keepsDataByList } from '#shared/domain/equipment-types.ts';
import { type Act, type ActField, ruleOf } from '#shared/domain/lifecycle.ts';
import type { Role } from '#shared/domain/roles.ts';
import { ASSET_STATUSES, type Asset, HOLDER_KINDS, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';

/** What the fields of an act hold: text as typed, empty when not filled in. */
export type ActValues = {
  readonly status: string;
  readonly physicalState: string;
  readonly holderKind: string;
  readonly holderName: string;
  /** Row of `agents`, where the name was chosen among them. */
  readonly holderId: string;
  readonly structureId: string;
  readonly siteId: string;
  readonly room: string;
  readonly destinationStructureId: string;
  readonly returnDate: string;
  readonly documentNumber: string;
  readonly reason: string;
  readonly fault: string;
  readonly diagnosis: string;
  readonly work: string;
  readonly parts: string;
  /** F CFA. */
  readonly cost: number | string;
  readonly provider: string;
  readonly nextDate: string;
  readonly wipingMethod: string;
  readonly wipingDate: string;
  readonly wipingBy: string;
  readonly quantity: number | string;
  readonly expiryDate: string;
  readonly destinationMinistry: string;
};
export type ActValueName = keyof ActValues;

const EMPTY: ActValues = {
  status: '',
  physicalState: '',
  holderKind: '',
  holderName: '',
  holderId: '',
  structureId: '',
  siteId: '',
  room: '',
  destinationStructureId: '',
  returnDate: '',
  documentNumber: '',
  reason: '',
  fault: '',
  diagnosis: '',
  work: '',
  parts: '',
  cost: '',
  provider: '',
  nextDate: '',
  wipingMethod: '',
  wipingDate: '',
  wipingBy: '',
  quantity: '',
  expiryDate: '',
  destinationMinistry: '',
};

/** In the order of the dialog: the first one with a problem gets the focus. */
export const VALUE_ORDER = [
  'status',
  'destinationStructureId',
  'destinationMinistry',
  'quantity',
  'expiryDate',
  'holderKind',
  'holderName',
  'structureId',
  'siteId',
  'room',
  'returnDate',
  'fault',
  'diagnosis',
  'work',
  'parts',
  'cost',
  'provider',
  'nextDate',
  'physicalState',
  'wipingMethod',
  'wipingDate',
  'wipingBy',
  'reason',
  'documentNumber',
] as const satisfies readonly ActValueName[];

const REPAIR = {
  repair: ['fault', 'diagnosis', 'provider'],
  intervention: ['fault', 'diagnosis', 'work', 'parts', 'cost', 'provider', 'nextDate'],
  'repair-end': ['diagnosis', 'work', 'parts', 'cost', 'provider', 'nextDate'],
} as const satisfies Readonly<Record<string, readonly ActValueName[]>>;
const NO_REPAIR: readonly ActValueName[] = [];

/** The parts of a repair that this act asks about. */
export function repairValues(act: Act): readonly ActValueName[] {
  return act === 'repair' || act === 'repair-end' || act === 'intervention' ? REPAIR[act] : NO_REPAIR;
}

/** What an act asks for about these assets: a certificate of wiping only where data was kept and is not wiped yet. */
export function askedFields(
  act: Act,
  assets: readonly Asset[],
  keepsData: KeepsData = keepsDataByList,
): ReadonlyMap<ActField, 'required' | 'optional'> {
  const { requires, accepts } = ruleOf(act);
  const asked = new Map<ActField, 'required' | 'optional'>([
    ...requires.map((field) => [field, 'required'] as const),
    ...accepts.map((field) => [field, 'optional'] as const),
  ]);
  if (!assets.some(({ typeCode, wiping }) => keepsData(typeCode) && !wiping)) asked.delete('wiping');
  return asked;
}

export type Place = { readonly structureId: string; readonly siteId: string; readonly room?: string };

/** What is proposed before anything is typed. `stock` is where what lies in stock usually lies; `today` is `2026-11-23`. */
export function proposeValues(
  act: Act,
  assets: readonly Asset[],
  { stock, today }: { readonly stock: Place | undefined; readonly today: string },
  keepsData: KeepsData = keepsDataByList,
): ActValues {
  const asked = askedFields(act, assets, keepsData);
  const common = (field: 'physicalState' | 'structureId' | 'siteId' | 'destinationStructureId') => {
    const values = new Set(assets.map((asset) => asset[field] ?? ''));
    return values.size === 1 ? ([...values][0] ?? '') : '';
  };
  return {
    ...EMPTY,
    status: ruleOf(act).to.length > 1 ? (ruleOf(act).to[0] ?? '') : '',
    physicalState: asked.get('physicalState') === 'required' ? common('physicalState') : '',
    holderKind: asked.get('holder') === 'required' ? 'agent' : '',
    ...(asked.has('place') && proposePlace()),
    wipingDate: asked.get('wiping') === 'required' ? printPartialDate(today) : '',
  };

  function proposePlace(): Partial<ActValues> {
    if (act === 'return' || act === 'recovery') return stock ? { ...stock, room: stock.room ?? '' } : {};
    if (act === 'receipt') return { structureId: common('destinationStructureId') };
    return asked.get('place') === 'required' ? { structureId: common('structureId'), siteId: common('siteId') } : {};
  }
}

/** The act these values stand for. A date that cannot be read stays as typed, for the rules to refuse. */
export function toActInput(
  act: Act,
  assets: readonly Asset[],
  values: ActValues,
  keepsData: KeepsData = keepsDataByList,
): ActInput {
  const asked = askedFields(act, assets, keepsData);
  const text = (name: Exclude<ActValueName, 'cost' | 'quantity'>) => values[name].trim() || undefined;
  const date = (name: 'returnDate' | 'nextDate' | 'wipingDate' | 'expiryDate') => {
    const typed = text(name);
    return typed && (parsePartialDate(typed) ?? typed);
  };
  const repair = Object.fromEntries(
    repairValues(act).flatMap((name): [string, string | number][] => {
      if (name === 'cost') return values.cost === '' ? [] : [[name, Number(values.cost)]];
      if (!isRepairText(name)) return [];
      const value = name === 'nextDate' ? date(name) : text(name);
      return value ? [[name, value]] : [];
    }),
  );
  const wiping = text('wipingMethod') && {
    method: text('wipingMethod') ?? '',
    date: date('wipingDate') ?? '',
    ...(text('wipingBy') && { by: text('wipingBy') }),
  };
  // A service or a room is nobody of `agents`.
  const holderId = values.holderKind === 'agent' ? text('holderId') : undefined;
  const parts: readonly (readonly [ActField | 'status', Partial<Record<keyof ActInput, unknown>>])[] = [
    ['status', { status: oneOf(ASSET_STATUSES, values.status) }],
    ['physicalState', { physicalState: oneOf(PHYSICAL_STATES, values.physicalState) }],
    ['holder', { holderKind: oneOf(HOLDER_KINDS, values.holderKind), holderName: text('holderName'), holderId }],
    ['place', { structureId: text('structureId'), siteId: text('siteId'), room: text('room') }],
    ['destination', { destinationStructureId: text('destinationStructureId') }],
    ['returnDate', { returnDate: date('returnDate') }],
    ['documentNumber', { documentNumber: text('documentNumber') }],
    ['reason', { reason: text('reason') }],
    ['repair', { repair: Object.keys(repair).length > 0 ? repair : undefined }],
    ['wiping', { wiping }],
    ['quantity', { quantity: values.quantity === '' ? undefined : Number(values.quantity) }],
    ['expiryDate', { expiryDate: date('expiryDate') }],
    ['destinationMinistry', { destinationMinistry: text('destinationMinistry') }],
  ];
  const filled = parts
    .filter(([field]) => field === 'status' || asked.has(field))
    .flatMap(([, inputs]) => Object.entries(inputs))
    .filter(([, value]) => value !== undefined && value !== '');
  // Built from the fields of the act; the command checks the shape once more.
  return { act, assetIds: assets.map(({ id }) => id), ...Object.fromEntries(filled) } as ActInput;
}

const REPAIR_TEXTS = ['fault', 'diagnosis', 'work', 'parts', 'provider', 'nextDate'] as const;

function isRepairText(name: ActValueName): name is (typeof REPAIR_TEXTS)[number] {
  return REPAIR_TEXTS.some((known) => known === name);
}

function oneOf<Word extends string>(words: readonly Word[], value: string): Word | undefined {
  return words.find((word) => word === value);
}

export type ValueProblem = 'required' | 'bad-date';

/** The problems of the fields, as the command would find them. What stands against the act itself is not among them. */
export function findValueProblems(
  act: Act,
  assets: readonly Asset[],
  values: ActValues,
  role: Role,
  keepsData: KeepsData = keepsDataByList,
): Partial<Record<ActValueName, ValueProblem>> {
  const input = toActInput(act, assets, values, keepsData);
  const onAssets = assets.flatMap((asset) => findAssetActProblems(asset, input, keepsData));
  const found = [...findActProblems(input, role), ...onAssets].flatMap((problem) => {
    const name = valueNameOf(problem, act);
    return name && (problem.problem === 'required' || problem.problem === 'bad-date')
      ? [[name, problem.problem] as const]
      : [];
  });
  const undated = input.wiping && input.wiping.date === '' ? [['wipingDate', 'required'] as const] : [];
  return Object.fromEntries([...found, ...undated]);
}

/** Where a problem shows. */
function valueNameOf({ field, problem }: ActProblem, act: Act): ActValueName | undefined {
  if (field === 'act') return undefined;
  if (field === 'wiping') return problem === 'required' ? 'wipingMethod' : 'wipingDate';
  if (field === 'holderId') return 'holderName';
  if (field !== 'repair') return field;
  if (problem === 'bad-date') return 'nextDate';
  return act === 'repair-end' ? 'work' : 'fault';
}
