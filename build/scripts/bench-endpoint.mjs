import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { follow, MEND, progress, wholeNumber } from './bench-program.mjs';
import { OUT } from './paths.mjs';
import { start } from './processes.mjs';
import { Explained, say } from './progress.mjs';
import { setUpPrograms } from './setup.mjs';

/** `npm run bench -- endpoint`: a program that Node runs, with two built instances on one PostgreSQL. */

const PROGRAM = join(OUT, 'bench/endpoint.mjs');

/** @typedef {{ seconds: number, devices: number, within: number, json: string | undefined }} EndpointOptions */

/**
 * @param {EndpointOptions} options
 * @param {string} directory an empty folder of the bench
 */
export async function benchEndpoint({ json, ...options }, directory) {
  if (!process.env.REGISTRE_TEST_POSTGRES_URL) {
    throw new Explained('This bench needs a PostgreSQL server: REGISTRE_TEST_POSTGRES_URL names none.', { mend: MEND });
  }
  await setUpPrograms(['server']);
  progress('building the bench');
  const [{ build }, { benchTargets }] = await Promise.all([import('vite'), import('../vite/targets.mjs')]);
  await build(benchTargets.endpoint());
  const resultFile = join(directory, 'result.json');
  const planFile = join(directory, 'plan.json');
  writeFileSync(planFile, JSON.stringify({ ...options, resultFile }));
  const child = start('bench', process.execPath, [PROGRAM, planFile], { stdio: ['ignore', 'pipe', 'pipe'] });
  const { code, said } = await follow(child);
  if (code !== 0 || !existsSync(resultFile)) {
    throw new Explained(`The bench ended with code ${code}. Its last lines:\n${said}`);
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  say(`\n${result.table}`);
  if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`);
}

/**
 * @param {{ seconds?: string, devices?: string, within?: string, json?: string }} values
 * @returns {EndpointOptions}
 */
export function parseEndpointOptions({ seconds = '20', devices = '2400', within = '60', json }) {
  return {
    seconds: wholeNumber(seconds, '--seconds'),
    devices: wholeNumber(devices, '--devices'),
    within: wholeNumber(within, '--within'),
    json,
  };
}
