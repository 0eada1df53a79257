import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choose, follow, MEND, progress, wholeNumber } from './bench-program.mjs';
import { OUT } from './paths.mjs';
import { start } from './processes.mjs';
import { Explained, say } from './progress.mjs';
import { setUpPrograms } from './setup.mjs';

/** `npm run bench -- sync`: a program that Node runs, with the endpoint that is built and the peers beside it. */

const PROGRAM = join(OUT, 'bench/sync.mjs');
const PARTS = 'idle edit edits load cut far slow'.split(' ');
const CONTESTANTS = 'ours bare collections rxdb pouchdb'.split(' ');

/**
 * @typedef {object} SyncOptions
 * @property {number} small
 * @property {number} large
 * @property {number} edits
 * @property {number} runs
 * @property {string[]} parts
 * @property {string[]} contestants
 * @property {string | undefined} json
 */

/**
 * @param {SyncOptions} options
 * @param {string} directory an empty folder of the bench
 */
export async function benchSync({ json, ...options }, directory) {
  await setUpPrograms(['server']);
  progress('building the bench');
  const [{ build }, { benchTargets }] = await Promise.all([import('vite'), import('../vite/targets.mjs')]);
  await build(benchTargets.sync());
  const resultFile = join(directory, 'result.json');
  const planFile = join(directory, 'plan.json');
  writeFileSync(planFile, JSON.stringify({ ...options, directory, resultFile }));
  const child = start('bench', process.execPath, [PROGRAM, planFile], {
    // The endpoint's own folders as well: a temporary folder may be memory.
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, said } = await follow(child);
  if (existsSync(resultFile)) {
    const result = JSON.parse(readFileSync(resultFile, 'utf8'));
    say(`\n${result.table}`);
    if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
  }
  if (code !== 0) throw new Explained(`The bench ended with code ${code}. Its last lines:\n${said}`);
}

/**
 * @param {{ sizes?: string, runs?: string, edits?: string, only?: string, who?: string, json?: string }} values
 * @returns {SyncOptions}
 */
export function parseSyncOptions({ sizes = '2000,20000', runs = '3', edits = '200', only, who, json }) {
  const [small, large, ...more] = sizes.split(',').map((text) => wholeNumber(text, '--sizes'));
  if (small === undefined || large === undefined || more.length > 0) {
    throw new Explained('--sizes takes two numbers for sync: the register that is edited and the one that is loaded.', {
      mend: MEND,
    });
  }
  return {
    small,
    large,
    edits: Math.min(small, wholeNumber(edits, '--edits')),
    runs: wholeNumber(runs, '--runs'),
    parts: choose(only, '--only', PARTS),
    contestants: choose(who, '--who', CONTESTANTS),
    json,
  };
}
