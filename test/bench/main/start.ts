import type { Measurement, Plan } from '../protocol.ts';
import { BenchWindow } from './bench-window.ts';
import { ProductProcess } from './product.ts';
import { say } from './progress.ts';
import type { Registers } from './register.ts';
import { BenchWorker } from './worker.ts';

/**
 * From the start of a data process to the first page of the list with its total in a window that is there already. The
 * files are in the system's memory, as after the first start of a day.
 */
export async function measureStart(plan: Plan, registers: Registers): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const window = await BenchWindow.open();
  try {
    for (const [size, { ours, floor }] of [...registers].sort(([a], [b]) => a - b)) {
      say(`starting on ${size.toLocaleString('en')} assets`);
      const times: Record<'port' | 'floor', number[]> = { port: [], floor: [] };
      for (let run = 0; run < plan.runs; run += 1) {
        times.port.push(await startOurs(window, ours));
        times.floor.push(await startFloor(floor));
      }
      for (const contestant of ['port', 'floor'] as const) {
        measurements.push({ row: 'start to a usable list', size, contestant, unit: 'ms', runs: times[contestant] });
      }
    }
  } finally {
    window.close();
  }
  return measurements;
}

async function startOurs(window: BenchWindow, directory: string): Promise<number> {
  await window.reload();
  const begun = performance.now();
  const product = await ProductProcess.open(directory);
  const { nonce, port } = window.connect();
  product.connect(port);
  const { rows, total } = await window.call('startList', { nonce });
  const took = performance.now() - begun;
  await product.stop();
  if (rows === 0 || total === 0) throw new Error('The list came empty');
  return took;
}

async function startFloor(directory: string): Promise<number> {
  const begun = performance.now();
  const worker = new BenchWorker();
  try {
    await worker.call('startFloor', { directory });
    return performance.now() - begun;
  } finally {
    await worker.stop();
  }
}
