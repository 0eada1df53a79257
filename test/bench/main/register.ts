import { join } from 'node:path';
import type { Contestant, Loaded, Measurement, Part, Plan } from '../protocol.ts';
import { REGISTER_PARTS, type RegisterPart, type RunTimes } from '../register/measure.ts';
import type { RunPlan } from '../register/questions.ts';
import { median, percentile } from '../statistics.ts';
import { BenchWindow } from './bench-window.ts';
import { type Memory, ProductProcess } from './product.ts';
import { say } from './progress.ts';
import { BenchWorker } from './worker.ts';

/** Dexie is measured up to here: beyond, its own loading would take longer than all the rest. */
const DEXIE_LIMIT = 100_000;
/** Loading is repeated up to here. */
const RELOAD_LIMIT = 100_000;
const MAX_LOADS = 3;
/** Runs of Dexie, which takes most of the time there is. */
const DEXIE_RUNS = 3;

/** Searches typed in each run (300 in five), and whole texts that Dexie is asked instead: each reads every document. */
const SEARCHES = 60;
const DEXIE_SEARCHES = 3;
const EDITS = 20;
/** A register too small to say anything is asked less: one search in so many assets. */
const ASSETS_PER_SEARCH = 100;
const DEXIE_BATCH = 1000;

/** Every place of the bench where a register lies, by its size. */
export type Registers = Map<number, { readonly ours: string; readonly floor: string }>;

type Context = {
  readonly plan: Plan;
  readonly size: number;
  readonly registers: Registers;
  readonly parts: readonly RegisterPart[];
};

/** Loads a register of one size for everyone and asks all of them the same. */
export async function measureRegister(plan: Plan, size: number, registers: Registers): Promise<Measurement[]> {
  const parts = REGISTER_PARTS.filter((part) => plan.parts.includes(part));
  const context: Context = { plan, size, registers, parts };
  const measurements = await loadRegisters(context);
  const runs = await planQuestions(context);
  const collected = new Map<Contestant, readonly RunTimes[]>();
  if (parts.length > 0 || plan.parts.includes('memory')) {
    const { times, memory } = await measurePort(context, runs);
    collected.set('port', times);
    measurements.push(...memory);
  }
  if (parts.length > 0) {
    collected.set('process', await inWorker((worker) => worker.call('measureInProcess', asked(context, runs, 'ours'))));
    collected.set('floor', await inWorker((worker) => worker.call('measureFloor', asked(context, runs, 'floor'))));
  }
  if (size <= DEXIE_LIMIT && isWanted(plan, [...REGISTER_PARTS, 'load', 'start'])) {
    const dexie = await measureDexie(context, runs);
    collected.set('dexie', dexie.times);
    measurements.push(...dexie.others);
  }
  compareAnswers(collected, size);
  for (const [contestant, runTimes] of collected) measurements.push(...toMeasurements(contestant, size, runTimes));
  return measurements;
}

function isWanted(plan: Plan, parts: readonly Part[]): boolean {
  return parts.some((part) => plan.parts.includes(part));
}

function asked({ size, registers, parts }: Context, runs: readonly RunPlan[], whose: 'ours' | 'floor') {
  const directory = registers.get(size)?.[whose];
  if (!directory) throw new Error(`No register of ${size} assets`);
  return { directory, runs, parts };
}

async function inWorker<Result>(act: (worker: BenchWorker) => Promise<Result>): Promise<Result> {
  const worker = new BenchWorker();
  try {
    return await act(worker);
  } finally {
    await worker.stop();
  }
}

async function planQuestions({ plan, size }: Context): Promise<readonly RunPlan[]> {
  return await inWorker((worker) =>
    worker.call('planRuns', {
      size,
      runs: plan.runs,
      searches: Math.min(SEARCHES, Math.ceil(size / ASSETS_PER_SEARCH)),
      edits: EDITS,
    }),
  );
}

