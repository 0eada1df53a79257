import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDisplay } from './display.mjs';
import { launchCommand } from './electron-runtime.mjs';
import { OUT } from './paths.mjs';
import { exited, readEvents, start, stopAll, stopOnSignals } from './processes.mjs';
import { Explained, lastLines, runScript, say } from './progress.mjs';
import { setUp } from './setup.mjs';

const HELP = `npm run bench -- storage [options]

Measures the store on this machine and prints one table: ours through the port, ours in process, RxDB on Dexie, and plain
SQLCipher written by hand (the floor), all in one run and in the same Electron. Progress goes to stderr.

  --sizes N,N…   documents of RxDB's suite, then assets of the registers (default 3000,100000,1000000)
  --runs N       repetitions, of which the median counts (default 5)
  --only PART,…  some parts only: suite, load, list, page, count, facets, search, live, start, memory, freeze
  --start N      assets of one more register that a desktop is started on (default 200000)
  --import N     rows of the import while windows are in use (default 50000)
  --json FILE    writes everything that was measured
  --help         this text`;

const MEND = 'npm run bench -- --help';
const BENCH = join(OUT, 'bench');
const APPLICATION = join(BENCH, 'app');
const PARTS = 'suite load list page count facets search live start memory freeze'.split(' ');

/**
 * @typedef {object} Options
 * @property {number[]} sizes
 * @property {number} runs
 * @property {number} startSize
 * @property {number} importRows
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
    const result = await measure(runtime, await openDisplay(), directory, options);
    say(`\n${result.table}`);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
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
 * Runs the bench's application to its end and answers what it wrote.
 *
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} display
 * @param {string} directory
 * @param {Options} options
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
  if (!child.stdout || !child.stderr) throw new Error('The bench was started without its output.');
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}\n${line}`, 40);
  };
  readEvents(child.stdout, ({ text }) => progress(String(text)), keep);
  readEvents(child.stderr, (event) => keep(JSON.stringify(event)), keep);
  const code = await exited(child);
  if (code !== 0) throw new Explained(`The bench ended with code ${code}. Its last lines:\n${said}`);
  return JSON.parse(readFileSync(resultFile, 'utf8'));
}

/** @param {string} text */
function progress(text) {
  process.stderr.write(`… ${text}\n`);
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
