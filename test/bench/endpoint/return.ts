import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../../support/random.ts';
import { median, percentile } from '../statistics.ts';
import type { BenchDevice } from './devices.ts';
import { exchange, makeBody } from './exchange.ts';
import type { Plan, Return } from './report.ts';

/** Rows that each brings: a day without a network. */
const ROWS = 5;
const SEED = 20_261_123;

/** All devices come back at random moments of the time given, each over a connection of its own. */
export async function measureReturn(
  addresses: readonly string[],
  devices: readonly BenchDevice[],
  { within }: Pick<Plan, 'within'>,
): Promise<Return> {
  const random = randomOf(SEED);
  const prepared = devices.map((device) => ({ device, body: makeBody(device, ROWS), at: random() * within * 1000 }));
  const times: number[] = [];
  const errors: string[] = [];
  const begun = performance.now();
  await Promise.all(
    prepared.map(async ({ device, body, at }, index) => {
      await pause(at);
      const agent = new Agent();
      try {
        await exchange(addresses[index % addresses.length] ?? '', device, body, agent);
        // From the moment it was due: a generator that comes late makes no answer look faster.
        times.push(performance.now() - begun - at);
      } catch (error) {
        errors.push(error instanceof Error ? error.message : String(error));
      } finally {
        agent.destroy();
      }
    }),
  );
  return {
    devices: devices.length,
    rows: ROWS,
    p50: median(times),
    p99: percentile(times, 99),
    longest: percentile(times, 100),
    errors: errors.length,
    firstError: errors[0] ?? null,
  };
}
