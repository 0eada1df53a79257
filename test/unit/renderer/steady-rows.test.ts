import { shiftOf } from '../../../renderer/features/asset-list/use-steady-rows.ts';

const sight = ['a', 'b', 'c', 'd'].map((id, row) => [10 + row, id] as const);
const shift = (after: string) => shiftOf(sight, (id) => (after.includes(id) ? after.indexOf(id) : undefined));

describe('by how many rows those in sight have moved', () => {
  it('is none when nothing moved', () => expect(shift('..........abcd')).toBe(0));
  it('is what came or went above', () => {
    expect(shift('............abcd')).toBe(2);
    expect(shift('.......abcd')).toBe(-3);
  });
  it('does not follow a row that moved alone', () => expect(shift('c..........ab.d')).toBe(1));
  it('is none when all of them are gone', () => expect(shift('....')).toBe(0));
});
