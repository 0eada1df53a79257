import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { OUT } from './paths.mjs';
import { exited, readEvents, start, stopAll, stopOnSignals } from './processes.mjs';
import { Explained, elapsed, lastLines, runScript, say } from './progress.mjs';
import { setUp } from './setup.mjs';

const HELP = `npm run simulate -- [options]

Plays histories of desktops, a bad network and an endpoint, each made from its seed alone, and asks an oracle after each
whether anything acknowledged was lost. Ends with code 1 at the first rule that does not hold, with the seed and the
shortest history that breaks it. Progress goes to stderr.

  --histories N   how many (default 1000)
  --seed S        the first seed; the others follow it (default 1)
  --jobs N        programs at once (default: the machine's cores)
  --help          this text`;

const MEND = 'npm run simulate -- --help';
const PROGRAM = join(OUT, 'simulation/main.mjs');
const BEGUN = performance.now();

/** Milliseconds between two lines of progress. */
const TELL_EVERY = 5000;

/**
 * @typedef {{ histories: number, commands: number, merges: number, reviews: number }} Met
 * @typedef {{ met: Met, failure?: string }} Result
 */

await runScript(async () => {
  const options = parse(process.argv.slice(2));
  if (!options) {
    say(HELP);
    return 0;
  }
  stopOnSignals(() => progress('stopping'));
  mkdirSync(OUT, { recursive: true });
  try {
    await setUp({ programs: [] });
    await buildProgram();
    const results = await playAll(options);
    const failures = results.flatMap(({ failure }) => failure ?? []);
    for (const failure of failures) say(failure);
    say(
      summaryOf(
        options.seed,
        results.map(({ met }) => met),
        failures.length,
      ),
    );
    return failures.length === 0 ? 0 : 1;
  } finally {
    await stopAll();
  }
});

async function buildProgram() {
  const [{ build }, { simulationTarget }] = await Promise.all([import('vite'), import('../vite/targets.mjs')]);
  await build(simulationTarget());
}

/**
 * The first program that fails ends the others.
 *
 * @param {{ histories: number, seed: number, jobs: number }} options
 * @returns {Promise<Result[]>}
 */
async function playAll({ histories, seed, jobs }) {
  const share = Math.ceil(histories / jobs);
  const shares = Array.from({ length: jobs }, (_, job) => ({
    from: seed + job * share,
    count: Math.min(share, histories - job * share),
  })).filter(({ count }) => count > 0);
  const played = shares.map(() => 0);
  const tick = setInterval(() => {
    progress(
      `${played.reduce((sum, count) => sum + count, 0).toLocaleString('en')} of ${histories.toLocaleString('en')} histories`,
    );
  }, TELL_EVERY);
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = [];
  try {
    return await Promise.all(
      shares.map(async ({ from, count }, job) => {
        const child = start('simulation', process.execPath, [PROGRAM, String(from), String(count)], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        children.push(child);
        const result = await follow(child, (histories) => {
          played[job] = histories;
        });
        if (result.failure) for (const other of children) other.kill('SIGTERM');
        return result;
      }),
    );
  } finally {
    clearInterval(tick);
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(histories: number) => void} onPlayed
 * @returns {Promise<Result>}
 */
async function follow(child, onPlayed) {
  if (!child.stdout || !child.stderr) throw new Error('The simulation was started without its output.');
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}\n${line}`, 40);
  };
  /** @type {Result | undefined} */
  let result;
  const hear = (/** @type {Record<string, unknown>} */ event) => {
    if (event.event === 'played') onPlayed(Number(event.histories));
    // Written by our own program (test/simulation/main.ts).
    else if (event.event === 'done') result = /** @type {Result} */ (/** @type {unknown} */ (event));
  };
  readEvents(child.stdout, hear, keep);
  readEvents(child.stderr, (event) => keep(JSON.stringify(event)), keep);
  const code = await exited(child);
  if (result) return result;
  throw new Explained(`The simulation ended with code ${code}. Its last lines:\n${said}`);
}

/**
 * @param {number} seed
 * @param {readonly Met[]} met
 * @param {number} failures
 */
function summaryOf(seed, met, failures) {
  const sum = (/** @type {keyof Met} */ what) =>
    met.reduce((total, part) => total + part[what], 0).toLocaleString('en');
  return `${sum('histories')} histories from seed ${seed} in ${elapsed(BEGUN)}: ${sum('commands')} acknowledged commands, ${sum('merges')} merges, ${sum('reviews')} reviews; ${failures === 0 ? 'nothing lost' : `${failures} failed`}.`;
}

/** @param {string} text */
function progress(text) {
  process.stderr.write(`… ${elapsed(BEGUN).padStart(6)}  ${text}\n`);
}

/** @param {readonly string[]} args */
function parse(args) {
  const values = parseOptions(args);
  if (values.help) return undefined;
  return {
    histories: wholeNumber(values.histories, '--histories'),
    seed: wholeNumber(values.seed, '--seed'),
    jobs: wholeNumber(values.jobs, '--jobs'),
  };
}

/** @param {readonly string[]} args */
function parseOptions(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        histories: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        jobs: { type: 'string', default: String(availableParallelism()) },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
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
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Explained(`${option} takes whole numbers greater than 0, not ${text}.`, { mend: MEND });
}
