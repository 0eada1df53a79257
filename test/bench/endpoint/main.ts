import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, version } from 'node:os';
import { openStore } from '../../../server/store/store.ts';
import { createSharedDatabase, type SharedDatabase } from '../../support/endpoint-database.ts';
import { type EndpointProcess, startEndpointProcess } from '../../support/endpoint-process.ts';
import { makeDevices } from './devices.ts';
import { measurePushes } from './pushes.ts';
import { type EndpointResult, type Plan, renderEndpointReport } from './report.ts';
import { measureReturn } from './return.ts';

/** Run by plain Node: `endpoint.mjs PLAN` measures two built instances on one PostgreSQL, all on this machine. */
const plan: Plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const INSTANCES = 2;
/** Ministries of Benin, roughly: a ministry's commits queue, those of two do not. */
const MINISTRIES = 24;

/** Seconds. */
const WARM_UP = 5;

function tell(text: string): void {
  process.stdout.write(`${JSON.stringify({ event: 'progress', text })}\n`);
}

async function measure(database: SharedDatabase): Promise<EndpointResult> {
  const store = await openStore(await database.open());
  tell(`making ${plan.devices} devices`);
  const devices = await makeDevices(store.database, MINISTRIES, plan.devices);
  await store.close();
  const env = { REGISTRE_LOG_LEVEL: 'silent', REGISTRE_DEVICE_REQUESTS_PER_MINUTE: '1000000' };
  const instances: EndpointProcess[] = [];
  try {
    for (let count = 0; count < INSTANCES; count += 1) {
      instances.push(await startEndpointProcess({ databaseUrl: database.url, demonstration: 'empty', env }));
    }
    const addresses = instances.map(({ address }) => address);
    const before = loadavg()[0] ?? 0;
    tell('warming up');
    await measurePushes(addresses, devices, { seconds: WARM_UP });
    // What PostgreSQL does by itself within a minute: a register that was just made looks empty to its planner.
    await analyse(database);
    tell(`pushing for ${plan.seconds} s`);
    const pushes = await measurePushes(addresses, devices, plan);
    tell(`${plan.devices} devices come back within ${plan.within} s`);
    const back = await measureReturn(addresses, devices, plan);
    return { machine: describeMachine(before), plan, pushes, back };
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
  }
}

async function analyse(shared: SharedDatabase): Promise<void> {
  const opened = await shared.open();
  await opened.transaction((connection) => connection.execute('analyze'));
  await opened.close();
}

function describeMachine(load: number): EndpointResult['machine'] {
  return {
    system: `${process.platform} ${version()}`,
    processor: cpus()[0]?.model ?? 'unknown processor',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    loadBefore: load,
  };
}

if (!createSharedDatabase) throw new Error('REGISTRE_TEST_POSTGRES_URL must name a PostgreSQL server');
const database = await createSharedDatabase();
try {
  const result = await measure(database);
  writeFileSync(plan.resultFile, JSON.stringify({ table: renderEndpointReport(result), ...result }));
} finally {
  await database.drop();
}
process.exit(0);
