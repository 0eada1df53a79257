import fc from 'fast-check';
import { isPartialDate } from '#shared/domain/date.ts';
import {
  formatBytes,
  formatDay,
  formatInstant,
  formatInteger,
  formatMoney,
  formatRelative,
} from '../../../renderer/text/format.ts';
import { parsePartialDate, printPartialDate } from '../../../renderer/text/partial-date.ts';

describe('dates as papers write them', () => {
  it.each([
    ['2019', '2019'],
    ['03/2019', '2019-03'],
    ['3/2019', '2019-03'],
    ['14/03/2019', '2019-03-14'],
    ['4/3/2019', '2019-03-04'],
    ['14.03.2019', '2019-03-14'],
    ['14-03-2019', '2019-03-14'],
    ['14 03 2019', '2019-03-14'],
    ['14032019', '2019-03-14'],
    [' 2019-03-14 ', '2019-03-14'],
    ['29/02/2024', '2024-02-29'],
  ])('%s is understood', (typed, date) => {
    expect(parsePartialDate(typed)).toBe(date);
  });

  it.each(['', 'hier', '31/02/2019', '13/2019', '19', '14/03/19', '0001', '2019-3', '14//2019'])(
    '%j is refused',
    (typed) => {
      expect(parsePartialDate(typed)).toBeUndefined();
    },
  );

  it('print and parse are each other’s inverse', () => {
    const two = (value: number) => String(value).padStart(2, '0');
    const date = fc
      .tuple(fc.integer({ min: 1900, max: 2999 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 31 }))
      .map(([year, month, day]) => [String(year), ...(month ? [two(month), ...(day ? [two(day)] : [])] : [])].join('-'))
      .filter(isPartialDate);
    fc.assert(fc.property(date, (value) => parsePartialDate(printPartialDate(value)) === value));
  });
});

describe('instants', () => {
  it('are shown in the time of Benin, whatever the clock of the desktop says', () => {
    expect(formatInstant('2026-11-23T23:30:00.000Z', 'fr')).toBe('24/11/2026 00:30');
    expect(formatDay('2026-11-23T23:30:00.000Z', 'en')).toBe('24/11/2026');
  });

  it('are told by distance in the largest unit that fits', () => {
    const now = Date.parse('2026-11-23T12:00:00.000Z');
    expect(formatRelative('2026-11-23T11:57:00.000Z', now, 'fr')).toBe('il y a 3 minutes');
    expect(formatRelative('2026-11-22T12:00:00.000Z', now, 'fr')).toBe('hier');
    expect(formatRelative('2026-11-23T12:01:30.000Z', now, 'en')).toBe('in 2 minutes');
  });
});

describe('numbers', () => {
  it('amounts are whole francs with narrow spaces', () => {
    expect(formatMoney(1_250_000)).toBe('1\u202f250\u202f000\u00a0F\u00a0CFA');
    expect(formatInteger(999)).toBe('999');
  });

  it('bytes keep three digits at the most', () => {
    expect(formatBytes(18_240, 'fr')).toBe('18\u202fko');
    expect(formatBytes(1_345_200, 'fr')).toBe('1,3\u202fMo');
  });
});
