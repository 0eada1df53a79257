import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The places the scripts agree on. Everything generated is under `out/` or `node_modules/.cache`. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export const OUT = join(ROOT, 'out');

/** The application folder that an Electron runs: main, preload, data, renderer and its own package.json. */
export const APPLICATION = join(OUT, 'app');

export const ENDPOINT_ENTRY = join(OUT, 'server/cli.mjs');

/** Kept between runs, safe to delete. */
export const CACHE = process.env.REGISTRE_CACHE_DIR || join(ROOT, 'node_modules/.cache/registre');

/**
 * A file of `node_modules` that is run with Node itself: quicker than npx, and the same on every system.
 *
 * @param {string} file
 */
export function moduleFile(file) {
  return join(ROOT, 'node_modules', file);
}
