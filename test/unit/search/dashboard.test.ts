import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterOfAlert, PRESENT_STATUSES } from '#shared/protocol/dashboard.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { findAlerts, getDashboard } from '../../../electron/data/search/dashboard.ts';
import { MINISTRY_ID, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

const TODAY = Date.UTC(2026, 10, 23, 9);
const DAYS = [-400, -1, 0, 30, 31, 60, 61, 90, 91] as const;
const day = (distance: number) => new Date(TODAY + distance * 86_400_000).toISOString().slice(0, 10);

const state = fc.record({
  nature: fc.constantFrom('hardware' as const, 'licence' as const, 'contract' as const),
  status: fc.constantFrom('in-stock' as const, 'on-loan' as const, 'disposed' as const, 'active' as const),
  end: fc.option(fc.constantFrom(...DAYS.map(day), '2026', '2027-01'), { nil: undefined }),
  returnDate: fc.option(fc.constantFrom(...DAYS.map(day)), { nil: undefined }),
  acquisitionValue: fc.option(fc.constantFrom<number>(0, 450_000), { nil: undefined }),
});

function openFilled(states: readonly (typeof state extends fc.Arbitrary<infer T> ? T : never)[]) {
  const register = openTestRegister({ environment: { now: () => TODAY, newId: () => crypto.randomUUID() } });
  const assets = states.map(({ nature, status, end, returnDate, acquisitionValue }, n): Asset => {
    const asset = {
      id: `00000000-0000-4000-8000-a${String(n).padStart(11, '0')}`,
      ministryId: MINISTRY_ID,
      nature,
      status,
      typeCode: 'PCP',
      designation: 'Actif',
      structureId: STRUCTURE_ID,
      siteId: SITE_ID,
      reference: `R${n}`,
      createdAt: '2026-01-01T08:00:00.000Z',
      updatedAt: '2026-01-01T08:00:00.000Z',
      acquisitionValue,
      ...(nature === 'hardware' ? { warrantyEnd: end } : { expiryDate: end }),
      ...(status === 'on-loan' && { returnDate }),
    };
    // An unknown value is a missing key.
    return JSON.parse(JSON.stringify(asset)) as Asset;
  });
  register.table('assets').put(assets, 'test');
  return { register, assets };
}

describe('dashboard', () => {
  test('Q8: every alert counts the assets of the list that it opens, and none is twice in a subject', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 30 }), (states) => {
        const { register } = openFilled(states);
        const alerts = findAlerts(register.assetList);
        for (const alert of alerts) {
          const { total } = register.assetList.find({ filter: filterOfAlert(alert), offset: 0, limit: 0 });
          expect(total).toBe(alert.count);
        }
        for (const span of ['past', 'within-30', 'within-60', 'within-90'] as const) {
          const { total } = register.assetList.find({
            filter: filterOfAlert({ subject: 'warranty', span }),
            offset: 0,
            limit: 0,
          });
          expect(alerts.find((alert) => alert.subject === 'warranty' && alert.span === span)?.count ?? 0).toBe(total);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('what has left is counted by its status, and in nothing else', () => {
    const common = { nature: 'hardware' as const, end: undefined, returnDate: undefined, acquisitionValue: 1000 };
    const { register } = openFilled([
      { ...common, status: 'in-stock' },
      { ...common, status: 'disposed' },
      { ...common, status: 'on-loan', acquisitionValue: undefined },
    ]);
    const { byStatus, present, today } = getDashboard(register.assetList);
    expect(today).toBe('2026-11-23');
    expect(Object.fromEntries(byStatus.map(({ key, count }) => [key, count]))).toEqual({
      'in-stock': 1,
      disposed: 1,
      'on-loan': 1,
    });
    expect(present).toMatchObject({ count: 2, value: 1000, withoutValue: 1 });
    expect(PRESENT_STATUSES).not.toContain('disposed');
  });

  test('an empty register has no figure and no alert', () => {
    const { register } = openFilled([]);
    expect(getDashboard(register.assetList)).toMatchObject({ byStatus: [], alerts: [], present: { count: 0 } });
  });

  test('after an edit the figures are those of the register as it is now', () => {
    const { register, assets } = openFilled([
      { nature: 'hardware', status: 'in-stock', end: day(10), returnDate: undefined, acquisitionValue: 5 },
    ]);
    expect(findAlerts(register.assetList)).toEqual([{ subject: 'warranty', span: 'within-30', count: 1 }]);
    register.table('assets').put([{ ...assets[0], warrantyEnd: day(45), acquisitionValue: 7 }], 'test');
    expect(findAlerts(register.assetList)).toEqual([{ subject: 'warranty', span: 'within-60', count: 1 }]);
    expect(getDashboard(register.assetList).present.value).toBe(7);
  });
});
