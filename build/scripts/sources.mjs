import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { OUT, ROOT } from './paths.mjs';

/**
 * What was made from which sources, so that nothing is made twice. Contents count, not dates: git changes dates.
 */

const STAMPS = join(OUT, 'made.json');

/**
 * @param {readonly string[]} paths files and folders, from the project's root; missing ones count as empty
 * @param {readonly string[]} [extra] anything else the result depends on
 */
export function hashSources(paths, extra = []) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesOf(join(ROOT, path))) {
      hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  for (const text of extra) hash.update(text).update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} name
 * @param {string} hash
 */
export function isMade(name, hash) {
  return readStamps()[name] === hash;
}

/**
 * @param {string} name
 * @param {string} hash
 */
export function markMade(name, hash) {
  mkdirSync(dirname(STAMPS), { recursive: true });
  writeFileSync(STAMPS, `${JSON.stringify({ ...readStamps(), [name]: hash }, null, 2)}\n`);
}

/** @returns {Record<string, string>} */
function readStamps() {
  try {
    return JSON.parse(readFileSync(STAMPS, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