/** Leaves one register of each kind behind, with the copies that later parts need. */
async function loadRegisters({ plan, size, registers }: Context): Promise<Measurement[]> {
  const repeats = plan.parts.includes('load') && size <= RELOAD_LIMIT ? Math.min(plan.runs, MAX_LOADS) : 1;
  const loaded: Record<'ours' | 'floor', Loaded[]> = { ours: [], floor: [] };
  for (let run = 0; run < repeats; run += 1) {
    say(`${size.toLocaleString('en')} assets: loading, ${run + 1} of ${repeats}`);
    const places = {
      ours: join(plan.directory, `ours-${size}-${run}`),
      floor: join(plan.directory, `floor-${size}-${run}`),
    };
    const start = startPlaces(plan, size);
    // A copy is made on the way, where a smaller register begins the larger one.
    const snapshots = (whose: 'ours' | 'floor') =>
      start && run === 0 ? [{ size: plan.startSize, directory: start[whose] }] : [];
    for (const [whose, call] of [
      ['ours', 'loadOurs'],
      ['floor', 'loadFloor'],
    ] as const) {
      loaded[whose].push(
        await inWorker((worker) => worker.call(call, { directory: places[whose], size, snapshots: snapshots(whose) })),
      );
    }
    if (start && run === 0) registers.set(plan.startSize, start);
    registers.set(size, places);
  }
  const of = (contestant: Contestant, whose: 'ours' | 'floor'): Measurement[] => [
    { row: 'load', size, contestant, unit: 'ms', runs: loaded[whose].map(({ milliseconds }) => milliseconds) },
    { row: 'file per asset', size, contestant, unit: 'B', runs: loaded[whose].map(({ bytes }) => bytes / size) },
  ];
  return plan.parts.includes('load') ? [...of('process', 'ours'), ...of('floor', 'floor')] : [];
}

function startPlaces(plan: Plan, size: number) {
  if (!plan.parts.includes('start') || plan.registerSizes.includes(plan.startSize)) return undefined;
  const [bearer] = [...plan.registerSizes].filter((larger) => larger > plan.startSize).sort((a, b) => a - b);
  if (size !== bearer) return undefined;
  return { ours: join(plan.directory, 'ours-start'), floor: join(plan.directory, 'floor-start') };
}

async function measurePort(
  context: Context,
  runs: readonly RunPlan[],
): Promise<{ readonly times: readonly RunTimes[]; readonly memory: readonly Measurement[] }> {
  const { plan, size } = context;
  const { directory, parts } = asked(context, runs, 'ours');
  const product = await ProductProcess.open(directory);
  const window = await BenchWindow.open();
  try {
    const first = await askFirstPage(product, window);
    const times: RunTimes[] = [];
    for (const [index, run] of runs.entries()) {
      say(`${size.toLocaleString('en')} assets: ours through the port, run ${index + 1} of ${runs.length}`);
      const { nonce, port } = window.connect();
      product.connect(port);
      times.push(...(await window.call('measureThroughPort', { nonce, runs: [run], parts })));
    }
    const memory = plan.parts.includes('memory')
      ? [...memoryRows('after the first page', size, first), ...memoryRows('in use', size, product.memory())]
      : [];
    return { times, memory };
  } finally {
    window.close();
    await product.stop();
  }
}

async function askFirstPage(product: ProductProcess, window: BenchWindow): Promise<Memory> {
  const { nonce, port } = window.connect();
  product.connect(port);
  await window.call('startList', { nonce });
  return product.memory();
}

function memoryRows(when: string, size: number, { resident, own }: Memory): Measurement[] {
  const row = (what: string, value: number): Measurement => ({
    row: `memory of the data process ${when}, ${what}`,
    size,
    contestant: 'port',
    unit: 'MB',
    runs: [value],
  });
  return [row('resident', resident), ...(own === undefined ? [] : [row('its own', own)])];
}

