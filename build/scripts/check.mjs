import { fileURLToPath } from 'node:url';
import { moduleFile, ROOT } from './paths.mjs';
import { run, stopOnSignals } from './processes.mjs';
import { done, elapsed, failed, runScript, say } from './progress.mjs';

/**
 * `npm run check`: format and lint (Biome), types (tsc), import rules. Changes nothing; `npm run format` does.
 *
 * @typedef {{ name: string, check: () => Promise<{ ok: boolean, output: string }> }} Check
 */

/** @type {readonly Check[]} */
const CHECKS = [
  {
    name: 'format and lint',
    check: async () => await command('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--colors=off']),
  },
  { name: 'types', check: async () => await command('typescript/bin/tsc', ['--noEmit', '--pretty', 'false']) },
  { name: 'import rules', check: importRules },
];

/**
 * One line per check; a failing one shows its output.
 *
 * @returns {Promise<number>} how many failed
 */
export async function runChecks() {
  let failures = 0;
  for (const { name, check } of CHECKS) {
    const begun = performance.now();
    const { ok, output } = await check();
    if (ok) {
      done(name, elapsed(begun));
    } else {
      failures += 1;
      failed(name);
      say(output.trimEnd());
    }
  }
  return failures;
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function command(file, args) {
  const { code, output } = await run(process.execPath, [moduleFile(file), ...args], { cwd: ROOT });
  return { ok: code === 0, output };
}

async function importRules() {
  // Loaded here: it parses with Vite, which a fresh clone does not have yet.
  const { checkImports, describeViolation } = await import('./import-rules.mjs');
  const violations = checkImports(ROOT);
  return { ok: violations.length === 0, output: violations.map(describeViolation).join('\n') };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  stopOnSignals(() => {});
  await runScript(async () => ((await runChecks()) === 0 ? 0 : 1));
}
