import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { RXDB_VERSION } from 'rxdb';
import { registerPagesScheme, servePages } from '../../../electron/main/pages.ts';
import type { Measurement, Part, Plan } from '../protocol.ts';
import { type Result, renderReport } from '../report.ts';
import { type Freeze, freezeRows, measureFreeze } from './freeze.ts';
import { measureRegister, type Registers } from './register.ts';
import { measureStart } from './start.ts';
import { measureSuite } from './suite.ts';

const PLAN_ARGUMENT = '--bench-plan=';

function readPlan(): Plan {
  const file = process.argv.find((text) => text.startsWith(PLAN_ARGUMENT))?.slice(PLAN_ARGUMENT.length);
  if (!file) throw new Error(`The bench is started by its script, with ${PLAN_ARGUMENT}FILE`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

function describeMachine(): Result['machine'] {
  const processors = cpus();
  return {
    system: `${type()} ${process.arch}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    electron: process.versions.electron ?? 'unknown',
    chromium: process.versions.chrome ?? 'unknown',
    node: process.versions.node,
    rxdb: RXDB_VERSION,
  };
}

/** Part after part. What is measured is written at once: a part that fails does not cost the others. */
async function run(plan: Plan): Promise<void> {
  await app.whenReady();
  servePages(join(__dirname, '../renderer'));
  const measurements: Measurement[] = [];
  const registers: Registers = new Map();
  const note = (more: readonly Measurement[], freeze?: Freeze) => {
    measurements.push(...more);
    const result: Result = { machine: describeMachine(), plan, measurements, ...(freeze && { freeze }) };
    writeFileSync(plan.resultFile, JSON.stringify({ ...result, table: renderReport(result) }, null, 2));
  };
  const isWanted = (part: Part) => plan.parts.includes(part);
  if (isWanted('suite')) note(await measureSuite(plan));
  if (plan.parts.some((part) => part !== 'suite' && part !== 'kills')) {
    for (const size of plan.registerSizes) note(await measureRegister(plan, size, registers));
  }
  if (isWanted('start')) note(await measureStart(plan, registers));
  if (isWanted('freeze')) {
    const freeze = await measureFreeze(plan, registers);
    note(freezeRows(freeze), freeze);
  }
}

const plan = readPlan();
app.setPath('userData', join(plan.directory, 'chromium'));
registerPagesScheme();
// Between two parts no window is open.
app.on('window-all-closed', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.exit(1));
run(plan).then(
  () => app.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    app.exit(1);
  },
);
