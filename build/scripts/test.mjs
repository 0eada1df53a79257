import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { openDisplay } from './display.mjs';
import { packDirectory } from './package.mjs';
import { moduleFile, OUT, ROOT } from './paths.mjs';
import { show, stopAll, stopOnSignals } from './processes.mjs';
import { done, Explained, elapsed, failed, runScript, say, working } from './progress.mjs';
import { setUp } from './setup.mjs';

/**
 * `npm test`: set-up, checks, then every kind of test; the last line is `N passed, N failed`.
 *
 * @typedef {{ passed: number, failed: number, names?: readonly string[] }} Count
 * @typedef {NodeJS.ProcessEnv} Env
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} VitestTest
 * @typedef {{ name: string, message?: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ file: string, specs?: { ok: boolean, title: string }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

const HELP = `npm test [-- step… options]

Steps, all by default: check unit contract simulation fault e2e
  --no-setup   use what is built and packed already
  --help       this text

REGISTRE_TEST_POSTGRES_URL makes the contract tests run on that PostgreSQL besides PGlite.`;

const VITEST_STEPS = ['unit', 'contract', 'simulation', 'fault'];

/** In the order they run: what fails quickly comes first. */
const STEPS = ['check', ...VITEST_STEPS, 'e2e'];

/** These read the sources only, so they can run while another program does not build. */
const BUILDLESS = ['check', 'unit'];

const REPORTS = join(OUT, 'test');

await runScript(async () => {
  const { steps, isSetUp, help } = parse(process.argv.slice(2));
  if (help) {
    say(HELP);
    return 0;
  }
  stopOnSignals(() => working('stopping'));
  const begun = performance.now();
  try {
    if (isSetUp) await prepare(steps);
    mkdirSync(REPORTS, { recursive: true });
    const total = { passed: 0, failed: 0 };
    const failures = [];
    for (const step of steps) {
      const count = await runStep(step);
      total.passed += count.passed;
      total.failed += count.failed;
      failures.push(...(count.names ?? []));
    }
    // Once more at the end: whoever keeps only the last lines of a long run must learn what failed.
    for (const name of failures) failed(name);
    say(`All steps: ${elapsed(begun)}`);
    say(`${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 ? 0 : 1;
  } finally {
    await stopAll();
  }
});

/** @param {readonly string[]} steps */
async function prepare(steps) {
  const needsBuild = steps.some((step) => !BUILDLESS.includes(step));
  const { runtime } = await setUp(needsBuild ? {} : { programs: [] });
  // End-to-end tests launch what people install, not a development build.
  if (steps.includes('e2e')) await packDirectory(runtime);
}

/**
 * @param {string} step
 * @returns {Promise<Count>}
 */
async function runStep(step) {
  if (step === 'check') return await check();
  const begun = performance.now();
  if (!hasTests(step)) {
    say(`- ${step}: no tests`);
    return { passed: 0, failed: 0 };
  }
  working(step);
  const report = join(REPORTS, `${step}.json`);
  rmSync(report, { force: true });
  const code = step === 'e2e' ? await runPlaywright(report) : await runVitest(step, report);
  const count = existsSync(report) ? readReport(report) : { passed: 0, failed: 1 };
  // A run that fails without a failing test (a file that cannot be loaded, an error after the tests) is a failure too.
  if (code !== 0 && count.failed === 0) count.failed = 1;
  const line = `${step}: ${count.passed} passed, ${count.failed} failed, ${elapsed(begun)}`;
  if (count.failed === 0) done(line);
  else failed(line);
  return { ...count, names: existsSync(report) ? failedNames(report).map((name) => `${step}: ${name}`) : [] };
}

/** @returns {Promise<Count>} */
async function check() {
  const { runChecks } = await import('./check.mjs');
  return { passed: 0, failed: await runChecks() };
}

/**
 * @param {string} project
 * @param {string} report
 */
async function runVitest(project, report) {
  return await show(
    process.execPath,
    [
      moduleFile('vitest/vitest.mjs'),
      ...['run', '--config', 'build/vitest.config.ts', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      // Vitest leaves a core free: on two, the two halves of the histories would be played one after the other.
      ...(project === 'simulation' ? ['--maxWorkers=100%'] : []),
    ],
    { cwd: ROOT },
  );
}

/** @param {string} report */
async function runPlaywright(report) {
  const display = await openDisplay();
  return await show(
    process.execPath,
    [moduleFile('@playwright/test/cli.js'), 'test', '--config', 'build/playwright.config.ts', '--reporter=list,json'],
    { cwd: ROOT, env: { ...process.env, ...display, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
}

/**
 * Both reporters write one JSON file, each in its own words.
 *
 * @param {string} file
 * @returns {Count}
 */
function readReport(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.stats) {
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) };
  }
  const unloaded = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ { status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length };
}

/**
 * The tests that failed, with the first line of what each said.
 *
 * @param {string} file
 * @returns {string[]}
 */
function failedNames(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.stats) return (report.suites ?? []).flatMap(failedSpecs);
  return report.testResults.flatMap((/** @type {VitestFile} */ { name, message, assertionResults }) => {
    const failures = assertionResults.filter(({ status }) => status === 'failed');
    if (failures.length === 0) return message ? [`${relative(ROOT, name)}: ${firstLine(message)}`] : [];
    return failures.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0])}`);
  });
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function failedSpecs({ file, specs = [], suites = [] }) {
  return [
    ...specs.filter(({ ok }) => !ok).map(({ title }) => `${file}: ${title}`),
    ...suites.flatMap((inner) => failedSpecs(inner)),
  ];
}

/** @param {string | undefined} text */
function firstLine(text) {
  return text?.split('\n', 1)[0] ?? '';
}

/** @param {string} step */
function hasTests(step) {
  const folder = join(ROOT, 'test', step);
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((name) => /\.(?:test|spec)\.tsx?$/.test(String(name)))
  );
}

/** @param {readonly string[]} args */
function parse(args) {
  const asked = args.filter((name) => !name.startsWith('--'));
  const unknown = [
    ...asked.filter((name) => !STEPS.includes(name)),
    ...args.filter((name) => name.startsWith('--') && !['--no-setup', '--help'].includes(name)),
  ];
  if (unknown.length > 0) throw new Explained(`Unknown: ${unknown.join(', ')}.`, { mend: 'npm test -- --help' });
  return {
    steps: asked.length > 0 ? STEPS.filter((name) => asked.includes(name)) : STEPS,
    isSetUp: !args.includes('--no-setup'),
    help: args.includes('--help'),
  };
}
