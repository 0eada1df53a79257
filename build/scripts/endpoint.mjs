import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ENDPOINT_ENTRY } from './paths.mjs';
import { exited, readEvents, start } from './processes.mjs';
import { counting, done, Explained, elapsed, lastLines, working } from './progress.mjs';

/**
 * The local endpoint of the demonstration: one per state folder, shared by every desktop started from this clone.
 *
 *   <state>/endpoint/       its database
 *   <state>/endpoint.json   where it answers: { address, pid }
 *   <state>/admin-token     readable by this user only
 *   <state>/endpoint.log
 *
 * @typedef {{ address: string, adminToken: string }} Endpoint
 */

/** How long an endpoint on this machine may take to answer that it is well, in milliseconds. */
const PATIENCE = 2000;

/**
 * Joins the endpoint that another terminal has started, or starts one.
 *
 * @param {string} state
 * @param {{ empty: boolean }} options
 * @returns {Promise<Endpoint>}
 */
export async function openEndpoint(state, { empty }) {
  mkdirSync(state, { recursive: true });
  const adminToken = readAdminToken(state);
  const running = await findRunning(state);
  if (running) {
    done('endpoint', `${running}, started by another terminal`);
    return { address: running, adminToken };
  }
  const begun = performance.now();
  const address = await launch(state, adminToken, empty);
  done('endpoint', `${address}, ${elapsed(begun)}`);
  return { address, adminToken };
}

/**
 * Asks the endpoint for a code with which one desktop enrols.
 *
 * @param {Endpoint} endpoint
 * @param {string} personName
 * @returns {Promise<string>}
 */
export async function createEnrolmentCode({ address, adminToken }, personName) {
  const response = await fetch(`${address}/v1/admin/enrolment-codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ministry: 'MND', person: { name: personName, role: 'gestionnaire' }, note: 'npm start' }),
  });
  if (!response.ok) {
    throw new Explained(
      `The endpoint gave no enrolment code: ${response.status} ${lastLines(await response.text(), 3)}`,
    );
  }
  const { code } = /** @type {{ code: string }} */ (await response.json());
  return code;
}

/**
 * @param {string} state
 * @param {string} adminToken
 * @param {boolean} empty
 * @returns {Promise<string>} the address
 */
async function launch(state, adminToken, empty) {
  const lock = join(state, 'starting');
  const other = await takeLock(state, lock);
  if (other) return other;
  try {
    const port = await preferredPort(state);
    const log = createWriteStream(join(state, 'endpoint.log'));
    const child = start(
      'endpoint',
      process.execPath,
      [
        ENDPOINT_ENTRY,
        ...['serve', '--data', join(state, 'endpoint'), '--port', String(port)],
        empty ? '--demonstration=empty' : '--demonstration',
      ],
      { env: { ...process.env, REGISTRE_ADMIN_TOKEN: adminToken }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const address = await listening(child, log);
    writeFileSync(join(state, 'endpoint.json'), `${JSON.stringify({ address, pid: child.pid }, null, 2)}\n`);
    return address;
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('node:fs').WriteStream} log
 * @returns {Promise<string>}
 */
async function listening(child, log) {
  let said = '';
  const keep = (/** @type {string} */ line) => {
    said = lastLines(`${said}${line}\n`);
    log.write(`${line}\n`);
  };
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The endpoint was started without its output.');
  readEvents(stderr, (event) => keep(JSON.stringify(event)), keep);
  return await new Promise((resolve, reject) => {
    readEvents(
      stdout,
      (event) => {
        keep(JSON.stringify(event));
        if (event.event === 'listening') resolve(String(event.address));
        if (event.event === 'progress') counting(String(event.step), Number(event.done), Number(event.total));
      },
      keep,
    );
    exited(child).then((code) => reject(new Explained(`The endpoint ended with code ${code}:\n${said}`)), reject);
  });
}

/**
 * The address of an endpoint of this state that answers.
 *
 * @param {string} state
 */
async function findRunning(state) {
  const { address, pid } = readRecord(state);
  if (!address || !isAlive(pid)) return undefined;
  try {
    const response = await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok ? address : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Two terminals may start at the same moment: one of them starts the endpoint, the other waits for it.
 *
 * @param {string} state
 * @param {string} lock
 * @returns {Promise<string | undefined>} the address, once the other terminal has started it
 */
async function takeLock(state, lock) {
  let isWaiting = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return undefined;
    } catch {
      if (!isAlive(readPid(lock))) rmSync(lock, { force: true });
      else {
        if (!isWaiting) working('waiting for the endpoint that another terminal is starting');
        isWaiting = true;
        await pause(200);
        const address = await findRunning(state);
        if (address) return address;
      }
    }
  }
}

/**
 * The port of the last time if it is free, so that desktops find the endpoint where they left it; else any (0).
 *
 * @param {string} state
 * @returns {Promise<number>}
 */
async function preferredPort(state) {
  const { address } = readRecord(state);
  const last = address ? Number(new URL(address).port) : 0;
  if (last === 0) return 0;
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(last, '127.0.0.1', () => probe.close(() => resolve(last)));
  });
}

/** @param {string} state */
function readAdminToken(state) {
  const file = join(state, 'admin-token');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * @param {string} state
 * @returns {{ address?: string, pid?: number }}
 */
function readRecord(state) {
  try {
    return JSON.parse(readFileSync(join(state, 'endpoint.json'), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} lock */
function readPid(lock) {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number | undefined} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
