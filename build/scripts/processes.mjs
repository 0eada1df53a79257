import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Child processes that leave no orphan: each long-running child gets a process group of its own, so that Ctrl-C reaches
 * this script only, which then stops the children in the right order (the window before its display).
 *
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: 'ignore' | 'inherit' }} RunOptions
 */

const isWindows = process.platform === 'win32';

/** How long a child may take to close its files before it is killed, in milliseconds. */
const PATIENCE = 10_000;

/** How long its own children may outlive it, and how often they are looked at, in milliseconds. */
const HELPERS_PATIENCE = 3000;
const GROUP_CHECK = 20;

/** How often the parent is looked at, in milliseconds. */
const PARENT_CHECK = 500;

/** @type {{ name: string, child: ChildProcess }[]} */
const running = [];

/** @type {Promise<void> | undefined} */
let stopping;

/**
 * Starts a long-running child that `stopAll` will stop.
 *
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(name, command, args, options) {
  const child = spawn(command, args, { ...options, detached: !isWindows, windowsHide: false });
  const entry = { name, child };
  running.push(entry);
  child.once('exit', () => running.splice(running.indexOf(entry), 1));
  // Without a listener a missing executable would be an uncaught exception; `exited` reports it.
  child.once('error', () => running.splice(running.indexOf(entry), 1));
  return child;
}

/**
 * Resolves with the exit code; a signal counts as 1.
 *
 * @param {ChildProcess} child
 * @returns {Promise<number>}
 */
export async function exited(child) {
  if (child.exitCode !== null) return child.exitCode;
  if (child.signalCode !== null) return 1;
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/**
 * Asks the child to stop and waits for it. It ends its own helpers first (a window its data process, which closes its
 * file); what is left of its group after that is killed.
 *
 * @param {ChildProcess} child
 */
export async function stop(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  if (isWindows) kill(child);
  else child.kill('SIGTERM');
  const deadline = setTimeout(() => kill(child), PATIENCE);
  await gone;
  clearTimeout(deadline);
  for (let waited = 0; hasGroup(child) && waited < HELPERS_PATIENCE; waited += GROUP_CHECK) await pause(GROUP_CHECK);
  if (hasGroup(child)) kill(child);
}

/** Stops every child, the last started first. */
export function stopAll() {
  stopping ??= (async () => {
    for (const { child } of [...running].reverse()) await stop(child);
  })();
  return stopping;
}

/** True once this script has been asked to stop: its children then end because they were told to. */
export function isStopping() {
  return stopping !== undefined;
}

/**
 * Calls `onStop` once on Ctrl-C, SIGTERM or a closed terminal, and stops every child. A second Ctrl-C kills them at once.
 *
 * @param {() => void} onStop
 */
export function stopOnSignals(onStop) {
  let asked = 0;
  const handle = async () => {
    asked += 1;
    if (asked === 1) {
      onStop();
      await stopAll();
      process.exit(0);
    }
    // npm forwards the terminal's Ctrl-C, so the same key press may arrive twice.
    if (asked > 2) for (const { child } of running) kill(child);
  };
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, handle);
  // A SIGTERM sent to npm ends npm and its shell, and never arrives here: the change of parent is what shows it.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    void handle();
  }, PARENT_CHECK);
  watch.unref();
}

/**
 * Runs a command to its end with its output kept.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(command, args, { input = 'ignore', ...options } = {}) {
  const child = start(command, command, args, { ...options, stdio: [input, 'pipe', 'pipe'] });
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command to its end with its output on this terminal; answers the exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export async function show(command, args, options = {}) {
  return await exited(start(command, command, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] }));
}

/**
 * npm, by the way it was itself called when possible: `npm` is a script that Windows cannot spawn.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} options
 */
export async function npm(args, options) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') || cli?.endsWith('.cjs')
    ? await run(process.execPath, [cli, ...args], options)
    : await run(isWindows ? 'npm.cmd' : 'npm', args, options);
}

/**
 * Calls `onEvent` with each JSON line of a stream and `onText` with every other line.
 *
 * @param {import('node:stream').Readable} stream
 * @param {(event: Record<string, unknown>) => void} onEvent
 * @param {(line: string) => void} onText
 */
export function readEvents(stream, onEvent, onText) {
  createInterface({ input: stream }).on('line', (line) => {
    const event = parseEvent(line);
    if (event) onEvent(event);
    else if (line.trim() !== '') onText(line);
  });
}

/**
 * @param {string} line
 * @returns {Record<string, unknown> | undefined}
 */
function parseEvent(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * The child with everything it has started.
 *
 * @param {ChildProcess} child
 */
function kill(child) {
  if (child.pid === undefined) return;
  try {
    if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/**
 * True while a process that the child has started outlives it.
 *
 * @param {ChildProcess} child
 */
function hasGroup(child) {
  if (isWindows || child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    return false;
  }
}
