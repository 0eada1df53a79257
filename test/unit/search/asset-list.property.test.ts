import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '#shared/domain/fold.ts';
import { filterOfGroup, narrow } from '#shared/protocol/asset-groups.ts';
import {
  type AssetFilter,
  type AssetSort,
  GROUP_FIELDS,
  type GroupField,
  SORT_FIELDS,
} from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES, type Asset, NATURES, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { Register } from '../../../electron/data/register.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import { MINISTRY_ID, temporaryDirectory } from '../../support/register.ts';

const STATUSES = ['in-stock', 'in-service', 'on-loan', 'merged'] as const;
const KINDS = ['hardware', 'licence', 'consumable'] as const;
const STATES = PHYSICAL_STATES.slice(0, 2);
const BRANDS = ['Dell', 'HP', 'X'] as const;
const SUPPLIERS = ['Sènan et fils', 'Bénin Bureautique'] as const;
const HOLDERS = ['Afiavi Dossou', 'Kossi Dossa', 'Sènami Houn'] as const;
/** As papers know them; beyond what the index tells apart, too. */
const DATES = ['1931', '2019', '2023-11-23', '2023-11-24', '2026-02-28', '2026-11', '2026-11-23', '2027-01-02', '2999'];
const TODAY = Date.UTC(2026, 10, 23, 9);
const TYPES = ['PCP', 'ECR', 'IMP'] as const;
const STRUCTURES = ids('5', 3);
const SITES = ids('6', 3);
const ASSETS = ids('a', 40);
const WORDS = ['écran', 'Dell', 'portable', 'Latitude', 'hp', 'ProDesk', 'noir', 'Souris'] as const;
const KEY = new Uint8Array(32).fill(3);

function ids(digit: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `00000000-0000-4000-8000-${digit}${String(n).padStart(11, '0')}`);
}

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((some) => some.join(' '));
const minute = fc.integer({ min: 0, max: 20 });

const state = fc.record({
  id: fc.constantFrom(...ASSETS),
  typeCode: fc.constantFrom(...TYPES),
  status: fc.constantFrom(...STATUSES),
  structureId: fc.constantFrom(...STRUCTURES),
  siteId: fc.constantFrom(...SITES),
  designation: words,
  room: fc.option(words, { nil: undefined }),
  nature: fc.constantFrom(...KINDS),
  hasSite: fc.boolean(),
  physicalState: fc.constantFrom(...STATES),
  brand: fc.option(fc.constantFrom(...BRANDS), { nil: undefined }),
  supplier: fc.option(fc.constantFrom(...SUPPLIERS), { nil: undefined }),
  holderName: fc.option(fc.constantFrom(...HOLDERS), { nil: undefined }),
  inventoryNumber: fc.option(fc.constant('zz/1'), { nil: undefined }),
  acquisitionDate: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
  ends: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
  returnDate: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
  acquisitionValue: fc.option(fc.constantFrom(0, 1, 450_000, 999_999_999_999), { nil: undefined }),
  minute,
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put' as const), rows: fc.array(state, { minLength: 1, maxLength: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), id: fc.constantFrom(...ASSETS) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fail' as const), rows: fc.array(state, { minLength: 1, maxLength: 5 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'tidy' as const }) },
);

const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
/** Each of the many is rare: together they would leave nothing. */
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const span = fc.record(
  { from: fc.integer({ min: -3, max: 3 }), to: fc.integer({ min: 0, max: 90 }) },
  { requiredKeys: [] },
);
const otherConditions = {
  nature: seldom(fc.subarray([...KINDS], { minLength: 1 })),
  physicalState: seldom(fc.subarray([...STATES], { minLength: 1 })),
  brand: seldom(fc.subarray([...BRANDS], { minLength: 1 })),
  holder: seldom(fc.constantFrom('dos', 'afi doss', 'houn x')),
  room: seldom(fc.constantFrom('noir', 'desk', 'pro dell')),
  supplier: seldom(fc.constantFrom('senan', 'fil sen', 'buro', 'bur')),
  acquiredFrom: seldom(fc.constantFrom(...DATES)),
  acquiredTo: seldom(fc.constantFrom(...DATES)),
  endsFrom: seldom(fc.constantFrom(...DATES)),
  endsTo: seldom(fc.constantFrom(...DATES)),
  endsIn: seldom(span),
  returnsIn: seldom(span),
  valueFrom: seldom(fc.constantFrom(0, 1, 450_000)),
  valueTo: seldom(fc.constantFrom(0, 1, 450_000)),
  missing: seldom(fc.subarray(['inventoryNumber', 'acquisitionDate', 'acquisitionValue', 'holderName'] as const)),
  empty: seldom(fc.subarray(['siteId', 'physicalState', 'brand', 'acquisitionDate', 'end'] as const)),
};
const filter: fc.Arbitrary<AssetFilter> = fc
  .record({
    status: some(STATUSES),
    typeCode: some(TYPES),
    structureId: some(STRUCTURES),
    siteId: some(SITES),
    ...otherConditions,
    text: fc.option(fc.constantFrom('ecran', 'dell', 'desk', 'lat noir', 'p', 'ecr', 'rtab hp', 'sou', 'zzzz'), {
      nil: undefined,
    }),
  })
  // An absent condition is a missing key.
  .map((all) => JSON.parse(JSON.stringify(all)) as AssetFilter);
