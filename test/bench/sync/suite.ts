import type { Asset } from '#shared/schema/asset.ts';
import { median } from '../statistics.ts';
import { takeSyncAssets } from './documents.ts';
import { LINES, measure, openOnLine, type Reading } from './line.ts';
import type { Client, Contestant, ContestantName, Measurement, Part, Plan, Server, Unit } from './protocol.ts';

type Report = {
  readonly onMeasurement: (measurement: Measurement) => void;
  readonly onProgress: (text: string) => void;
};
type Suite = Plan & Report;

/** Times the bytes of an uncut load after which a load that is cut again and again is given up. */
const GIVE_UP = 3;
/** Whom the slow, the far and the cut line are too long for: another column says the same. */
const FULL_SPEED_ONLY: ReadonlySet<ContestantName> = new Set(['bare', 'collections']);
/** Parts of the small register. */
const SMALL: readonly Part[] = ['idle', 'edit', 'edits', 'far', 'slow'];
const LARGE: readonly Part[] = ['load', 'cut', 'slow'];

/** Everything the plan asks for, contestant by contestant; a contestant that ends short of documents is told as such. */
export async function runSuite(contestants: readonly Contestant[], plan: Plan, report: Report): Promise<void> {
  const suite = { ...plan, ...report };
  if (SMALL.some((part) => plan.parts.includes(part))) {
    const assets = takeSyncAssets(plan.small);
    for (const contestant of contestants) await runSmall(suite, contestant, assets);
  }
  if (LARGE.some((part) => plan.parts.includes(part))) {
    const assets = takeSyncAssets(plan.large);
    const running = contestants.filter(({ name }) => name !== 'bare');
    await runLarge(suite, running, assets);
  }
}

async function runSmall(suite: Suite, contestant: Contestant, assets: readonly Asset[]): Promise<void> {
  const { name } = contestant;
  suite.onProgress(`${name}: ${assets.length.toLocaleString('en')} assets`);
  const server = await contestant.start(assets, suite.directory);
  try {
    await runEdits(suite, name, server, assets);
    if (suite.parts.includes('far') && !FULL_SPEED_ONLY.has(name)) {
      suite.onProgress(`${name}: first load from afar`);
      const { reading } = await load(server, 'far', assets.length);
      record(suite, name, assets.length, 'first load at 256 kbit/s and 300 ms each way', [reading]);
    }
  } finally {
    await server.stop();
  }
}

/** One desktop that has everything and stays. */
async function runEdits(suite: Suite, name: ContestantName, server: Server, assets: readonly Asset[]): Promise<void> {
  const { parts, runs } = suite;
  const lined = await openOnLine(server, LINES.full);
  let round = 0;
  const nextRound = () => {
    round += 1;
    return round;
  };
  const readEdits = (line: 'full' | 'slow') => readEditsOffline(lined, assets.slice(0, suite.edits), nextRound(), line);
  const readEdit = () => {
    const turn = nextRound();
    const asset = assets[turn % assets.length];
    return measure(lined.proxy, async () => {
      await lined.client.edit(asset ? [asset] : [], turn);
      await lined.client.acknowledged();
    });
  };
  const readIdle = () => measure(lined.proxy, () => lined.client.catchUp());
  try {
    await lined.client.catchUp();
    await requireAll(lined.client, assets.length);
    const rows: readonly (readonly [Part, string, (line: 'full' | 'slow') => Promise<Reading>])[] = [
      ['idle', 'nothing changed', readIdle],
      ['edit', 'one edit until acknowledged', readEdit],
      ['edits', `${suite.edits} edits made offline`, readEdits],
    ];
    for (const [part, row, read] of rows) {
      const isWithJournal = part === 'idle' && name === 'bare';
      if (!parts.includes(part) || isWithJournal) continue;
      suite.onProgress(`${name}: ${row}`);
      record(suite, name, assets.length, row, await repeat(runs, () => read('full')));
      if (!parts.includes('slow') || FULL_SPEED_ONLY.has(name)) continue;
      lined.proxy.setLine(LINES.slow);
      record(suite, name, assets.length, `${row}, at 64 kbit/s`, [await read('slow')]);
      lined.proxy.setLine(LINES.full);
    }
  } finally {
    await lined.close();
  }
}

