import type { Contestant, Measurement, Plan } from './protocol.ts';
import { median } from './statistics.ts';

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
};

const HEAD = ['row', 'size', 'port', 'in process', 'Dexie', 'floor', 'Dexie ÷ port', 'in process ÷ floor', 'target'];

/** The table, in Markdown that also reads well on a terminal, with the machine above it. */
export function renderReport({ machine, plan, measurements }: Result): string {
  const rows = [...new Set(measurements.map(({ row, size }) => `${size}\0${row}`))].map((key) => {
    const [size = '', row = ''] = key.split('\0');
    return renderRow(
      row,
      Number(size),
      measurements.filter((measurement) => measurement.row === row && measurement.size === Number(size)),
    );
  });
  const { system, processor, cores, memoryGb, electron, chromium, node, rxdb } = machine;
  return [
    `${cores} × ${processor}, ${memoryGb} GB, ${system}; Electron ${electron} (Chromium ${chromium}, Node ${node}), RxDB ${rxdb}.`,
    `Milliseconds, medians of ${plan.runs}.`,
    '',
    ...alignTable([HEAD, ...rows]),
  ].join('\n');
}

function renderRow(row: string, size: number, measurements: readonly Measurement[]): string[] {
  const of = (contestant: Contestant): number | undefined => {
    const found = measurements.find((measurement) => measurement.contestant === contestant);
    return found && median(found.runs);
  };
  const [port, process, dexie, floor] = [of('port'), of('process'), of('dexie'), of('floor')];
  return [
    row,
    size.toLocaleString('en'),
    ...[port, process, dexie, floor].map(formatTime),
    formatRatio(dexie, port),
    formatRatio(process, floor),
    '',
  ];
}

/** Three digits are all that is known. */
function formatTime(time: number | undefined): string {
  if (time === undefined) return '–';
  if (time >= 100) return Math.round(time).toLocaleString('en');
  return time >= 10 ? time.toFixed(1) : time.toFixed(2);
}

function formatRatio(numerator: number | undefined, denominator: number | undefined): string {
  if (numerator === undefined || denominator === undefined) return '–';
  return denominator === 0 ? '∞' : `${(numerator / denominator).toFixed(1)} ×`;
}

function alignTable(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)];
}
