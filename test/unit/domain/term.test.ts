import { describe, expect, test } from 'vitest';
import { daysUntil, lastDay } from '#shared/domain/term.ts';
import { formatQuantity } from '../../../renderer/text/format.ts';

describe('the end of a licence or contract', () => {
  test('a year or a month ends with its last day', () => {
    expect(lastDay('2028')).toBe('2028-12-31');
    expect(lastDay('2028-02')).toBe('2028-02-29');
    expect(lastDay('2028-02-10')).toBe('2028-02-10');
  });

  test('the last day itself is day 0, the day after is over', () => {
    expect(daysUntil('2026-11', '2026-11-30')).toBe(0);
    expect(daysUntil('2026-11-30', '2026-12-01')).toBe(-1);
    expect(daysUntil('2027', '2026-12-31')).toBe(365);
  });
});

test('quantities name their unit, and only the usual ones take an s', () => {
  expect(formatQuantity(1, 'pièce')).toBe('1\u00a0pièce');
  expect(formatQuantity(12, 'pièce')).toBe('12\u00a0pièces');
  expect(formatQuantity(-3, 'kg')).toBe('−3\u00a0kg');
  expect(formatQuantity(0, undefined)).toBe('0');
});
