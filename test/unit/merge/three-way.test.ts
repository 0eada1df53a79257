import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fields, isSame, mergeThreeWay } from '#shared/merge/three-way.ts';

const value = fc.oneof(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 3 }), fc.boolean());
const attributes = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), value, { noNullPrototype: true });
const record: fc.Arbitrary<Fields> = fc.record(
  { id: fc.constant('x'), brand: value, model: value, notes: value, attributes },
  { requiredKeys: ['id'], noNullPrototype: true },
);

describe('three-way merge', () => {
  test('M2: a field changed on one side only takes that side’s value', () => {
    const base = { brand: 'HP', model: 'G7' };
    expect(mergeThreeWay(base, { brand: 'HP', model: 'G8' }, base).merged).toEqual({ brand: 'HP', model: 'G8' });
    expect(mergeThreeWay(base, base, { brand: 'HP', model: 'G9' }).merged).toEqual({ brand: 'HP', model: 'G9' });
    expect(mergeThreeWay(base, { brand: 'HP' }, base).merged).toEqual({ brand: 'HP' });
  });

  test('M3: two edits of different fields are both kept', () => {
    const base = { brand: 'HP', model: 'G7', attributes: { os: '10', ram: 4 } };
    const result = mergeThreeWay(
      base,
      { ...base, model: 'G8', attributes: { os: '10', ram: 8 } },
      { ...base, brand: 'Dell', attributes: { os: '11', ram: 4 } },
    );
    expect(result).toEqual({ merged: { brand: 'Dell', model: 'G8', attributes: { os: '11', ram: 8 } }, conflicts: [] });
  });

  test('M4: the same field changed on both sides keeps the endpoint’s value and reports both', () => {
    const result = mergeThreeWay({ brand: 'HP' }, { brand: 'Dell' }, { brand: 'Lenovo' });
    expect(result.merged).toEqual({ brand: 'Lenovo' });
    expect(result.conflicts).toEqual([{ field: 'brand', base: 'HP', mine: 'Dell', theirs: 'Lenovo' }]);
  });

  test('M4: declared instants are not worth a review; the later one stays', () => {
    const result = mergeThreeWay({ updatedAt: '2026-01-01' }, { updatedAt: '2026-01-03' }, { updatedAt: '2026-01-02' });
    expect(result).toEqual({ merged: { updatedAt: '2026-01-03' }, conflicts: [] });
  });

  test('M5: both sides equal is no conflict, whatever the base', () => {
    fc.assert(
      fc.property(fc.option(record, { nil: undefined }), record, (base, both) => {
        const result = mergeThreeWay(base, both, both);
        expect(result.conflicts).toEqual([]);
        expect(isSame(result.merged, both)).toBe(true);
      }),
    );
  });

  test('M1: no value is lost: each side’s change is in the result or in a conflict', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { merged, conflicts } = mergeThreeWay(base, mine, theirs);
        const disputed = new Set(conflicts.map(({ field }) => field.split('.')[0]));
        for (const field of ['brand', 'model', 'notes']) {
          if (disputed.has(field)) continue;
          for (const side of [mine, theirs]) {
            if (!isSame(side[field], base[field])) expect(isSame(merged[field], side[field])).toBe(true);
          }
        }
      }),
    );
  });

  test('M1: merging is commutative apart from the disputed fields', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const [one, two] = [mergeThreeWay(base, mine, theirs), mergeThreeWay(base, theirs, mine)];
        expect(new Set(one.conflicts.map(({ field }) => field))).toEqual(
          new Set(two.conflicts.map(({ field }) => field)),
        );
        if (one.conflicts.length === 0) expect(isSame(one.merged, two.merged)).toBe(true);
      }),
    );
  });

  test('M1: merging again after the merge changes nothing', () => {
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { merged } = mergeThreeWay(base, mine, theirs);
        const again = mergeThreeWay(theirs, merged, theirs);
        expect(again.conflicts).toEqual([]);
        expect(isSame(again.merged, merged)).toBe(true);
      }),
    );
  });
});