const sort: fc.Arbitrary<AssetSort | undefined> = fc.option(
  fc.record({ field: fc.constantFrom(...SORT_FIELDS), direction: fc.constantFrom('asc' as const, 'desc' as const) }),
  { nil: undefined },
);
const question = fc.record({ filter, sort, offset: fc.nat(45), limit: fc.nat(45) });

/** A record of its nature, whatever else was drawn. */
function toAsset(row: State): Asset {
  const { minute: at, hasSite, ends, returnDate, siteId, physicalState, holderName, nature, status, ...fields } = row;
  const updatedAt = new Date(Date.UTC(2026, 0, 1, 8, at)).toISOString();
  const isHardware = nature === 'hardware';
  const asset = {
    ...fields,
    nature,
    status,
    ...((isHardware || hasSite) && { siteId }),
    ...(isHardware
      ? { physicalState, holderName, warrantyEnd: ends, serialAbsenceReason: 'absent', holderKind: 'service' }
      : { expiryDate: ends }),
    ...(status === 'on-loan' && { returnDate }),
    ministryId: MINISTRY_ID,
    reference: `R${row.id.slice(-4)}`,
    createdAt: updatedAt,
    updatedAt,
  };
  // An unknown value is a missing key; the fields are those of an asset.
  return JSON.parse(JSON.stringify(asset)) as Asset;
}

/** First and last day that a date may mean, by the plain calendar; those that the index does not tell apart are one. */
function daysOf(date: string): readonly [string, string] {
  const [earliest, latest] = ['1950-01-01', '2129-06-05'];
  const clamp = (day: string) => [earliest, day, latest].sort()[1] ?? day;
  const last = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7) || 12), 0)).toISOString();
  return [clamp(`${date}-01-01`.slice(0, 10)), clamp(date.length === 10 ? date : last.slice(0, 10))];
}

const dayIn = (days: number) => new Date(TODAY + days * 86_400_000).toISOString().slice(0, 10);
const endOf = (asset: Asset) => (asset.nature === 'hardware' ? asset.warrantyEnd : asset.expiryDate);

function isBetween(day: string | undefined, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true;
  return day !== undefined && (from === undefined || day >= from) && (to === undefined || day <= to);
}

function lacks(asset: Asset, field: string): boolean {
  const has: Readonly<Record<string, boolean>> = {
    hardware: true,
    licence: !['serialNumber', 'holderName'].includes(field),
    consumable: !['serialNumber', 'holderName', 'inventoryNumber'].includes(field),
  };
  return (has[asset.nature] ?? false) && asset[field as 'room'] === undefined;
}

/** The same answers, the slow and plain way. */
class Oracle {
  assets = new Map<string, Asset>();

  matches(asset: Asset, { text, ...conditions }: AssetFilter): boolean {
    const wanted = fold(text ?? '')
      .split(' ')
      .filter(Boolean);
    const always = [asset.designation, asset.brand ?? '', asset.reference];
    const places = [asset.room ?? '', asset.typeCode, asset.supplier ?? ''];
    const wordsOf = (texts: readonly string[]) => fold(texts.join(' ')).split(' ');
    const holder = asset.holderName ?? '';
    const [short, all] = [wordsOf([...always, holder]), wordsOf([...always, ...places, holder])];
    const isMet = (word: string) =>
      (word.length === 1 ? short : all).some((one) => (word.length < 3 ? one.startsWith(word) : one.includes(word)));
    return wanted.every(isMet) && this.meets(asset, conditions);
  }

