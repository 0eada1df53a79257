import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '#shared/domain/fold.ts';
import { type AssetFilter, type AssetSort, SORT_FIELDS } from '#shared/protocol/data-port.ts';
import { ASSET_STATUSES, type Asset } from '#shared/schema/asset.ts';
import { Register } from '../../../electron/data/register.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import { MINISTRY_ID, temporaryDirectory } from '../../support/register.ts';

const STATUSES = ASSET_STATUSES.slice(0, 4);
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
const filter: fc.Arbitrary<AssetFilter> = fc
  .record({
    status: some(STATUSES),
    typeCode: some(TYPES),
    structureId: some(STRUCTURES),
    siteId: some(SITES),
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

function toAsset(row: State): Asset {
  const { minute: at, room, ...fields } = row;
  const updatedAt = new Date(Date.UTC(2026, 0, 1, 8, at)).toISOString();
  return {
    ...fields,
    ...(room !== undefined && { room }),
    ministryId: MINISTRY_ID,
    nature: 'hardware',
    brand: 'X',
    serialAbsenceReason: 'absent',
    physicalState: 'good',
    holderKind: 'service',
    acquisitionMode: 'existing',
    reference: `R${row.id.slice(-4)}`,
    createdAt: updatedAt,
    updatedAt,
  };
}

/** The same answers, the slow and plain way. */
class Oracle {
  assets = new Map<string, Asset>();

  matches(asset: Asset, { text, ...facets }: AssetFilter): boolean {
    const wanted = fold(text ?? '')
      .split(' ')
      .filter(Boolean);
    const always = [asset.designation, asset.brand ?? '', asset.reference];
    const wordsOf = (texts: readonly string[]) => fold(texts.join(' ')).split(' ');
    const [short, all] = [wordsOf(always), wordsOf([...always, asset.room ?? '', asset.typeCode])];
    const isMet = (word: string) =>
      (word.length === 1 ? short : all).some((one) => (word.length < 3 ? one.startsWith(word) : one.includes(word)));
    return (
      wanted.every(isMet) &&
      Object.entries(facets).every(([facet, values]) => (values as string[]).includes(asset[facet as 'status']))
    );
  }

  find(wanted: AssetFilter): Asset[] {
    return [...this.assets.values()].filter((asset) => this.matches(asset, wanted));
  }

  facets(wanted: AssetFilter): Record<string, Record<string, number>> {
    const counts: Record<string, Record<string, number>> = {};
    for (const facet of ['status', 'typeCode', 'structureId', 'siteId'] as const) {
      const { [facet]: _own, ...others } = wanted;
      const values: Record<string, number> = {};
      for (const asset of this.find(others)) {
        const value = asset[facet] ?? '';
        values[value] = (values[value] ?? 0) + 1;
      }
      counts[facet] = values;
    }
    return counts;
  }
}

/** What two neighbours of a sorted list are compared by; the rest of the order is the last change. */
function keyOf(asset: Asset, field: AssetSort['field']): string | number {
  if (field === 'status') return ASSET_STATUSES.indexOf(asset.status);
  return field === 'designation' ? `${asset.designation} ${asset.brand}` : (asset[field] ?? '');
}

function expectOrdered(assets: readonly Asset[], { field, direction }: AssetSort): void {
  const compare = new Intl.Collator('fr', { numeric: true }).compare;
  assets.slice(1).forEach((asset, place) => {
    const before = assets[place] as Asset;
    const [a, b] = [keyOf(before, field), keyOf(asset, field)];
    const difference = typeof a === 'number' ? a - Number(b) : compare(a, String(b));
    expect(direction === 'asc' ? difference : -difference).toBeLessThanOrEqual(0);
    if (difference === 0 && field !== 'updatedAt') expect(before.updatedAt >= asset.updatedAt).toBe(true);
  });
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
  const stretch = register.assetList.find({ ...rest, offset, limit });
  expect(stretch.ids).toEqual(whole.ids.slice(offset, offset + limit));
}

test('Q1, J3: whatever is written, undone, reopened or tidied, the list answers what the documents say', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(question, { minLength: 1, maxLength: 6 }),
      (steps, questions) => {
        const directory = temporaryDirectory();
        let register = new Register(openRegister({ directory, key: KEY, create: true }));
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
              register = new Register(openRegister({ directory, key: KEY, create: false }));
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
