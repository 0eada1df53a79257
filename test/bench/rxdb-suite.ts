import type { RxStorage } from 'rxdb';
import { type PerformanceTestResult, runPerformanceTests } from 'rxdb/plugins/test-utils';
import type { SuiteTimes } from './protocol.ts';

/** What the result holds besides times. */
const DESCRIPTION: ReadonlySet<string> = new Set([
  'description',
  'collectionsAmount',
  'docsAmount',
] satisfies (keyof PerformanceTestResult)[]);

const MEANT_DOCS = 3000;
/** Between two measurements, in milliseconds. */
const WAIT = 100;

/**
 * One run of RxDB's own performance suite as it stands. One at a time, because over several the suite answers nearly the
 * minimum (it drops the slowest 95 %), and the bench says medians. What it measures six times within a run (the batches
 * of inserts) comes as its fastest, for the same reason; the floor does the same.
 */
export async function runRxdbSuite(storage: RxStorage<unknown, unknown>, docs: number): Promise<SuiteTimes> {
  const result = await runPerformanceTests(storage, 'bench', {
    runs: 1,
    docsAmount: docs,
    // RxDB's own numbers, except where the bench is only tried out.
    waitBetweenTests: docs < MEANT_DOCS ? 0 : WAIT,
    log: false,
  });
  return Object.fromEntries(
    Object.entries(result).flatMap(([name, time]) =>
      !DESCRIPTION.has(name) && typeof time === 'number' ? [[name, time]] : [],
    ),
  );
}