  meets(asset: Asset, conditions: AssetFilter): boolean {
    const begins = (own: string | undefined, typed: string | undefined) =>
      fold(typed ?? '')
        .split(' ')
        .every((word) =>
          fold(own ?? '')
            .split(' ')
            .some((one) => one.startsWith(word)),
        );
    const listed = ['status', 'nature', 'typeCode', 'structureId', 'siteId', 'physicalState', 'brand'] as const;
    // Each is a list of words or ids.
    const isListed = (name: (typeof listed)[number]) =>
      conditions[name] === undefined || (conditions[name] as readonly unknown[]).includes(asset[name]);
    const { acquiredFrom: from, acquiredTo: to, endsFrom, endsTo, endsIn, returnsIn, valueFrom, valueTo } = conditions;
    const acquired = asset.acquisitionDate && daysOf(asset.acquisitionDate)[0];
    const end = endOf(asset);
    const lastDay = end && daysOf(end)[1];
    const back = asset.returnDate && daysOf(asset.returnDate)[1];
    const value = asset.acquisitionValue;
    const emptiness: Readonly<Record<string, boolean>> = {
      ...Object.fromEntries(listed.map((name) => [name, asset[name] === undefined])),
      acquisitionDate: acquired === undefined,
      end: end === undefined,
    };
    const span = ({ from: a, to: b }: { from?: number; to?: number } = {}) =>
      [a === undefined ? undefined : dayIn(a), b === undefined ? undefined : dayIn(b)] as const;
    return (
      (conditions.status !== undefined || asset.status !== 'merged') &&
      listed.every(isListed) &&
      begins(asset.holderName, conditions.holder) &&
      begins(asset.room, conditions.room) &&
      begins(asset.supplier, conditions.supplier) &&
      isBetween(acquired, from && daysOf(from)[0], to && daysOf(to)[1]) &&
      isBetween(lastDay, endsFrom && daysOf(endsFrom)[0], endsTo && daysOf(endsTo)[1]) &&
      isBetween(lastDay, ...span(endsIn)) &&
      isBetween(back, ...span(returnsIn)) &&
      ((valueFrom ?? valueTo) === undefined ||
        (value !== undefined && value >= (valueFrom ?? 0) && value <= (valueTo ?? Number.MAX_VALUE))) &&
      (conditions.missing ?? []).every((field) => lacks(asset, field)) &&
      (conditions.empty ?? []).every((field) => emptiness[field])
    );
  }

  find(wanted: AssetFilter): Asset[] {
    return [...this.assets.values()].filter((asset) => this.matches(asset, wanted));
  }

  facets(wanted: AssetFilter): Record<string, Record<string, number>> {
    const counts: Record<string, Record<string, number>> = {};
    for (const facet of ['status', 'nature', 'typeCode', 'structureId', 'siteId'] as const) {
      const { [facet]: _own, ...rest } = wanted;
      // A status is offered also where it is left out.
      const others: AssetFilter = facet === 'status' ? { ...rest, status: [...ASSET_STATUSES] } : rest;
      const values: Record<string, number> = {};
      for (const asset of this.find(others)) {
        const value = asset[facet];
        if (value !== undefined) values[value] = (values[value] ?? 0) + 1;
      }
      counts[facet] = values;
    }
    return counts;
  }
}

/** What two neighbours of a sorted list are compared by; the rest of the order is the last change. */
function keyOf(asset: Asset, field: AssetSort['field']): string | number | undefined {
  const end = endOf(asset);
  if (field === 'status') return ASSET_STATUSES.indexOf(asset.status);
  if (field === 'nature') return NATURES.indexOf(asset.nature);
  if (field === 'physicalState') return asset.physicalState && PHYSICAL_STATES.indexOf(asset.physicalState);
  if (field === 'acquisitionDate') return asset.acquisitionDate && daysOf(asset.acquisitionDate)[0];
  if (field === 'end') return end && daysOf(end)[1];
  if (field === 'returnDate') return asset.returnDate && daysOf(asset.returnDate)[1];
  return field === 'designation' ? `${asset.designation} ${asset.brand ?? ''}`.trim() : asset[field];
}

function expectOrdered(assets: readonly Asset[], { field, direction }: AssetSort): void {
  const compare = new Intl.Collator('fr', { numeric: true }).compare;
  assets.slice(1).forEach((asset, place) => {
    const before = assets[place] as Asset;
    const [a, b] = [keyOf(before, field), keyOf(asset, field)];
    // What is unknown comes last, whatever the direction.
    if (a === undefined) expect(b).toBeUndefined();
    if (a === undefined || b === undefined) return;
    const difference = typeof a === 'number' ? a - Number(b) : compare(a, String(b));
    expect(direction === 'asc' ? difference : -difference).toBeLessThanOrEqual(0);
    if (difference === 0 && field !== 'updatedAt') expect(before.updatedAt >= asset.updatedAt).toBe(true);
  });
}

/** The key of every group that an asset is in. */
function groupsOf(asset: Asset, field: GroupField): readonly string[] {
  const end = endOf(asset);
  if (field === 'missing')
    return ['serialNumber', 'inventoryNumber', 'acquisitionDate', 'acquisitionValue', 'holderName'].filter((one) =>
      lacks(asset, one),
    );
  if (field === 'endYear') return [end ? daysOf(end)[1].slice(0, 4) : ''];
  if (field === 'age') return [asset.acquisitionDate ? String(ageOf(daysOf(asset.acquisitionDate)[0])) : ''];
  return [asset[field] ?? ''];
}

