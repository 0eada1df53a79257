import { median } from '../statistics.ts';
import { alignTable, formatNumber, MARKS } from '../table.ts';
import type { Floors } from './documents.ts';
import type { ContestantName, Measurement, Plan, Unit } from './protocol.ts';

export type SyncResult = {
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
    /** What the endpoint of ours stood on. */
    readonly database: string;
    readonly rxdb: string;
    readonly pouchdb: string;
    /** Bytes of a mean asset as JSON. */
    readonly meanAsset: number;
  };
  readonly plan: Plan;
  readonly measurements: readonly Measurement[];
  /** Of the first load, where it was measured. */
  readonly floors?: Floors;
};

const COLUMNS: readonly (readonly [ContestantName, string])[] = [
  ['ours', 'ours'],
  ['bare', 'ours, no journal'],
  ['collections', 'RxDB on ours'],
  ['rxdb', 'RxDB'],
  ['pouchdb', 'PouchDB'],
];

/** What ours is to reach, where the size is the one that the number was set for. */
type Target = { readonly row: string; readonly size?: number; readonly text: string; readonly most: number };

const TARGETS: readonly Target[] = [
  { row: 'nothing changed, bytes', text: '≤ 300 B', most: 300 },
  { row: 'one edit until acknowledged, bytes', text: '≤ 600 B', most: 600 },
  { row: '200 edits made offline, bytes', text: '≤ 20 kB', most: 20_000 },
  { row: 'first load, bytes', size: 20_000, text: '≤ 1.35 MB', most: 1_350_000 },
  { row: 'first load cut every 64 kB, bytes ÷ uncut', text: '≤ 1.05 ×', most: 1.05 },
  { row: 'first load cut every 64 kB, assets missing at its end', text: '0', most: 0 },
  { row: 'first load at 256 kbit/s and 300 ms each way, time', size: 2000, text: '≤ 6 s', most: 6000 },
];

const NOTES = [
  'Bytes are those of TCP in both directions with HTTP’s lines and headers, counted by a proxy until the line is quiet; times end with the last acknowledgement or the last document. A number in brackets says of how many runs.',
  'Ours: the desktop’s own register (encrypted, on the disk, all its collections in each exchange, its event stream open) and the endpoint as a process of its own. An edit is a command: the asset and a journal entry with its hash and signature. “No journal” writes the document alone, as the peers do.',
  'RxDB and PouchDB: one collection, in memory, in the clear, with their own sizes of batches, on servers that answer with gzip and few headers. Without event stream (RxDB) and one replication at a time (PouchDB): their cheapest way. RxDB asks once per collection; with the register’s it would be so many times.',
  '“RxDB on ours” is RxDB’s stock client on the endpoint’s standard routes.',
];

/** The table, in Markdown that also reads well on a terminal, with the machine above it and what to know of it below. */
export function renderSyncReport({ machine, plan, measurements, floors }: SyncResult): string {
  const rows = [...new Set(measurements.map(({ row }) => row))];
  const { system, processor, cores, memoryGb, node, database, rxdb, pouchdb, meanAsset } = machine;
  return [
    `${cores} × ${processor}, ${memoryGb} GB, ${system}; Node ${node}, endpoint on ${database}, RxDB ${rxdb}, PouchDB ${pouchdb}.`,
    `Assets of ${meanAsset} B as JSON, medians of ${plan.runs} runs unless a number in brackets says of how many.`,
    '',
    ...alignTable([
      ['what', 'assets', ...COLUMNS.map(([, title]) => title), 'target'],
      ...rows.map((row) => renderRow(row, measurements, plan.runs)),
    ]),
    '',
    ...[...NOTES, ...(floors ? [describeFloors(floors)] : [])].map((note) => `- ${note}`),
  ].join('\n');
}

function describeFloors({ gzip, brotli, brotliByField }: Floors): string {
  const size = (value: number) => formatValue(value, 'bytes');
  return `All assets of the first load packed at once: gzip ${size(gzip)}, brotli 9 ${size(brotli)}, one array per field with brotli 9 ${size(brotliByField)}.`;
}

function renderRow(row: string, measurements: readonly Measurement[], runs: number): string[] {
  const ofRow = measurements.filter((measurement) => measurement.row === row);
  const size = ofRow[0]?.size ?? 0;
  const of = (name: ContestantName) => ofRow.find(({ contestant }) => contestant === name);
  const target = TARGETS.find((candidate) => candidate.row === row && (candidate.size ?? size) === size);
  const mine = of('ours');
  const isReached = target && mine && median(mine.runs) <= target.most;
  return [
    row,
    size.toLocaleString('en'),
    ...COLUMNS.map(([name]) => formatCell(of(name), runs)),
    target ? `${target.text}${MARKS[String(isReached)] ?? ''}` : '',
  ];
}

function formatCell(measurement: Measurement | undefined, runs: number): string {
  if (!measurement) return '–';
  const fewer = measurement.runs.length === runs ? '' : ` (${measurement.runs.length})`;
  return `${formatValue(median(measurement.runs), measurement.unit)}${fewer}`;
}

/** Bytes in thousands and millions, as lines are sold. */
export function formatValue(value: number, unit: Unit): string {
  if (unit === 'count') return value.toLocaleString('en');
  if (unit === 'ratio') return `${value.toFixed(3)} ×`;
  const [small, large, factor] = unit === 'ms' ? ['ms', 's', 1000] : ['B', 'kB', 1000];
  if (unit === 'bytes' && value >= 1e6) return `${(value / 1e6).toFixed(2)} MB`;
  if (value >= 10 * factor || (unit === 'ms' && value >= factor)) return `${formatNumber(value / factor)} ${large}`;
  return `${unit === 'bytes' ? Math.round(value).toLocaleString('en') : formatNumber(value)} ${small}`;
}
