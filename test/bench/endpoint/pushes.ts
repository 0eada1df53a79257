import { Agent } from 'node:http';
import type { BenchDevice } from './devices.ts';
import { exchange, makeBody } from './exchange.ts';
import type { Plan, Pushes } from './report.ts';

/** Desktops that push at the same time, each of another ministry and all they can. */
const PUSHERS = 8;
const BATCH = 500;
/** Bodies of each that are made beforehand: making them takes the endpoint's time otherwise. */
const BODIES = 60;

/** Rows acknowledged per second, at most as many as were prepared. */
export async function measurePushes(
  addresses: readonly string[],
  devices: readonly BenchDevice[],
  { seconds }: Pick<Plan, 'seconds'>,
): Promise<Pushes> {
  const agent = new Agent({ keepAlive: true });
  const prepared = devices.slice(0, PUSHERS).map((device) => {
    return { device, bodies: Array.from({ length: BODIES }, () => makeBody(device, BATCH)) };
  });
  let rows = 0;
  const begun = performance.now();
  const isOver = () => performance.now() - begun > seconds * 1000;
  await Promise.all(
    prepared.map(async ({ device, bodies }, index) => {
      const address = addresses[index % addresses.length] ?? '';
      for (const body of bodies) {
        if (isOver()) return;
        rows += (await exchange(address, device, body, agent)).answers.length;
      }
    }),
  );
  const elapsed = (performance.now() - begun) / 1000;
  agent.destroy();
  return { rows, seconds: elapsed, rowsPerSecond: rows / elapsed, pushers: PUSHERS, batch: BATCH };
}