/** Full years until today; what is still to come is of age 0. */
function ageOf(day: string): number {
  const today = dayIn(0);
  const years = Number(today.slice(0, 4)) - Number(day.slice(0, 4)) - Number(day.slice(5) > today.slice(5));
  return Math.max(0, years);
}

function expectSummary(register: Register, oracle: Oracle, wanted: AssetFilter): void {
  const expected = oracle.find(wanted);
  const totalOf = (assets: readonly Asset[]) => ({
    count: assets.length,
    value: assets.reduce((sum, { acquisitionValue = 0 }) => sum + acquisitionValue, 0),
    withoutValue: assets.filter(({ acquisitionValue }) => acquisitionValue === undefined).length,
  });
  const {
    groups,
    today,
    revision: _,
    ...all
  } = register.assetList.summarise({
    filter: wanted,
    groupBy: [...GROUP_FIELDS],
  });
  expect(all).toEqual(totalOf(expected));
  for (const field of GROUP_FIELDS) {
    const keys = new Set(expected.flatMap((asset) => groupsOf(asset, field)));
    expect(new Set(groups[field]?.map(({ key }) => key))).toEqual(keys);
    for (const { key, ...sums } of groups[field] ?? []) {
      expect(sums).toEqual(totalOf(expected.filter((asset) => groupsOf(asset, field).includes(key))));
      const opened = narrow(wanted, filterOfGroup(field, key, today));
      expect(register.assetList.find({ filter: opened, offset: 0, limit: 0 }).total).toBe(sums.count);
    }
  }
}

function expectAnswers(
  register: Register,
  oracle: Oracle,
  asked: typeof question extends fc.Arbitrary<infer T> ? T : never,
): void {
  const { filter: wanted, sort: order, offset, limit } = asked;
  const expected = oracle.find(wanted);
  const rest = { filter: wanted, ...(order && { sort: order }) };
  const whole = register.assetList.find({ ...rest, offset: 0, limit: 1000, facets: true });
  expect([...whole.ids].sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(whole.total).toBe(expected.length);
  expect(whole.facets).toEqual(oracle.facets(wanted));
  const rows = whole.ids.map((id) => oracle.assets.get(id) as Asset);
  if (order) expectOrdered(rows, order);
  else if (!wanted.text) expectOrdered(rows, { field: 'updatedAt', direction: 'desc' });
  expectSummary(register, oracle, wanted);
  const stretch = register.assetList.find({ ...rest, offset, limit });
  expect(stretch.ids).toEqual(whole.ids.slice(offset, offset + limit));
  register.firstLetters.prepare();
  for (const text of ['o', 'É', 'l', 'la', '1', wanted.text ?? '']) {
    const same = { filter: { text }, offset: 0, limit: 3 + (offset % 5), facets: true };
    // Made, and then kept.
    for (let turn = 0; turn < 2; turn += 1) {
      expect(register.firstLetters.find(same)).toEqual(register.assetList.find(same));
    }
  }
}

function openAt(directory: string, create: boolean): Register {
  return new Register(openRegister({ directory, key: KEY, create }), { now: () => TODAY, newId: () => '' });
}

test('Q1, Q6, Q7, Q8, J3: whatever is written, undone, reopened or tidied, the list answers what the documents say', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(question, { minLength: 1, maxLength: 6 }),
      (steps, questions) => {
        const directory = temporaryDirectory();
        let register = openAt(directory, true);
        const oracle = new Oracle();
        try {
          for (const one of steps) {
            if (one.kind === 'put') {
              const assets = one.rows.map(toAsset);
              register.table('assets').put(assets, 'test');
              for (const asset of assets) oracle.assets.set(asset.id, asset);
            } else if (one.kind === 'delete' && oracle.assets.has(one.id)) {
              register.table('assets').put([{ ...oracle.assets.get(one.id), _deleted: true }], 'test');
              oracle.assets.delete(one.id);
            } else if (one.kind === 'fail') {
              const act = () =>
                register.transaction(() => {
                  register.table('assets').put(one.rows.map(toAsset), 'test');
                  throw new Error('undone');
                });
              expect(act).toThrow('undone');
            } else if (one.kind === 'tidy') register.assetIndex.tidy();
            else if (one.kind === 'reopen') {
              register.close();
              register = openAt(directory, false);
            }
            for (const asked of questions) expectAnswers(register, oracle, asked);
          }
        } finally {
          register.close();
        }
      },
    ),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) },
  );
}, 60_000);
