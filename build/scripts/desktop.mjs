import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchCommand } from './electron-runtime.mjs';
import { createEnrolmentCode, openEndpoint } from './endpoint.mjs';
import { APPLICATION, OUT } from './paths.mjs';
import { exited, isStopping, readEvents, start } from './processes.mjs';
import { done, Explained, lastLines } from './progress.mjs';

/**
 * One desktop on this machine: its options, its profile folder, its window. Shared by `npm start` and `npm run dev`.
 *
 * @typedef {object} DesktopOptions
 * @property {boolean} empty
 * @property {string | undefined} server
 * @property {string} profile
 * @property {boolean} help
 *
 * @typedef {object} Place
 * @property {string} state     where the endpoint and its desktops keep what they know
 * @property {string} profile   this desktop's folder
 * @property {string} log
 */

/** Said on screen: the data behind it is made up. */
export const DEMONSTRATION_PASSPHRASE = 'baobab-lagune-2026';

const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,31}$/;

/**
 * @param {readonly string[]} args
 * @param {string} command what the user typed, for the advice
 * @returns {DesktopOptions}
 */
export function parseDesktopOptions(args, command) {
  const mend = `${command} -- --help`;
  const { empty, server, profile, help } = parse(args, mend);
  if (server && empty)
    throw new Explained('--empty and --server exclude each other: a server has its own data.', { mend });
  if (server && !isHttp(server))
    throw new Explained(`--server wants an address such as https://registre.example.`, { mend });
  if (!PROFILE_NAME.test(profile)) {
    throw new Explained('--profile wants a short name of small letters, digits and hyphens.', { mend });
  }
  return { empty, server: server ? new URL(server).href.replace(/\/$/, '') : undefined, profile, help };
}

/**
 * Starts or joins the endpoint unless a server is named, and makes the profile ready to enrol.
 *
 * @param {DesktopOptions} options
 * @returns {Promise<Place & { server: string }>}
 */
export async function prepareDesktop(options) {
  const place = placeOf(options);
  mkdirSync(place.profile, { recursive: true });
  if (options.server) {
    writeProfile(place, { name: options.profile, enrolment: { server: options.server } });
    return { ...place, server: options.server };
  }
  const endpoint = await openEndpoint(place.state, options);
  const known = readProfile(place);
  if (known) {
    writeProfile(place, { ...known, enrolment: { ...known.enrolment, server: endpoint.address } });
  } else {
    const code = await createEnrolmentCode(endpoint, `Gestionnaire de démonstration (${options.profile})`);
    writeProfile(place, {
      name: options.profile,
      demonstration: { passphrase: DEMONSTRATION_PASSPHRASE },
      enrolment: { server: endpoint.address, code },
    });
  }
  return { ...place, server: endpoint.address };
}

/**
 * Opens the window. `ready` resolves once the application says that a usable screen is shown, `ended` with its exit code;
 * an application that ends with an error before that is explained by its last lines.
 *
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {Place} place
 * @param {NodeJS.ProcessEnv} display
 * @param {readonly string[]} [args]
 */
export function openWindow(runtime, place, display, args = []) {
  const { command, args: launchArgs } = launchCommand(runtime, APPLICATION, [
    `--profile-dir=${place.profile}`,
    ...args,
  ]);
  mkdirSync(dirname(place.log), { recursive: true });
  const log = createWriteStream(place.log);
  const child = start('window', command, launchArgs, {
    env: { ...process.env, ...display },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}${line}\n`);
    log.write(`${line}\n`);
  };
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The window was started without its output.');
  const ready = new Promise((resolve) => {
    const onEvent = (/** @type {Record<string, unknown>} */ event) => {
      keep(JSON.stringify(event));
      if (event.event === 'window-ready') resolve(undefined);
    };
    readEvents(stdout, onEvent, keep);
    readEvents(stderr, onEvent, keep);
  });
  const ended = exited(child).then((code) => {
    if (code !== 0 && !isStopping())
      throw new Explained(`The application ended with code ${code}. Its last lines (${place.log}):\n${said}`);
    return 0;
  });
  return { child, ready, ended };
}

/** @param {string} passphrase */
export function sayPassphrase(passphrase = DEMONSTRATION_PASSPHRASE) {
  done('demonstration passphrase', passphrase);
}

/**
 * @param {DesktopOptions} options
 * @returns {Place}
 */
function placeOf({ empty, server, profile }) {
  const name = server ? `server-${new URL(server).host.replace(/[^a-z0-9.-]/gi, '-')}` : 'demonstration';
  const state = join(OUT, empty ? `${name}-empty` : name);
  return { state, profile: join(state, 'profiles', profile), log: join(state, `window-${profile}.log`) };
}

/**
 * @param {Place} place
 * @returns {{ enrolment: object } | undefined}
 */
function readProfile({ profile }) {
  const file = join(profile, 'profile.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * @param {Place} place
 * @param {object} content
 */
function writeProfile({ profile }, content) {
  // The enrolment code opens a ministry's register: for this user only.
  writeFileSync(join(profile, 'profile.json'), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

/**
 * @param {readonly string[]} args
 * @param {string} mend
 */
function parse(args, mend) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        empty: { type: 'boolean', default: false },
        server: { type: 'string' },
        profile: { type: 'string', default: 'default' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    }).values;
  } catch (cause) {
    throw new Explained(cause instanceof Error ? cause.message : String(cause), { mend, cause });
  }
}

/** @param {string} text */
function isHttp(text) {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
