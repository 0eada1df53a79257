import { type CountingProxy, type Line, startCountingProxy } from '../../support/counting-proxy.ts';
import type { Client, Server } from './protocol.ts';

export type Reading = { readonly bytes: number; readonly ms: number };

/** A client on a line of its own. */
export type LinedClient = { readonly proxy: CountingProxy; readonly client: Client; close(): Promise<void> };

export const LINES = {
  full: {},
  slow: { bytesPerSecond: 64_000 / 8 },
  far: { bytesPerSecond: 256_000 / 8, delay: 300 },
  cut: { cutEvery: 64 * 1024 },
} as const satisfies Readonly<Record<string, Line>>;

/** Milliseconds without a byte after which what was measured has ended. */
const QUIET = 150;

/** Longest time for any one thing, in milliseconds: the slowest contestant takes a quarter of an hour for its first load. */
const PATIENCE = 40 * 60 * 1000;

export async function openOnLine(server: Server, line: Line): Promise<LinedClient> {
  const proxy = await startCountingProxy(server.address);
  proxy.setLine(line);
  const client = await server.openClient(proxy.address);
  return {
    proxy,
    client,
    async close() {
      await client.close();
      await proxy.close();
    },
  };
}

type Limits = {
  readonly line?: Line /** Ends it, done or not, once so many bytes have passed. */;
  readonly maxBytes?: number;
};

/** Time until `act` is done, and every byte until the line is quiet: what comes after the answer counts as well. */
export async function measure(
  proxy: CountingProxy,
  act: () => Promise<void>,
  { line = {}, maxBytes }: Limits = {},
): Promise<Reading> {
  const quiet = QUIET + 2 * (line.delay ?? 0);
  await proxy.settled(quiet);
  proxy.reset();
  const begun = performance.now();
  if (maxBytes === undefined) await inTime(act());
  else await withinBytes(proxy, act, maxBytes);
  const ms = performance.now() - begun;
  await proxy.settled(quiet);
  const { up, down } = proxy.traffic;
  return { bytes: up + down, ms };
}

/** Where every try begins anew there is no end: the line goes down, and what is there is there. */
async function withinBytes(proxy: CountingProxy, act: () => Promise<void>, maxBytes: number): Promise<void> {
  let isDone = false;
  const acting = act().finally(() => {
    isDone = true;
  });
  // Given up, it may fail as it likes; done, its failure is told.
  acting.catch(() => {});
  await until(() => isDone || proxy.traffic.up + proxy.traffic.down > maxBytes);
  if (isDone) return acting;
  proxy.setLine({ isDown: true });
  proxy.cut();
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('A contestant came to no end')), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Waits in steps of a millisecond: whoever waits gets to know soon, and nobody's work is kept waiting. */
export async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 1));
}
