import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { depreciationAt } from '#shared/domain/depreciation.ts';

const KNOWN = { acquisitionValue: 600_000, commissioningDate: '2024-03-15', lifetimeMonths: 60 };
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const facts = fc.record({
  acquisitionValue: fc.integer({ min: 0, max: 999_999_999_999 }),
  commissioningDate: fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([date, length]) => date.slice(0, length)),
  lifetimeMonths: fc.integer({ min: 1, max: 1200 }),
});

describe('straight-line depreciation', () => {
  test('L2: counts whole months from commissioning, in whole francs', () => {
    expect(depreciationAt(KNOWN, '2024-04-14')).toMatchObject({ elapsedMonths: 0, cumulated: 0, net: 600_000 });
    expect(depreciationAt(KNOWN, '2026-03-15')).toMatchObject({ elapsedMonths: 24, cumulated: 240_000, net: 360_000 });
    expect(depreciationAt(KNOWN, '2040-01-01')).toMatchObject({ elapsedMonths: 60, cumulated: 600_000, net: 0 });
  });

  test('L2: the last day of a short month ends the month', () => {
    expect(depreciationAt({ ...KNOWN, commissioningDate: '2024-01-31' }, '2024-02-29')).toMatchObject({
      elapsedMonths: 1,
    });
  });

  test('L2: a year alone counts from 1 January and says so; acquisition stands in for commissioning and says so', () => {
    const { commissioningDate: _, ...rest } = KNOWN;
    expect(depreciationAt({ ...rest, acquisitionDate: '2025' }, '2026-01-01')).toMatchObject({
      from: '2025-01-01',
      precision: 'year',
      isFromAcquisition: true,
      elapsedMonths: 12,
    });
    expect(depreciationAt({ ...KNOWN, commissioningDate: '2025-06' }, '2026-01-01')).toMatchObject({
      from: '2025-06-01',
      precision: 'month',
      isFromAcquisition: false,
    });
  });

  test('L2: without value, date or duration there is none', () => {
    for (const field of ['acquisitionValue', 'commissioningDate', 'lifetimeMonths'] as const) {
      expect(depreciationAt({ ...KNOWN, [field]: undefined }, '2026-01-01')).toBeUndefined();
    }
    expect(depreciationAt({ ...KNOWN, commissioningDate: '2025-13' }, '2026-01-01')).toBeUndefined();
  });

  test('L2: what is left and what is gone are the value, whole francs, never below 0, and only go one way', () => {
    fc.assert(
      fc.property(facts, day, day, (known, a, b) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        const [first, second] = [depreciationAt(known, early), depreciationAt(known, late)];
        for (const found of [first, second]) {
          expect(Number.isInteger(found?.net)).toBe(true);
          expect((found?.net ?? 0) + (found?.cumulated ?? 0)).toBe(known.acquisitionValue);
          expect(found?.net).toBeGreaterThanOrEqual(0);
        }
        expect(second?.net).toBeLessThanOrEqual(first?.net ?? -1);
      }),
    );
  });
});
