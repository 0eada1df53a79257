import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstDay, lastDay, printDay } from '#shared/domain/day-number.ts';
import type { AssetGroup } from '#shared/protocol/asset-list.ts';
import { barsOf, filterOfBand } from '../../../renderer/features/dashboard/bars.ts';

const TODAY = '2026-11-23';

function groups(keys: readonly string[]): AssetGroup[] {
  return keys.map((key, place) => ({ key, count: place + 1, value: 10 * place, withoutValue: 0 }));
}

const keysOf = (field: 'age' | 'endYear') =>
  fc.uniqueArray(
    field === 'age'
      ? fc.oneof(fc.nat(76).map(String), fc.constant(''))
      : fc.oneof(fc.integer({ min: 1950, max: 2129 }).map(String), fc.constant('')),
  );

describe('the bars of a chart', () => {
  test.each(['age', 'endYear'] as const)('Q8: bars by %s take every group once, and add up', (field) => {
    fc.assert(
      fc.property(keysOf(field), (keys) => {
        const bars = barsOf(field, groups(keys), 2026);
        expect(bars.flatMap((bar) => bar.keys).sort()).toEqual([...keys].sort());
        const sum = (all: readonly { readonly count: number }[]) => all.reduce((total, { count }) => total + count, 0);
        expect(sum(bars)).toBe(sum(groups(keys)));
      }),
    );
  });

  test('Q8: the list behind a bar of ages has the days of its ages, and no other', () => {
    const bars = barsOf('age', groups(['0', '1', '2', '4', '9']), 2026);
    const spans = bars.map((bar) => filterOfBand('age', bar, TODAY));
    expect(spans).toEqual([
      { acquiredFrom: '2025-11-24' },
      { acquiredFrom: '2023-11-24', acquiredTo: '2025-11-23' },
      { acquiredFrom: '2021-11-24', acquiredTo: '2023-11-23' },
      { acquiredTo: '2018-11-23' },
    ]);
  });

  test('the list behind a bar of years has these years', () => {
    const bars = barsOf('endYear', groups(['2019', '2026', '2040']), 2026);
    expect(bars.map((bar) => filterOfBand('endYear', bar, TODAY))).toEqual([
      { endsTo: '2025' },
      { endsFrom: '2026', endsTo: '2026' },
      { endsFrom: '2029' },
    ]);
  });

  test('words keep the order of an asset’s life, and what is not filled in comes last', () => {
    expect(barsOf('physicalState', groups(['', 'poor', 'new']), 2026).map(({ keys }) => keys[0])).toEqual([
      'new',
      'poor',
      '',
    ]);
  });
});

describe('days as small numbers', () => {
  test('Q7: a month or a year stands for all of its days', () => {
    expect([firstDay('2024'), lastDay('2024')].map(printDay)).toEqual(['2024-01-01', '2024-12-31']);
    expect([firstDay('2024-02'), lastDay('2024-02')].map(printDay)).toEqual(['2024-02-01', '2024-02-29']);
    expect([firstDay('2024-02-30'), lastDay('')]).toEqual([0, 0]);
  });

  test('Q7: a day is itself again, and those beyond the range are its ends', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2129-06-05'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          expect(printDay(firstDay(day))).toBe(day);
        },
      ),
    );
    expect(printDay(firstDay('1931'))).toBe('1950-01-01');
    expect(lastDay('2999')).toBe(lastDay('2130-01-01'));
  });
});
