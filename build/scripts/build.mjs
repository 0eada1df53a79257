import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { targets } from '../vite/targets.mjs';

/**
 * `npm run build [target…]`: builds the named targets, or all of them, into `out/`.
 * Loaded only once dependencies are installed (it needs Vite).
 *
 * @typedef {import('../vite/targets.mjs').Target} Target
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

export const TARGETS = /** @type {readonly Target[]} */ (Object.keys(targets));

/**
 * @param {readonly Target[]} names
 * @param {(name: Target) => void} [onTarget] called before each target
 */
export async function buildTargets(names, onTarget) {
  for (const name of names) {
    onTarget?.(name);
    await build(targets[name]());
  }
  writeApplicationManifest();
}

/** Makes `out/app` an application folder that Electron runs and electron-builder packs. */
function writeApplicationManifest() {
  const { name, productName, version, description, author, homepage, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const manifest = { name, productName, version, description, author, homepage, license, main: 'main/main.cjs' };
  mkdirSync(join(root, 'out/app'), { recursive: true });
  writeFileSync(join(root, 'out/app/package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in targets));
  if (unknown.length > 0) {
    console.error(`Unknown target: ${unknown.join(', ')}. Targets: ${TARGETS.join(', ')}.`);
    process.exit(2);
  }
  const names = asked.length > 0 ? TARGETS.filter((name) => asked.includes(name)) : TARGETS;
  await buildTargets(names, (name) => console.log(`… ${name}`));
}
