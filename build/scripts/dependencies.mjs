import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OUT, ROOT } from './paths.mjs';
import { npm } from './processes.mjs';
import { done, Explained, working } from './progress.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Locked
 */

/** Stops with an explanation when this Node is older than package.json asks for. */
export function checkNode() {
  const wanted = String(readManifest().engines.node).replace('>=', '');
  if (isOlder(process.versions.node, wanted)) {
    throw new Explained(`Node ${process.versions.node} is too old: ${wanted} or newer is needed.`, {
      mend: 'nvm install 20  (or https://nodejs.org)',
    });
  }
  done('Node', process.versions.node);
}

/** Installs what package-lock.json lists and node_modules lacks. */
export async function installDependencies() {
  if (areInstalled(ROOT)) {
    done('dependencies', 'up to date');
    return;
  }
  working('installing dependencies');
  const keptCache = keepCache();
  // Install scripts would download Electron and compile modules that come with their binaries: neither is wanted.
  const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: ROOT });
  keptCache.putBack();
  if (code !== 0) {
    throw new Explained(`Dependencies could not be installed:\n${errorLines(output)}`, {
      mend: 'npm ci --ignore-scripts',
    });
  }
  done('dependencies', 'installed');
}

/**
 * Compares the lock file with the one npm hides in node_modules: the same packages in the same versions.
 *
 * @param {string} root
 */
export function areInstalled(root) {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(hidden);
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const found = present[path];
    // Packages for other systems, and optional peers, are listed but not installed.
    return found ? found.version === version : Boolean(optional || devOptional || peer);
  });
}

/**
 * `npm ci` empties node_modules: the runtime in its cache is put aside, not fetched again.
 *
 * @returns {{ putBack: () => void }}
 */
function keepCache() {
  const cache = join(ROOT, 'node_modules/.cache');
  const aside = join(OUT, 'kept-cache');
  if (existsSync(cache)) {
    mkdirSync(OUT, { recursive: true });
    rmSync(aside, { recursive: true, force: true });
    renameSync(cache, aside);
  }
  return {
    putBack() {
      if (!existsSync(aside) || existsSync(cache)) return;
      mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
      renameSync(aside, cache);
    },
  };
}

/**
 * @param {string} file
 * @returns {Record<string, Locked>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function readManifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/**
 * @param {string} version
 * @param {string} wanted
 */
function isOlder(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * What npm says went wrong, without the advice below it.
 *
 * @param {string} output
 */
function errorLines(output) {
  return output
    .split('\n')
    .filter((line) => /^npm error (?! +at )./.test(line))
    .slice(0, 6)
    .join('\n');
}