async function measureDexie(
  { plan, size, parts }: Context,
  runs: readonly RunPlan[],
): Promise<{ readonly times: readonly RunTimes[]; readonly others: readonly Measurement[] }> {
  const window = await BenchWindow.open();
  try {
    const loads: number[] = [];
    const repeats = plan.parts.includes('load') ? Math.min(plan.runs, MAX_LOADS) : 1;
    let name = '';
    for (let run = 0; run < repeats; run += 1) {
      say(`${size.toLocaleString('en')} assets: loading Dexie, ${run + 1} of ${repeats}`);
      if (name) await window.call('removeDexie', { name });
      name = `register-${size}-${run}`;
      loads.push(await loadDexie(window, name, size));
    }
    const times: RunTimes[] = [];
    const asked = runs.slice(0, DEXIE_RUNS);
    for (const [index, run] of asked.entries()) {
      say(`${size.toLocaleString('en')} assets: Dexie, run ${index + 1} of ${asked.length}`);
      // Counting by value reads the whole register four times: once is enough.
      const rows = parts.filter((part) => part !== 'facets' || index === 0);
      const sparing = { wholeSearches: DEXIE_SEARCHES };
      times.push(...(await window.call('measureDexie', { name, runs: [run], parts: rows, sparing })));
    }
    const others: Measurement[] = plan.parts.includes('load')
      ? [{ row: 'load', size, contestant: 'dexie', unit: 'ms', runs: loads }]
      : [];
    if (plan.parts.includes('start'))
      others.push(await startDexie(window, name, size, Math.min(plan.runs, DEXIE_RUNS)));
    await window.call('removeDexie', { name });
    return { times, others };
  } finally {
    window.close();
  }
}

async function loadDexie(window: BenchWindow, name: string, size: number): Promise<number> {
  return await inWorker(async (worker) => {
    const { nonce, port } = window.connect();
    await worker.call('sendAssets', { size, batch: DEXIE_BATCH }, [port]);
    return await window.call('loadDexie', { nonce, name });
  });
}

async function startDexie(window: BenchWindow, name: string, size: number, runs: number): Promise<Measurement> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await window.reload();
    const begun = performance.now();
    await window.call('startDexie', { name });
    times.push(performance.now() - begun);
  }
  return { row: 'start to a usable list', size, contestant: 'dexie', unit: 'ms', runs: times };
}

/** The mean of each run's questions, which differ; of edits, which do not, the median; for searches, what half and 95 of 100 of them do not exceed. */
function toMeasurements(contestant: Contestant, size: number, runs: readonly RunTimes[]): Measurement[] {
  const rows = [...new Set(runs.flatMap(({ times }) => Object.keys(times)))];
  return rows.flatMap((row): Measurement[] => {
    const single = runs.flatMap(({ times }) => (times[row] ? [times[row]] : []));
    const common = { size, contestant, unit: 'ms' as const, single };
    // The first edit of Dexie's list pays for the list itself.
    const ofRun = row === 'live' ? median : mean;
    if (row !== 'search') return [{ ...common, row: ROW_NAMES[row] ?? row, runs: single.map(ofRun) }];
    return [50, 95].map((percent) => ({
      ...common,
      row: `search as one types, p${percent}`,
      runs: single.map((times) => percentile(times, percent)),
    }));
  });
}

const ROW_NAMES: Readonly<Record<string, string>> = {
  list: 'filter, sort, first 100',
  'list and total': 'the same with the total',
  page: 'page 1,000',
  count: 'count',
  facets: 'counts of all four filters',
  live: 'live list after one edit',
};

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whoever is measured must have answered the same, or his time says nothing. */
function compareAnswers(collected: ReadonlyMap<Contestant, readonly RunTimes[]>, size: number): void {
  const [reference, ...others] = [...collected];
  if (!reference) return;
  for (const [contestant, runs] of others) {
    for (const [index, { answers }] of runs.entries()) {
      for (const [row, answer] of Object.entries(answers)) {
        // What a search finds is each one's own idea.
        if (row === 'search') continue;
        const expected = reference[1][index]?.answers[row];
        if (JSON.stringify(expected) === JSON.stringify(answer)) continue;
        throw new Error(
          `${size} assets, ${row}, run ${index + 1}: ${reference[0]} answered ${expected}, ${contestant} ${answer}`,
        );
      }
    }
  }
}
