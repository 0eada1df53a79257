import type { FreezeFacts, ImportFacts, Measurement, Plan } from '../protocol.ts';
import { median, percentile } from '../statistics.ts';
import { BenchWindow } from './bench-window.ts';
import { ProductProcess } from './product.ts';
import { say } from './progress.ts';
import type { Registers } from './register.ts';
import { BenchWorker } from './worker.ts';

export type Freeze = {
  readonly size: number;
  readonly rows: number;
  readonly imported: ImportFacts;
  readonly windows: readonly FreezeFacts[];
};

/** Two windows side by side, both in use; the first imports a table. Writes to the smallest register: the last part. */
export async function measureFreeze(plan: Plan, registers: Registers): Promise<Freeze> {
  const [found] = [...registers].sort(([a], [b]) => a - b);
  if (!found) throw new Error('No register to import into');
  const [size, { ours }] = found;
  say(
    `two windows in use on ${size.toLocaleString('en')} assets while ${plan.importRows.toLocaleString('en')} rows are imported`,
  );
  const worker = new BenchWorker();
  const [questions] = await worker.call('planRuns', { size, runs: 1, searches: 100, edits: 1 });
  const place = await worker.call('findPlace', null);
  await worker.stop();
  const product = await ProductProcess.open(ours);
  const windows = [await BenchWindow.open({ x: 0, y: 0 }), await BenchWindow.open({ x: 720, y: 0 })] as const;
  try {
    for (const window of windows) {
      const { nonce, port } = window.connect();
      product.connect(port);
      await window.call('beginUse', { nonce, searches: questions?.searches ?? [] });
    }
    const imported = await windows[0].call('importTable', { rows: plan.importRows, ...place });
    const facts = [await windows[0].call('endUse', null), await windows[1].call('endUse', null)];
    return { size, rows: plan.importRows, imported, windows: facts };
  } finally {
    for (const window of windows) window.close();
    await product.stop();
  }
}

export function freezeRows({ size, rows, imported, windows }: Freeze): Measurement[] {
  const { previewBegan, commitBegan, ended } = imported;
  const row = (what: string, value: number, unit: Measurement['unit'] = 'ms'): Measurement => ({
    row: `import of ${rows.toLocaleString('en')} rows, two windows in use: ${what}`,
    size,
    contestant: 'port',
    unit,
    runs: [value],
  });
  const during = (from: number, to: number) =>
    windows.flatMap(({ searched }) => searched.filter(({ at }) => at >= from && at < to).map(({ took }) => took));
  const [previewing, committing] = [during(previewBegan, commitBegan), during(commitBegan, ended)];
  return [
    row('preview', commitBegan - previewBegan),
    row('commit', ended - commitBegan),
    ...windows.flatMap(({ longestTurn, longestFrame }, index) => [
      row(`longest pause of window ${index + 1}`, longestTurn),
      row(`longest time between two frames of window ${index + 1}`, longestFrame),
    ]),
    ...(previewing.length > 0 ? [row('letter to rows during the preview, longest', Math.max(...previewing))] : []),
    ...(committing.length > 0
      ? [
          row('letter to rows during the commit, p50', median(committing)),
          row('letter to rows during the commit, p95', percentile(committing, 95)),
          row('letter to rows during the commit, longest', Math.max(...committing)),
        ]
      : []),
    row('questions that failed', windows.flatMap(({ errors }) => errors).length, 'count'),
  ];
}
