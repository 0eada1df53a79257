import { daysOfAge, printDay } from '#shared/domain/day-number.ts';
import { MISSING_FIELDS } from '#shared/domain/missing-fields.ts';
import type { AssetFilter, AssetGroup, GroupField } from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES, NATURES, PHYSICAL_STATES } from '#shared/schema/asset.ts';

/** One bar of a chart: a group, or some neighbouring ones together. */
export type Bar = {
  readonly keys: readonly string[];
  readonly count: number;
  readonly value: number;
  /** First and last of the ages or years that are taken together; none where it has no bound. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** More bars than this are no picture; the list by groups has them all. */
const MAX_BARS = 7;
/** Ages that are read together: years from, years to. */
const AGES: readonly (readonly [number, number | undefined])[] = [
  [0, 0],
  [1, 2],
  [3, 4],
  [5, 7],
  [8, undefined],
];
/** Years of end that have a bar of their own, from this year on. */
const YEARS_AHEAD = 3;

const ORDERS: Readonly<Partial<Record<GroupField, readonly string[]>>> = {
  status: ASSET_STATUSES,
  nature: NATURES,
  physicalState: PHYSICAL_STATES,
  missing: MISSING_FIELDS,
};

/** The bars of a chart, in the order in which one reads them; what is not filled in comes last. */
export function barsOf(field: GroupField, groups: readonly AssetGroup[], year: number): readonly Bar[] {
  if (field === 'age') return inBands(groups, AGES);
  if (field === 'endYear') return inBands(groups, yearBands(year));
  const order = ORDERS[field];
  const place = ({ key }: AssetGroup) => (key === '' ? Number.MAX_SAFE_INTEGER : (order?.indexOf(key) ?? 0));
  const sorted = order ? [...groups].sort((a, b) => place(a) - place(b)) : groups.slice(0, MAX_BARS);
  return sorted.map(({ key, count, value }) => ({ keys: [key], count, value }));
}

function yearBands(year: number): readonly (readonly [number | undefined, number | undefined])[] {
  const ahead = Array.from({ length: YEARS_AHEAD }, (_, more) => [year + more, year + more] as const);
  return [[undefined, year - 1], ...ahead, [year + YEARS_AHEAD, undefined]];
}

function inBands(
  groups: readonly AssetGroup[],
  bands: readonly (readonly [number | undefined, number | undefined])[],
): readonly Bar[] {
  const known = groups.filter(({ key }) => key !== '');
  const banded = bands.map(([from, to]) => {
    const own = known.filter(({ key }) => Number(key) >= (from ?? -Infinity) && Number(key) <= (to ?? Infinity));
    return { ...together(own), from, to };
  });
  const unknown = groups.filter(({ key }) => key === '');
  return [...banded, together(unknown)].filter(({ count }) => count > 0);
}

function together(groups: readonly AssetGroup[]): Bar {
  return {
    keys: groups.map(({ key }) => key),
    count: groups.reduce((sum, { count }) => sum + count, 0),
    value: groups.reduce((sum, { value }) => sum + value, 0),
  };
}

/** The assets of a bar of ages or years. */
export function filterOfBand(field: 'age' | 'endYear', { from, to }: Bar, today: string): AssetFilter {
  if (field === 'endYear')
    return {
      ...(from !== undefined && { endsFrom: String(from) }),
      ...(to !== undefined && { endsTo: String(to) }),
    };
  const [, youngest] = daysOfAge(from ?? 0, today);
  return {
    ...(to !== undefined && { acquiredFrom: printDay(daysOfAge(to, today)[0]) }),
    ...(from !== undefined && from > 0 && { acquiredTo: printDay(youngest) }),
  };
}
