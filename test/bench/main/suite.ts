import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant, Measurement, Plan, SuiteTimes } from '../protocol.ts';
import { BenchWindow } from './bench-window.ts';
import { say } from './progress.ts';
import { BenchWorker } from './worker.ts';

type Runner = { readonly contestant: Contestant; run(): Promise<SuiteTimes> };

/**
 * RxDB's suite for everyone. The contestants take turns within each run, so that a slow minute of the machine meets all
 * of them; a first run of each warms up and does not count.
 */
export async function measureSuite({ suiteSize: docs, runs, directory }: Plan): Promise<Measurement[]> {
  const workers = { port: new BenchWorker(), process: new BenchWorker(), floor: new BenchWorker() };
  const windows = { port: await BenchWindow.open(), dexie: await BenchWindow.open() };
  const folder = () => mkdtempSync(join(directory, 'suite-'));
  try {
    const runners: readonly Runner[] = [
      {
        contestant: 'port',
        run: async () => {
          const { nonce, port } = windows.port.connect();
          await workers.port.call('hostSuite', { directory: folder() }, [port]);
          return await windows.port.call('suiteThroughPort', { nonce, docs });
        },
      },
      {
        contestant: 'process',
        run: () => workers.process.call('suiteInProcess', { directory: folder(), docs }),
      },
      { contestant: 'dexie', run: () => windows.dexie.call('suiteDexie', { docs }) },
      { contestant: 'floor', run: () => workers.floor.call('suiteFloor', { directory: folder(), docs }) },
    ];
    return await takeTurns(runners, docs, runs);
  } finally {
    for (const window of Object.values(windows)) window.close();
    for (const worker of Object.values(workers)) await worker.stop();
  }
}

async function takeTurns(runners: readonly Runner[], size: number, runs: number): Promise<Measurement[]> {
  const values = new Map<string, { row: string; contestant: Contestant; runs: number[] }>();
  for (let run = 0; run <= runs; run += 1) {
    say(`RxDB's suite, ${size} documents: ${run === 0 ? 'warming up' : `run ${run} of ${runs}`}`);
    for (const { contestant, run: act } of runners) {
      const times = Object.entries(await act());
      if (run === 0) continue;
      for (const [row, time] of times) {
        const key = `${contestant} ${row}`;
        const known = values.get(key) ?? { row, contestant, runs: [] };
        known.runs.push(time);
        values.set(key, known);
      }
    }
  }
  return [...values.values()].map(({ row, contestant, runs: times }) => ({
    row: `suite ${row}`,
    size,
    contestant,
    unit: 'ms' as const,
    runs: times,
  }));
}
