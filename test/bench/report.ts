import type { Freeze } from './main/freeze.ts';
import type { Contestant, Measurement, Plan } from './protocol.ts';
import { median } from './statistics.ts';
import { alignTable, formatNumber, MARKS } from './table.ts';

export type Result = {
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly electron: string;
    readonly chromium: string;
    readonly node: string;
    readonly rxdb: string;
  };
  readonly plan: Plan;
  readonly measurements: readonly Measurement[];
  readonly freeze?: Freeze;
};

const HEAD = [
  'what',
  'size',
  'ours, port',
  'ours, in process',
  'Dexie',
  'floor',
  'Dexie ÷ ours',
  'in process ÷ floor',
  'target',
];

/** What is to be reached, by the beginning of a row's name. `holds` gets the medians of a row. */
type Target = {
  readonly row: string;
  readonly size?: number;
  readonly text: string;
  readonly holds: (medians: Medians) => boolean | undefined;
};
type Medians = Readonly<Partial<Record<Contestant, number>>>;

const TARGETS: readonly Target[] = [
  {
    row: 'suite ',
    text: '≥ 3 ×, ≤ 2 ×',
    holds: ({ port, dexie, process, floor }) =>
      port && dexie && process && floor ? dexie >= 3 * port && process <= 2 * floor : undefined,
  },
  { row: 'search as one types, p95', size: 1_000_000, text: '≤ 16 ms', holds: ({ port }) => atMost(port, 16) },
  { row: 'start to a usable list', size: 200_000, text: '≤ 1.5 s', holds: ({ port }) => atMost(port, 1500) },
  {
    row: 'memory of the data process in use, resident',
    size: 1_000_000,
    text: '< 200 MB',
    holds: ({ port }) => atMost(port, 200),
  },
  ...['longest pause of window 1', 'longest pause of window 2'].map((row) => ({
    row,
    text: '≤ 50 ms',
    holds: ({ port }: Medians) => atMost(port, 50),
  })),
  { row: 'questions that failed', text: '0', holds: ({ port }) => port === 0 },
];

/** A missing figure is not a failure. */
function atMost(value: number | undefined, most: number): boolean | undefined {
  return value === undefined ? undefined : value <= most;
}

/** The table, in Markdown that also reads well on a terminal, with the machine above it and what to know of it below. */
export function renderReport({ machine, plan, measurements }: Result): string {
  const rows = [...new Set(measurements.map(({ row }) => row))].flatMap((row) => {
    const ofRow = measurements.filter((measurement) => measurement.row === row);
    const sizes = [...new Set(ofRow.map(({ size }) => size))].sort((a, b) => a - b);
    return sizes.map((size) =>
      renderRow(
        row,
        size,
        ofRow.filter((measurement) => measurement.size === size),
        plan.runs,
      ),
    );
  });
  const { system, processor, cores, memoryGb, electron, chromium, node, rxdb } = machine;
  return [
    `${cores} × ${processor}, ${memoryGb} GB, ${system}; Electron ${electron} (Chromium ${chromium}, Node ${node}), RxDB ${rxdb}.`,
    `Milliseconds where nothing else is said, medians of ${plan.runs} runs unless a number in brackets says of how many.`,
    '',
    ...alignTable([HEAD, ...rows]),
    '',
    ...NOTES.map((note) => `- ${note}`),
  ].join('\n');
}

const NOTES = [
  '"Dexie ÷ ours" is through the port, as windows read; loading happens in the data process.',
  'Ours and the floor are encrypted files with a write-ahead log that is on the disk at every commit; Dexie keeps its data in the clear.',
  '"property-access" reads documents that are in the window already: it is RxDB alone, whatever the storage.',
  '"insert-documents-500" is the fastest of the six batches of a run, as RxDB counts it.',
  'A list is 100 documents, a search the 31 that are seen; ours always comes with its total, a search also with the counts of all four filters, and what is changed in a live list is journaled. The floor ranks only searches with less than 10,000 matches, counts no further, gives no counts by filter and finds no typing errors; Dexie, which reads every document for it, is only asked whole texts.',
];

function renderRow(row: string, size: number, measurements: readonly Measurement[], runs: number): string[] {
  const of = (contestant: Contestant): Measurement | undefined =>
    measurements.find((measurement) => measurement.contestant === contestant);
  const medians: Medians = Object.fromEntries(
    measurements.map((measurement) => [measurement.contestant, median(measurement.runs)]),
  );
  const target = TARGETS.find((candidate) => row.includes(candidate.row) && (candidate.size ?? size) === size);
  return [
    row,
    size.toLocaleString('en'),
    ...[of('port'), of('process'), of('dexie'), of('floor')].map((measurement) => formatValue(measurement, runs)),
    formatRatio(medians.dexie, medians.port ?? medians.process),
    formatRatio(medians.process, medians.floor),
    target ? `${target.text}${MARKS[String(target.holds(medians))] ?? ''}` : '',
  ];
}

function formatValue(measurement: Measurement | undefined, runs: number): string {
  if (!measurement) return '–';
  const value = median(measurement.runs);
  const unit = measurement.unit === 'ms' || measurement.unit === 'count' ? '' : ` ${measurement.unit}`;
  const fewer = measurement.runs.length === runs ? '' : ` (${measurement.runs.length})`;
  return `${measurement.unit === 'count' ? value : formatNumber(value)}${unit}${fewer}`;
}

function formatRatio(numerator: number | undefined, denominator: number | undefined): string {
  if (numerator === undefined || denominator === undefined) return '–';
  return denominator === 0 ? '∞' : `${(numerator / denominator).toFixed(1)} ×`;
}
