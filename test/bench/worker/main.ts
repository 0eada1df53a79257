import { webcrypto } from 'node:crypto';
import { runFloorSuite } from '../floor/suite.ts';
import type { Handlers, WorkerApi, WorkerCall, WorkerReply } from '../protocol.ts';
import { findPlace } from '../register/assets.ts';
import { planRuns } from '../register/plan.ts';
import { loadFloor, loadOurs, measureFloor, measureInProcess, startFloor } from './register.ts';
import { sendAssets } from './send-assets.ts';
import { hostSuite, runSuiteInProcess } from './suite.ts';

// As the product's data process does: Electron 25 has Node 18, where the Web Crypto API is not a global yet.
globalThis.crypto ??= webcrypto as Crypto; // Node's own implementation of the same interface

type Ports = readonly Electron.MessagePortMain[];

/** How often a long call says where it is, in milliseconds. */
const PROGRESS_INTERVAL = 5000;

function tell(reply: WorkerReply): void {
  process.parentPort.postMessage(reply);
}

function reporting(what: string): (done: number, total: number) => void {
  let last = performance.now();
  return (done, total) => {
    if (performance.now() - last < PROGRESS_INTERVAL) return;
    last = performance.now();
    tell({ progress: `${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}` });
  };
}

function handlers(ports: Ports): Handlers<WorkerApi> {
  return {
    hostSuite: ({ directory }) => hostSuite(directory, ports),
    suiteInProcess: runSuiteInProcess,
    suiteFloor: runFloorSuite,
    loadOurs: (input) => loadOurs(input, reporting('ours, loading')),
    loadFloor: (input) => loadFloor(input, reporting('floor, loading')),
    planRuns,
    sendAssets: (input) => sendAssets(input, ports),
    measureInProcess: (input) => measureInProcess(input, reporting('ours in process, runs')),
    measureFloor: (input) => measureFloor(input, reporting('floor, runs')),
    findPlace,
    startFloor,
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
