import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EndpointPlace } from './endpoint-process.ts';

const SCRIPT = fileURLToPath(new URL('lossy-line.py', import.meta.url));

export type LossyLineOptions = {
  readonly bitsPerSecond: number;
  /** Milliseconds each way. */
  readonly delay: number;
  /** Share of the packets of each direction: 0.1 for one of ten. */
  readonly loss: number;
  readonly seed: number;
};

/** IP packets of one direction, TCP's own with them. */
export type DirectionFacts = {
  readonly packets: number;
  readonly bytes: number;
  /** By chance, as the options have it. */
  readonly lost: number;
  /** They met a full buffer. */
  readonly overflowed: number;
  /** While the line was dead. */
  readonly swallowed: number;
};
export type LineFacts = Readonly<Record<'up' | 'down', DirectionFacts>>;

/**
 * An endpoint in a network of its own (a namespace of Linux, which goes with its process), and two ways there: one lossy, for the
 * desktop, one sound, for whoever looks on.
 */
export type LossyNetwork = {
  /** Where the endpoint is to be started. */
  readonly place: EndpointPlace;
  /** `http://host:port` of the endpoint over the lossy line, once it runs. */
  readonly address: string;
  facts(): Promise<LineFacts>;
  /** Nothing passes any more, and nobody is told so: as when rain stands between a dish and its satellite. */
  setDead(isDead: boolean): Promise<void>;
  close(): Promise<void>;
};

/** Only root of a Linux that has TUN devices may lay such a line; elsewhere these tests cannot run. */
export function canLayLines(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/dev/net/tun')) return false;
  try {
    run('python3', '--version');
    run('unshare', '--net', 'ip', 'link', 'add', 'near', 'type', 'veth', 'peer', 'name', 'far');
    run('unshare', '--net', 'ip', 'tuntap', 'add', 'dev', 'near', 'mode', 'tun');
    return true;
  } catch {
    return false;
  }
}

export function makeLossyNetwork(options: LossyLineOptions): LossyNetwork {
  const name = `rg${randomBytes(4).toString('hex')}`;
  const network = networkOf(randomBytes(2));
  let shaper: Shaper | undefined;
  let address = '';
  const running = () => {
    if (!shaper) throw new Error('The endpoint was not started yet');
    return shaper;
  };
  return {
    place: {
      // Where a process has no network at all, the endpoint finds no address to say that it listens at.
      command: ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'],
      host: '0.0.0.0',
      async reachedAt(pid, port) {
        shaper = await Shaper.start([`${name}a`, `${name}b`], options);
        run('ip', 'link', 'set', `${name}b`, 'netns', String(pid));
        joinEnds(pid, [`${name}a`, network(1)], [`${name}b`, network(2)]);
        run('ip', 'link', 'add', `${name}c`, 'type', 'veth', 'peer', 'name', `${name}d`, 'netns', String(pid));
        joinEnds(pid, [`${name}c`, network(5)], [`${name}d`, network(6)]);
        address = `http://${network(2)}:${port}`;
        return `http://${network(6)}:${port}`;
      },
    },
    get address() {
      return address;
    },
    facts: () => running().ask('facts'),
    async setDead(isDead) {
      await running().ask(isDead ? 'dead' : 'alive');
    },
    async close() {
      await shaper?.close();
      removeDevice(`${name}c`);
    },
  };
}

/** Addresses that are kept for trials of networks (RFC 2544), so that no line of this machine is in the way. */
function networkOf([one = 0, other = 0]: Uint8Array): (host: number) => string {
  return (host) => `198.18.${one}.${(other & 0xf8) + host}`;
}

type End = readonly [device: string, address: string];

/** @param pid a process of the network at the far end */
function joinEnds(pid: number, near: End, far: End): void {
  giveAddress(['ip'], near);
  giveAddress(['nsenter', '--net', '--target', String(pid), 'ip'], far);
}

function giveAddress([command = 'ip', ...before]: readonly string[], [device, address]: End): void {
  run(command, ...before, 'addr', 'add', `${address}/30`, 'dev', device);
  run(command, ...before, 'link', 'set', device, 'up');
}

/** A network outlives its last process while one of its connections waits for an answer, and its devices with it. */
function removeDevice(name: string): void {
  try {
    run('ip', 'link', 'delete', name);
  } catch {
    // It is gone already.
  }
}

/** The process that carries the packets. Its devices go with it, and it goes with this one. */
class Shaper {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(child: ChildProcess, lines: AsyncIterator<string>) {
    this.#child = child;
    this.#lines = lines;
  }

  static async start(devices: readonly string[], options: LossyLineOptions): Promise<Shaper> {
    const { bitsPerSecond, delay, loss, seed } = options;
    const args = [SCRIPT, ...devices, ...[bitsPerSecond, delay, loss, seed].map(String)];
    const child = spawn('python3', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    // It ends by itself where the far end's network has gone: what is still said to it then is of no use.
    child.stdin.on('error', () => {});
    const shaper = new Shaper(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    await shaper.#read();
    return shaper;
  }

  /** One after the other: it answers in order. */
  ask(word: 'facts' | 'dead' | 'alive'): Promise<LineFacts> {
    const answer = this.#last.then(() => {
      this.#child.stdin?.write(`${word}\n`);
      return this.#read();
    });
    this.#last = answer.catch(() => undefined);
    // The script says it of both directions.
    return answer as Promise<LineFacts>;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await ended;
  }

  async #read(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The line has ended by itself');
    return JSON.parse(value);
  }
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}
