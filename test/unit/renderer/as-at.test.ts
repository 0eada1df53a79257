import type { Asset } from '#shared/schema/asset.ts';
import { csvLine } from '../../../renderer/components/csv.ts';
import { dayAt, endOfDay, lastYearEnd, yesterday } from '../../../renderer/features/as-at/days.ts';
import { addTotals, NO_TOTALS } from '../../../renderer/features/as-at/totals.ts';
import { readRegister } from '../../../renderer/features/as-at/use-register-stream.ts';
import { assetDraft, MINISTRY_ID } from '../../support/asset-draft.ts';

function asset(fields: Partial<Asset>): Asset {
  const instant = '2026-01-01T00:00:00.000Z';
  const id = MINISTRY_ID;
  return {
    ...assetDraft(),
    id,
    ministryId: id,
    reference: 'R',
    status: 'in-stock',
    createdAt: instant,
    updatedAt: instant,
    ...fields,
  };
}

describe('a day in Benin', () => {
  it('ends an hour before that of Greenwich', () => {
    expect(endOfDay('2025-12-31')).toBe('2025-12-31T22:59:59.999Z');
    expect(dayAt(Date.parse('2025-12-31T22:59:59.999Z'))).toBe('2025-12-31');
    expect(dayAt(Date.parse('2025-12-31T23:00:00.000Z'))).toBe('2026-01-01');
  });

  it('is followed by the next, also over the end of a year', () => {
    const newYear = Date.parse('2025-12-31T23:30:00.000Z');
    expect(yesterday(newYear)).toBe('2025-12-31');
    expect(lastYearEnd(newYear)).toBe('2025-12-31');
    expect(lastYearEnd(newYear - 60 * 60 * 1000)).toBe('2024-12-31');
  });
});

describe('the register as at a day', () => {
  it('is read to its end, stretch after stretch, whatever its length', async () => {
    for (const total of [0, 1, 499, 500, 501, 1000]) {
      const all = Array.from({ length: total }, (_, place) => asset({ reference: String(place) }));
      const read: string[] = [];
      const ask = async ({ offset, limit }: { readonly offset: number; readonly limit: number }) => ({
        total,
        assets: all.slice(offset, offset + limit),
      });
      for await (const { assets } of readRegister(ask, '2025-12-31T22:59:59.999Z')) {
        read.push(...assets.map(({ reference }) => reference));
      }
      expect(read).toEqual(all.map(({ reference }) => reference));
    }
  });

  it('adds up what is known, and counts what is not', () => {
    const first = addTotals(NO_TOTALS, [asset({ acquisitionValue: 350_000 }), asset({})]);
    const both = addTotals(first, [asset({ acquisitionValue: 0, status: 'lost' })]);
    expect(both).toMatchObject({ count: 3, value: 350_000, withoutValue: 1 });
    expect([...both.byStatus]).toEqual([
      ['in-stock', { count: 2, value: 350_000 }],
      ['lost', { count: 1, value: 0 }],
    ]);
  });
});

describe('a table for a spreadsheet', () => {
  it('quotes what would break a line or a cell', () => {
    expect(csvLine(['a;b', 'dit "non"', 'deux\nlignes', undefined, 350_000])).toBe(
      '"a;b";"dit ""non""";"deux\nlignes";;350000\r\n',
    );
  });

  it('never holds a formula', () => {
    expect(csvLine(['=1+1', '+229 01', '-2', '@a', 'a=b'])).toBe("'=1+1;'+229 01;'-2;'@a;a=b\r\n");
  });
});
