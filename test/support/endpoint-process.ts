import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Role } from '#shared/domain/roles.ts';
import { PATHS } from '#shared/protocol/replication.ts';
import { postJson } from './endpoint-device.ts';

/** What `npm run build` makes of server/cli.ts. */
export const ENDPOINT_PROGRAM = fileURLToPath(new URL('../../out/server/cli.mjs', import.meta.url));

/** A network of its own, which has no way in before the endpoint's process is there. */
export type EndpointPlace = {
  /** Becomes the endpoint, in the same process. */
  readonly command: readonly string[];
  readonly host: string;
  /** Makes the way in; answers the address at which this test reaches the endpoint. */
  reachedAt(pid: number, port: number): Promise<string>;
};

export type ProcessOptions = {
  /** Kept when given; otherwise a temporary folder that goes with the endpoint. */
  readonly dataDir?: string;
  /** PostgreSQL instead of a folder. */
  readonly databaseUrl?: string;
  /** 0, the default, for any. */
  readonly port?: number;
  readonly adminToken?: string;
  readonly demonstration?: 'full' | 'empty' | 'none';
  readonly env?: Readonly<Record<string, string>>;
  /** Elsewhere than on this machine's own network. */
  readonly place?: EndpointPlace;
};

export type EndpointProcess = {
  readonly address: string;
  readonly dataDir: string;
  readonly child: ChildProcess;
  /** Milliseconds from the start of the process to its `listening` line. */
  readonly startTime: number;
  enrolmentCode(options?: {
    readonly ministry?: string;
    readonly name?: string;
    readonly role?: Role;
  }): Promise<string>;
  /** Asks it to end and waits until it has. @returns its exit code */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would, and leaves its folder. */
  kill(): Promise<void>;
};

type Announcement = { readonly event: string; readonly address?: string };

/** The built endpoint as a process of its own, ready to answer. */
export async function startEndpointProcess(options: ProcessOptions = {}): Promise<EndpointProcess> {
  const { port = 0, adminToken = randomBytes(24).toString('base64url'), demonstration = 'full' } = options;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
  const store = options.databaseUrl ? ['--database-url', options.databaseUrl] : ['--data', dataDir];
  const seeding = demonstration === 'none' ? [] : [`--demonstration=${demonstration}`];
  const host = options.place ? ['--host', options.place.host] : [];
  const begun = performance.now();
  const program = [process.execPath, ENDPOINT_PROGRAM, 'serve', ...store, '--port', String(port), ...host, ...seeding];
  const [command = process.execPath, ...args] = [...(options.place?.command ?? []), ...program];
  const child = spawn(command, args, {
    env: { ...process.env, ...options.env, REGISTRE_ADMIN_TOKEN: adminToken },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listensAt = await readAddress(child);
  const startTime = performance.now() - begun;
  const address = await reach(child, listensAt, options.place);
  const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await ended;
    return typeof code === 'number' ? code : null;
  };
  return {
    address,
    dataDir,
    child,
    startTime,
    async enrolmentCode({ ministry = 'MND', name = 'HOUNKPÈ Sènami', role = 'gestionnaire' } = {}) {
      const headers = { authorization: `Bearer ${adminToken}` };
      const body = { ministry, person: { name, role } };
      const answer = await postJson<{ code: string }>(`${address}${PATHS.enrolmentCodes}`, body, headers);
      if (answer.status !== 201) throw new Error(`No enrolment code: ${JSON.stringify(answer.body)}`);
      return answer.body.code;
    },
    async stop() {
      const code = await end('SIGTERM');
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
    async kill() {
      await end('SIGKILL');
    },
  };
}

async function reach(child: ChildProcess, listensAt: string, place: EndpointPlace | undefined): Promise<string> {
  if (!place || child.pid === undefined) return listensAt;
  try {
    return await place.reachedAt(child.pid, Number(new URL(listensAt).port));
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function readAddress(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The endpoint was started without its output');
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The endpoint ended with code ${code}: ${said}`)));
    // Read to its end, so that the process never waits for a reader.
    createInterface({ input: stdout }).on('line', (line) => {
      const announcement: Announcement = JSON.parse(line);
      if (announcement.event === 'listening' && announcement.address) resolve(announcement.address);
    });
  });
}