async function readEditsOffline(
  { proxy, client }: Awaited<ReturnType<typeof openOnLine>>,
  assets: readonly Asset[],
  round: number,
  line: 'full' | 'slow',
): Promise<Reading> {
  await client.disconnect();
  proxy.setLine({ isDown: true });
  proxy.cut();
  await client.edit(assets, round);
  proxy.setLine(LINES[line]);
  return measure(proxy, async () => {
    await client.connect();
    await client.acknowledged();
  });
}

async function runLarge(suite: Suite, contestants: readonly Contestant[], assets: readonly Asset[]): Promise<void> {
  const { parts, runs } = suite;
  const servers = new Map<ContestantName, Server>();
  try {
    for (const contestant of contestants) {
      const { name } = contestant;
      suite.onProgress(`${name}: ${assets.length.toLocaleString('en')} assets`);
      const server = await contestant.start(assets, suite.directory);
      servers.set(name, server);
      if (!parts.includes('load') && !parts.includes('cut')) continue;
      suite.onProgress(`${name}: first load`);
      const readings = await repeat(runs, async () => (await load(server, 'full', assets.length)).reading);
      record(suite, name, assets.length, 'first load', readings);
      if (parts.includes('cut') && !FULL_SPEED_ONLY.has(name)) await runCut(suite, name, server, readings);
    }
    if (parts.includes('slow')) await runSlow(suite, servers, assets.length);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

async function runCut(suite: Suite, name: ContestantName, server: Server, uncut: readonly Reading[]): Promise<void> {
  suite.onProgress(`${name}: first load cut every 64 kB`);
  const once = median(uncut.map(({ bytes }) => bytes));
  const { reading, missing } = await load(server, 'cut', suite.large, GIVE_UP * once);
  const ratio = reading.bytes / once;
  const add = (row: string, unit: Unit, value: number) =>
    suite.onMeasurement({ row, size: suite.large, contestant: name, unit, runs: [value] });
  add('first load cut every 64 kB, bytes of all tries', 'bytes', reading.bytes);
  add('first load cut every 64 kB, bytes ÷ uncut', 'ratio', ratio);
  add('first load cut every 64 kB, assets missing at its end', 'count', missing);
}

/** All at once, each on a line of its own: what takes minutes is the line, not the machine. */
async function runSlow(suite: Suite, servers: ReadonlyMap<ContestantName, Server>, size: number): Promise<void> {
  const slow = [...servers].filter(([name]) => !FULL_SPEED_ONLY.has(name));
  suite.onProgress(`${slow.map(([name]) => name).join(', ')}: first load at 64 kbit/s, side by side`);
  await Promise.all(
    slow.map(async ([name, server]) => {
      const { reading } = await load(server, 'slow', size);
      record(suite, name, size, 'first load at 64 kbit/s', [reading]);
      suite.onProgress(`${name}: ${Math.round(reading.ms / 1000)} s`);
    }),
  );
}

async function load(
  server: Server,
  line: keyof typeof LINES,
  size: number,
  maxBytes?: number,
): Promise<{ readonly reading: Reading; readonly missing: number }> {
  const { proxy, client, close } = await openOnLine(server, LINES[line]);
  try {
    const reading = await measure(proxy, () => client.catchUp(), { line: LINES[line], ...(maxBytes && { maxBytes }) });
    const missing = size - (await client.count());
    if (missing !== 0 && !maxBytes) throw new Error(`${missing} assets are missing after the first load`);
    return { reading, missing };
  } finally {
    await close();
  }
}

async function requireAll(client: Client, size: number): Promise<void> {
  const count = await client.count();
  if (count !== size) throw new Error(`${size - count} assets are missing after the first load`);
}

async function repeat(runs: number, read: () => Promise<Reading>): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (let run = 0; run < runs; run += 1) readings.push(await read());
  return readings;
}

function record(
  { onMeasurement }: Suite,
  contestant: ContestantName,
  size: number,
  row: string,
  readings: readonly Reading[],
): void {
  const of = (key: keyof Reading) => readings.map((reading) => reading[key]);
  onMeasurement({ row: `${row}, bytes`, size, contestant, unit: 'bytes', runs: of('bytes') });
  onMeasurement({ row: `${row}, time`, size, contestant, unit: 'ms', runs: of('ms') });
}
