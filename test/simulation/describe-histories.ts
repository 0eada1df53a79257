import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPEN } from './open-seeds.ts';
import { describeFailure, openStage, playSeeds, type Stage } from './seeds.ts';

/** Histories of one test. */
const PER_TEST = 50;

/** Tests over the histories of consecutive seeds. A seed that fails is made short and stays, in `known-seeds.test.ts`. */
export function describeHistories(first: number, count: number): void {
  describe('any number of desktops, a bad network, and programs that end anywhere', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    });
    afterAll(() => stage.close());

    const beginnings = Array.from({ length: Math.ceil(count / PER_TEST) }, (_, place) => first + place * PER_TEST);
    test.each(beginnings)(
      'S1 to S8, J1, J5, M2 to M4, V6: nothing acknowledged is lost, all end equal (from seed %i)',
      async (from) => {
        const { met, failure } = await playSeeds(stage, { from, count: PER_TEST, open: OPEN });
        expect(failure && describeFailure(failure)).toBeUndefined();
        // Histories in which nothing meets prove nothing.
        expect(met.commands).toBeGreaterThan(10 * PER_TEST);
        expect(met.merges).toBeGreaterThan(PER_TEST / 2);
        expect(met.reviews).toBeGreaterThan(PER_TEST / 10);
      },
    );
  });
}
