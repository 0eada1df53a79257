import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, installDependencies } from './dependencies.mjs';
import { describeRuntime, resolveRuntime } from './electron-runtime.mjs';
import { OUT } from './paths.mjs';
import { done, Explained, elapsed, working } from './progress.mjs';
import { hashSources, isMade, markMade } from './sources.mjs';
import { checkSandbox, installSystemLibraries } from './system-libraries.mjs';

/**
 * From a fresh clone to something that runs, one line per step, nothing done twice. These scripts start with Node's own
 * modules only; whatever needs a dependency is loaded after it is installed.
 *
 * @typedef {import('./electron-runtime.mjs').Runtime} Runtime
 * @typedef {import('../vite/targets.mjs').Target} Target
 */

/** @type {Readonly<Record<Target, { sources: readonly string[], output: string }>>} */
const PROGRAMS = {
  main: { sources: ['shared', 'electron/main'], output: 'app/main/main.cjs' },
  preload: { sources: ['shared', 'electron/preload'], output: 'app/preload/preload.cjs' },
  data: { sources: ['shared', 'electron/data'], output: 'app/data/main.cjs' },
  renderer: { sources: ['shared', 'renderer'], output: 'app/renderer/index.html' },
  server: { sources: ['shared', 'server'], output: 'server/cli.mjs' },
};

const TOOLCHAIN = ['build/vite', 'build/scripts/build.mjs', 'package.json', 'package-lock.json'];

/**
 * @param {{ programs?: readonly Target[] }} [options] `programs`: what to build, everything by default
 * @returns {Promise<{ runtime: Runtime }>}
 */
export async function setUp({ programs } = {}) {
  checkNode();
  await installDependencies();
  const runtime = await resolveRuntime();
  done(describeRuntime(runtime));
  await installSystemLibraries(runtime.executable);
  await checkSandbox(runtime.executable);
  await buildPrograms(programs ?? /** @type {Target[]} */ (Object.keys(PROGRAMS)));
  return { runtime };
}

/**
 * For what needs no window: dependencies and programs, without the runtime that opens one.
 *
 * @param {readonly Target[]} programs
 */
export async function setUpPrograms(programs) {
  checkNode();
  await installDependencies();
  await buildPrograms(programs);
}

/**
 * Builds those whose sources changed since the last time.
 *
 * @param {readonly Target[]} names
 */
async function buildPrograms(names) {
  const begun = performance.now();
  const hashes = new Map(names.map((name) => [name, hashOf(name)]));
  const changed = names.filter(
    (name) => !isMade(name, hashes.get(name) ?? '') || !existsSync(join(OUT, PROGRAMS[name].output)),
  );
  if (changed.length === 0) {
    done('build', 'up to date');
    return;
  }
  working(`building ${changed.join(', ')}`);
  const { buildTargets } = await import('./build.mjs');
  await buildTargets(changed).catch((/** @type {unknown} */ cause) => {
    throw new Explained(`The build failed. ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  for (const name of changed) markMade(name, hashes.get(name) ?? '');
  done('build', elapsed(begun));
}

/** @param {Target} name */
function hashOf(name) {
  return hashSources([...PROGRAMS[name].sources, ...TOOLCHAIN]);
}
