import { webcrypto } from 'node:crypto';
import { runFloorSuite } from '../floor/suite.ts';
import type { Handlers, WorkerApi, WorkerCall, WorkerReply } from '../protocol.ts';
import { hostSuite, runSuiteInProcess } from './suite.ts';

// As the product's data process does: Electron 25 has Node 18, where the Web Crypto API is not a global yet.
globalThis.crypto ??= webcrypto as Crypto; // Node's own implementation of the same interface

type Ports = readonly Electron.MessagePortMain[];

function tell(reply: WorkerReply): void {
  process.parentPort.postMessage(reply);
}

function handlers(ports: Ports): Handlers<WorkerApi> {
  return {
    hostSuite: ({ directory }) => hostSuite(directory, ports),
    suiteInProcess: runSuiteInProcess,
    suiteFloor: runFloorSuite,
  };
}

async function answer({ id, name, input }: WorkerCall, ports: Ports): Promise<void> {
  try {
    const handler = handlers(ports)[name] as (input: unknown) => unknown; // main sends what the protocol says for this name
    tell({ id, ok: true, value: await handler(input) });
  } catch (error) {
    tell({ id, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

process.parentPort.on('message', ({ data, ports }: { data: WorkerCall; ports: Ports }) => void answer(data, ports));
