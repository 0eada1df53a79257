import { alignTable, formatNumber, MARKS } from '../table.ts';

export type Plan = {
  readonly seconds: number;
  readonly devices: number;
  /** Seconds. */
  readonly within: number;
  readonly resultFile: string;
};

export type Pushes = {
  readonly rows: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly pushers: number;
  readonly batch: number;
};

/** Times in milliseconds. */
export type Return = {
  readonly devices: number;
  readonly rows: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly errors: number;
  readonly firstError: string | null;
};

export type EndpointResult = {
  readonly machine: {
    readonly system: string;
    readonly processor: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
    /** Processes that wanted a core in the minute before: what else ran on this machine. */
    readonly loadBefore: number;
  };
  readonly plan: Plan;
  readonly pushes: Pushes;
  readonly back: Return;
};

const TARGETS = { rowsPerSecond: 5000, p99: 2000, errors: 0 } as const;

/** What was measured beside what is to be reached. */
export function renderEndpointReport({ machine, plan, pushes, back }: EndpointResult): string {
  const mark = (isReached: boolean) => MARKS[String(isReached)] ?? '';
  const come = `${back.devices} devices back within ${plan.within} s, ${back.rows} rows each`;
  const rows = [
    ['what', 'measured', 'target'],
    [
      `rows pushed per second (${pushes.pushers} desktops, ${pushes.batch} rows each time)`,
      formatNumber(pushes.rowsPerSecond),
      `≥ 5,000${mark(pushes.rowsPerSecond >= TARGETS.rowsPerSecond)}`,
    ],
    [`${come}: p50`, `${formatNumber(back.p50)} ms`, ''],
    [`${come}: p99`, `${formatNumber(back.p99)} ms`, `≤ 2 s${mark(back.p99 <= TARGETS.p99)}`],
    [`${come}: longest`, `${formatNumber(back.longest)} ms`, ''],
    [`${come}: errors`, String(back.errors), `0${mark(back.errors === TARGETS.errors)}`],
  ];
  const where = `${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}`;
  const noise = `Two instances, PostgreSQL and the desktops share these cores; load before: ${formatNumber(machine.loadBefore)}.`;
  return [
    ...alignTable(rows),
    '',
    `${where}. ${noise}`,
    ...(back.firstError ? [`First error: ${back.firstError}`] : []),
  ].join('\n');
}
