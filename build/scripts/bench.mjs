import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDisplay } from './display.mjs';
import { launchCommand } from './electron-runtime.mjs';
import { OUT } from './paths.mjs';
import { exited, readEvents, start, stopAll, stopOnSignals } from './processes.mjs';
import { Explained, elapsed, lastLines, runScript, say } from './progress.mjs';
import { setUp } from './setup.mjs';

const HELP = `npm run bench -- storage [options]

Measures the store on this machine and prints one table: ours through the port, ours in process, RxDB on Dexie, and plain
SQLCipher written by hand (the floor), all in one run and in the same Electron. Progress goes to stderr.

  --sizes N,N…   documents of RxDB's suite, then assets of the registers (default 3000,100000,1000000)
  --runs N       repetitions, of which the median counts (default 5)
  --only PART,…  some parts only: suite, load, list, page, count, facets, search, live, start, memory, freeze, kills
  --start N      assets of one more register that a desktop is started on (default 200000)
  --import N     rows of the import while windows are in use (default 50000)
  --kills N      times the data process is killed while it writes (default 300)
  --json FILE    writes everything that was measured
  --help         this text`;

const MEND = 'npm run bench -- --help';
const BENCH = join(OUT, 'bench');
const APPLICATION = join(BENCH, 'app');
const KILLS = join(BENCH, 'kills.mjs');
const KILLS_SEED = 20_261_123;
const BEGUN = performance.now();
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
    const { runtime } = await setUp({ programs: [] });
    await buildBench();
    const { error, ...measured } = await measure(runtime, await openDisplay(), directory, options);
    if (measured.table) say(`\n${measured.table}`);
    save(options, measured);
    if (error) throw error;
    if (options.parts.includes('kills')) {
      const kills = await kill(options.kills);
      say(describeKills(kills));
      save(options, { ...measured, kills });
    }
    say(`\nThe whole bench: ${elapsed(BEGUN)}.`);
    return 0;
  } finally {
    await stopAll();
  }
});

async function buildBench() {
  progress('building the bench');
  const [{ build }, { benchTargets }] = await Promise.all([import('vite'), import('../vite/targets.mjs')]);
  for (const target of Object.values(benchTargets)) await build(target());
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
 * Hands on what a program says it is doing, to its end; answers its exit code and its last lines.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {(event: Record<string, unknown>) => void} [onEvent]
 */
async function follow(child, onEvent) {
  if (!child.stdout || !child.stderr) throw new Error('A program of the bench was started without its output.');
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}\n${line}`, 40);
  };
  const hear = (/** @type {Record<string, unknown>} */ event) => {
    if (event.event === 'progress') progress(String(event.text));
    else onEvent?.(event);
  };
  readEvents(child.stdout, hear, keep);
  readEvents(child.stderr, (event) => keep(JSON.stringify(event)), keep);
  return { code: await exited(child), said };
}

/** @param {string} text */
function progress(text) {
  process.stderr.write(`… ${elapsed(BEGUN).padStart(6)}  ${text}\n`);
}

/**
 * @param {readonly string[]} args
 * @returns {Options | undefined} nothing when help is asked for
 */
function parse(args) {
  const { values, positionals } = parseOptions(args);
  if (values.help) return undefined;
  if (positionals.length !== 1 || positionals[0] !== 'storage') {
    throw new Explained('The only bench there is: storage.', { mend: 'npm run bench -- storage' });
  }
  const parts = values.only?.split(',') ?? PARTS;
  const unknown = parts.filter((part) => !PARTS.includes(part));
  if (unknown.length > 0) throw new Explained(`Unknown parts: ${unknown.join(', ')}.`, { mend: MEND });
  return {
    sizes: values.sizes.split(',').map((text) => wholeNumber(text, '--sizes')),
    runs: wholeNumber(values.runs, '--runs'),
    startSize: wholeNumber(values.start, '--start'),
    importRows: wholeNumber(values.import, '--import'),
    kills: wholeNumber(values.kills, '--kills'),
    parts,
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
        sizes: { type: 'string', default: '3000,100000,1000000' },
        runs: { type: 'string', default: '5' },
        start: { type: 'string', default: '200000' },
        import: { type: 'string', default: '50000' },
        only: { type: 'string' },
        kills: { type: 'string', default: '300' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (cause) {
    throw new Explained(cause instanceof Error ? cause.message : String(cause), { mend: MEND, cause });
  }
}

/**
 * @param {string} text
 * @param {string} option
 */
function wholeNumber(text, option) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Explained(`${option} takes whole numbers greater than 0, not ${text}.`, { mend: MEND });
}
