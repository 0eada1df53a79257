import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recency } from '../../../electron/data/search/recency.ts';

const time = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4_102_444_800_000 }));
const edit = fc.record({ slot: fc.integer({ min: 1, max: 60 }), at: time, isThere: fc.boolean() });

function expected(updatedAt: Float64Array, status: Uint8Array, end: number): number[] {
  const slots = Array.from({ length: end - 1 }, (_, slot) => slot + 1).filter((slot) => status[slot] === 1);
  return slots.sort((a, b) => (updatedAt[b] as number) - (updatedAt[a] as number) || b - a);
}

test('however edits come, the order is that of a sort', () => {
  fc.assert(
    fc.property(fc.array(fc.array(edit, { maxLength: 12 }), { minLength: 1, maxLength: 8 }), (rounds) => {
      const [updatedAt, status, recency] = [new Float64Array(64), new Uint8Array(64), new Recency()];
      for (const edits of rounds) {
        for (const { slot, at, isThere } of edits) {
          updatedAt[slot] = at;
          status[slot] = isThere ? 1 : 0;
          recency.note(slot);
        }
        expect([...recency.order(updatedAt, status, 64)]).toEqual(expected(updatedAt, status, 64));
      }
    }),
    { numRuns: 500 },
  );
});
