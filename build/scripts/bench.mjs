import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchEndpoint, parseEndpointOptions } from './bench-endpoint.mjs';
import { BEGUN, choose, follow, MEND, progress, wholeNumber } from './bench-program.mjs';
import { benchSync, parseSyncOptions } from './bench-sync.mjs';
import { openDisplay } from './display.mjs';
import { launchCommand } from './electron-runtime.mjs';
import { OUT } from './paths.mjs';
import { start, stopAll, stopOnSignals } from './processes.mjs';
import { Explained, elapsed, runScript, say } from './progress.mjs';
import { setUp } from './setup.mjs';

const HELP = `npm run bench -- storage [options]
npm run bench -- sync [options]
npm run bench -- endpoint [options]

storage measures the store on this machine and prints one table: ours through the port, ours in process, RxDB on Dexie,
and plain SQLCipher written by hand (the floor), all in one run and in the same Electron.

  --sizes N,N…   documents of RxDB's suite, then assets of the registers (default 3000,100000,1000000)
  --runs N       repetitions, of which the median counts (default 5)
  --only PART,…  some parts only: suite, load, list, page, count, facets, search, live, start, memory, freeze, kills
  --start N      assets of one more register that a desktop is started on (default 200000)
  --import N     rows of the import while windows are in use (default 50000)
  --kills N      times the data process is killed while it writes (default 300)

sync measures bytes and times between a desktop and the endpoint, at full speed, at 64 kbit/s, from afar and on a line that
is cut, beside RxDB's own HTTP replication and PouchDB in the same run. REGISTRE_TEST_POSTGRES_URL makes the endpoint stand
on that PostgreSQL instead of PGlite. All parts take about half an hour, most of it at 64 kbit/s.

  --sizes N,N    assets of the register that is edited, and of the first load (default 2000,20000)
  --runs N       repetitions, of which the median counts (default 3)
  --edits N      edits made offline and sent together (default 200)
  --only PART,…  some parts only: idle, edit, edits, load, cut, far, slow
  --who NAME,…   some contestants only: ours, bare, collections, rxdb, pouchdb

endpoint measures two instances on the PostgreSQL of REGISTRE_TEST_POSTGRES_URL: rows pushed per second, and the answers to
all desktops of the country that come back at once. The desktops run on the same cores.

  --seconds N    of pushing (default 20)
  --devices N    that come back (default 2400)
  --within N     seconds in which they come back (default 60)

  --json FILE    writes everything that was measured
  --help         this text

Progress goes to stderr.`;

const BENCH = join(OUT, 'bench');
const APPLICATION = join(BENCH, 'app');
const KILLS = join(BENCH, 'kills.mjs');
const KILLS_SEED = 20_261_123;
const STORAGE_OPTIONS = ['sizes', 'runs', 'start', 'import', 'only', 'kills', 'json'];
const ENDPOINT_OPTIONS = ['seconds', 'devices', 'within', 'json'];
const SYNC_OPTIONS = ['sizes', 'runs', 'edits', 'only', 'who', 'json'];
const PARTS = 'suite load list page count facets search live start memory freeze kills'.split(' ');

/**
 * @typedef {object} Options
 * @property {number[]} sizes
 * @property {number} runs
 * @property {number} startSize
 * @property {number} importRows
 * @property {number} kills
 * @property {string[]} parts
 * @property {string | undefined} json
 */

