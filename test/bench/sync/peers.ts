import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openPouchClient } from './pouchdb-client.ts';
import type { Client, Contestant, Server } from './protocol.ts';
import { openRxClient } from './rxdb-client.ts';

/** This very program, built: with a peer's name it is that peer's server. */
const PROGRAM = fileURLToPath(import.meta.url);

export const rxdb: Contestant = {
  name: 'rxdb',
  start: (assets) =>
    startServer('rxdb', assets.length, (address) =>
      openRxClient({
        pullAddress: (checkpoint, limit) =>
          `${address}/pull?updatedAt=${checkpoint?.updatedAt ?? ''}&id=${checkpoint?.id ?? ''}&limit=${limit}`,
        pushAddress: `${address}/push`,
      }),
    ),
};

export const pouchdb: Contestant = {
  name: 'pouchdb',
  start: (assets) => startServer('pouchdb', assets.length, openPouchClient),
};

/** A process of its own, as ours has one: on two cores client and server do not wait for each other. */
async function startServer(
  name: 'rxdb' | 'pouchdb',
  size: number,
  openClient: (address: string) => Promise<Client>,
): Promise<Server> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', name, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server of ${name} ended with code ${code}`)));
  });
  return {
    address,
    openClient,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
