import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from './processes.mjs';
import { done, Explained, lastLines, working } from './progress.mjs';

/**
 * What Electron needs from a Linux distribution, and Xvfb where there is no screen. Nothing to do elsewhere.
 */

const DEBIAN = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxtst6',
  'libnotify4',
  'libsecret-1-0',
];

const FEDORA = 'gtk3 nss alsa-lib mesa-libgbm libXScrnSaver at-spi2-atk libdrm libXtst libnotify libsecret'.split(' ');
const ARCH = 'gtk3 nss alsa-lib mesa libxss at-spi2-core libdrm libxtst libnotify libsecret'.split(' ');

/**
 * The package managers we can name a command for; `display` is what brings Xvfb.
 *
 * @type {readonly { program: string, install: string, packages: readonly string[], display: readonly string[] }[]}
 */
const MANAGERS = [
  { program: 'apt-get', install: 'apt-get install -y', packages: DEBIAN, display: ['xvfb', 'xauth'] },
  { program: 'dnf', install: 'dnf install -y', packages: FEDORA, display: ['xorg-x11-server-Xvfb', 'xauth'] },
  { program: 'pacman', install: 'pacman -S --needed', packages: ARCH, display: ['xorg-server-xvfb', 'xorg-xauth'] },
];

const NAMESPACE_SETTINGS = [
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    denied: '1',
    mend: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  },
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    denied: '0',
    mend: 'sudo sysctl -w kernel.unprivileged_userns_clone=1',
  },
];

/** True on a Linux machine without any screen: windows then need an invisible one. */
export function lacksDisplay(env = process.env, platform = process.platform) {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/**
 * Installs what is missing when that is possible; otherwise says the command that does.
 *
 * @param {string} executable an Electron binary
 */
export async function installSystemLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = await missingFor(executable);
  if (missing.length === 0) {
    done('system libraries', 'up to date');
    return;
  }
  await install(missing);
  const still = await missingFor(executable);
  if (still.length > 0) throw new Explained(`Still missing after the installation: ${still.join(', ')}`);
  done('system libraries', 'installed');
}

/**
 * Chromium's sandbox needs user namespaces, which some distributions deny to ordinary users, or a helper owned by root.
 * Root itself runs without a sandbox (see `launchCommand`).
 *
 * @param {string} executable an Electron binary
 */
export async function checkSandbox(executable) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  const { code } = await run('unshare', ['--user', '--map-root-user', 'true']);
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (code === 0 || isOwnedHelper(helper)) return;
  const setting = NAMESPACE_SETTINGS.find(({ file, denied }) => readSetting(file) === denied);
  throw new Explained('This system does not let Electron start its sandbox.', {
    mend: setting?.mend ?? `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  });
}

/**
 * The names of the libraries that `ldd` did not find.
 *
 * @param {string} lddOutput
 */
export function notFound(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name = '']) => name);
}

/** @param {string} executable */
async function missingFor(executable) {
  const { output } = await run('ldd', [executable], {
    // Electron's own libraries lie beside it.
    env: { ...process.env, LD_LIBRARY_PATH: dirname(executable) },
  });
  const missing = notFound(output);
  return lacksDisplay() && !isProgram('Xvfb') ? [...missing, 'Xvfb'] : missing;
}

/** @param {readonly string[]} missing */
async function install(missing) {
  const what = `System libraries are missing: ${missing.join(', ')}.`;
  const manager = MANAGERS.find(({ program }) => isProgram(program));
  if (!manager) throw new Explained(`${what} No known package manager was found.`);
  const names = [...manager.packages, ...(missing.includes('Xvfb') ? manager.display : [])];
  if (manager.program !== 'apt-get' || process.getuid?.() !== 0) {
    throw new Explained(what, { mend: `sudo ${manager.install} ${names.join(' ')}` });
  }
  working(`installing system libraries (${missing.length} missing)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update', '-q'], { env });
  const packages = await presentNames(names);
  const { code, output } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    env,
  });
  if (code !== 0) {
    const said = lastLines(update.code === 0 ? output : update.output, 4);
    throw new Explained(`${what} Their installation failed:\n${said}`, {
      mend: `apt-get update && apt-get install -y ${packages.join(' ')}`,
    });
  }
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some of the packages: `libgtk-3-0t64`.
 *
 * @param {readonly string[]} names
 */
async function presentNames(names) {
  const { output } = await run('apt-cache', ['pkgnames']);
  const known = new Set(output.split('\n'));
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
}

/** @param {string} name */
function isProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, name)));
}

/** @param {string} file */
function readSetting(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** @param {string} helper */
function isOwnedHelper(helper) {
  const SET_USER_ID = 0o4000;
  return existsSync(helper) && statSync(helper).uid === 0 && (statSync(helper).mode & SET_USER_ID) !== 0;
}