await runScript(async () => {
  const options = parse(process.argv.slice(2));
  if (!options) {
    say(HELP);
    return 0;
  }
  stopOnSignals(() => progress('stopping'));
  // On the project's own disk: a temporary folder may be memory, where nothing costs what it costs on a disk.
  mkdirSync(BENCH, { recursive: true });
  const directory = mkdtempSync(join(BENCH, 'files-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  try {
    if (options.bench === 'endpoint') await benchEndpoint(options.endpoint, directory);
    else if (options.bench === 'sync') await benchSync(options.sync, directory);
    else await benchStorage(options.storage, directory);
    say(`\nThe whole bench: ${elapsed(BEGUN)}.`);
    return 0;
  } finally {
    await stopAll();
  }
});

/**
 * @param {Options} options
 * @param {string} directory
 */
async function benchStorage(options, directory) {
  const { runtime } = await setUp({ programs: [] });
  await buildBench();
  const { error, ...measured } = await measure(runtime, await openDisplay(), directory, options);
  if (measured.table) say(`\n${measured.table}`);
  save(options, measured);
  if (error) throw error;
  if (!options.parts.includes('kills')) return;
  const kills = await kill(options.kills);
  say(describeKills(kills));
  save(options, { ...measured, kills });
}

async function buildBench() {
  progress('building the bench');
  const [{ build }, { benchTargets }] = await Promise.all([import('vite'), import('../vite/targets.mjs')]);
  const { sync: _sync, endpoint: _endpoint, ...targets } = benchTargets;
  for (const target of Object.values(targets)) await build(target());
  const manifest = { name: 'registre-bench', version: '0.0.0', main: 'main/main.cjs' };
  writeFileSync(join(APPLICATION, 'package.json'), `${JSON.stringify(manifest)}\n`);
}

/**
 * Runs the bench's application to its end and answers what it wrote, with the error that ended it if one did.
 *
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} display
 * @param {string} directory
 * @param {Options} options
 * @returns {Promise<{ table?: string, error?: Explained }>}
 */
async function measure(runtime, display, directory, { sizes: [suiteSize, ...registerSizes], ...options }) {
  const resultFile = join(directory, 'result.json');
  const planFile = join(directory, 'plan.json');
  writeFileSync(planFile, JSON.stringify({ suiteSize, registerSizes, ...options, directory, resultFile }));
  const { command, args } = launchCommand(runtime, APPLICATION, [`--bench-plan=${planFile}`], { out: BENCH });
  const child = start('bench', command, args, {
    env: { ...process.env, ...display },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, said } = await follow(child);
  const result = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : {};
  if (code === 0) return result;
  return { ...result, error: new Explained(`The bench ended with code ${code}. Its last lines:\n${said}`) };
}

/**
 * @param {Options} options
 * @param {object} result
 */
function save({ json }, result) {
  if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
}

/**
 * @typedef {object} Kills as `test/support/crash-driver.ts` reports them
 * @property {number} kills
 * @property {number} seed
 * @property {number} acknowledged
 * @property {number} survived
 * @property {number} lost
 */

/**
 * Kills the data process again and again, in a program of its own; a kill that costs anything ends the bench.
 *
 * @param {number} kills
 * @returns {Promise<Kills>}
 */
async function kill(kills) {
  const child = start('kills', process.execPath, [KILLS, String(kills), String(KILLS_SEED)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Kills | undefined} */
  let report;
  const { code, said } = await follow(child, (event) => {
    if (event.event === 'done') report = /** @type {Kills} */ (event.report);
  });
  if (code !== 0 || !report) throw new Explained(`A kill was not survived. The last lines:\n${said}`);
  return report;
}

/** @param {Kills} kills */
function describeKills({ kills, seed, acknowledged, survived, lost }) {
  return `- ${kills} kills of a data process at random moments of its writing (seed ${seed}): ${acknowledged.toLocaleString('en')} acknowledged commands, every one found whole afterwards; of those under way ${survived} were found whole and ${lost} not at all, none half.`;
}

/**
 * @param {readonly string[]} args
 * @returns {{ bench: 'storage', storage: Options } | { bench: 'sync', sync: import('./bench-sync.mjs').SyncOptions } | { bench: 'endpoint', endpoint: import('./bench-endpoint.mjs').EndpointOptions } | undefined}
 *   nothing when help is asked for
 */
function parse(args) {
  const { values, positionals } = parseOptions(args);
  if (values.help) return undefined;
  const [bench] = positionals;
  if (positionals.length === 1 && bench === 'sync') {
    refuseOthers(values, SYNC_OPTIONS);
    return { bench, sync: parseSyncOptions(values) };
  }
  if (positionals.length === 1 && bench === 'endpoint') {
    refuseOthers(values, ENDPOINT_OPTIONS);
    return { bench, endpoint: parseEndpointOptions(values) };
  }
  if (positionals.length === 1 && bench === 'storage') {
    refuseOthers(values, STORAGE_OPTIONS);
    return { bench, storage: parseStorageOptions(values) };
  }
  throw new Explained('There are three benches: storage, sync and endpoint.', { mend: 'npm run bench -- storage' });
}

/**
 * @param {Readonly<Record<string, unknown>>} values
 * @param {readonly string[]} own
 */
function refuseOthers(values, own) {
  const others = Object.keys(values).filter((name) => name !== 'help' && !own.includes(name));
  if (others.length > 0) throw new Explained(`Not an option of this bench: --${others.join(', --')}.`, { mend: MEND });
}

/**
 * @param {{ sizes?: string, runs?: string, start?: string, import?: string, only?: string, kills?: string, json?: string }} values
 * @returns {Options}
 */
function parseStorageOptions(values) {
  return {
    sizes: (values.sizes ?? '3000,100000,1000000').split(',').map((text) => wholeNumber(text, '--sizes')),
    runs: wholeNumber(values.runs ?? '5', '--runs'),
    startSize: wholeNumber(values.start ?? '200000', '--start'),
    importRows: wholeNumber(values.import ?? '50000', '--import'),
    kills: wholeNumber(values.kills ?? '300', '--kills'),
    parts: choose(values.only, '--only', PARTS),
    json: values.json,
  };
}

/** @param {readonly string[]} args */
function parseOptions(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sizes: { type: 'string' },
        runs: { type: 'string' },
        start: { type: 'string' },
        import: { type: 'string' },
        only: { type: 'string' },
        kills: { type: 'string' },
        edits: { type: 'string' },
        who: { type: 'string' },
        seconds: { type: 'string' },
        devices: { type: 'string' },
        within: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new Explained(cause instanceof Error ? cause.message : String(cause), { mend: MEND, cause });
  }
}
