import { webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toErrorData } from '#shared/domain/errors.ts';
import type { ControlEvent, ControlRequest } from '#shared/protocol/control-port.ts';
import { DataPortHost, type PortLike } from './port/data-port-host.ts';
import { Register } from './register.ts';
import { RegisterService } from './service.ts';
import { listBackups, restoreBackup } from './sqlcipher/backup.ts';
import { openRegister, REGISTER_FILE } from './sqlcipher/register-file.ts';

// Electron 25 has Node 18, where the Web Crypto API is not a global yet.
globalThis.crypto ??= webcrypto as Crypto; // Node's own implementation of the same interface

type MessagePortMain = Electron.MessagePortMain;

let service: RegisterService | undefined;
const hosts = new Set<DataPortHost>();

function tell(event: ControlEvent): void {
  process.parentPort.postMessage(event);
}

function open(request: Extract<ControlRequest, { type: 'open' }>): void {
  const { directory, key } = request;
  // A first start that was cut between making the file and noting it down goes on with that file.
  const create = request.create && !existsSync(join(directory, REGISTER_FILE));
  try {
    const connection = openRegister({ directory, key, create, onStep: (step) => tell({ type: 'opening', step }) });
    service = new RegisterService(new Register(connection));
    tell({ type: 'opened' });
  } catch (error) {
    tell({ type: 'open-failed', error: toErrorData(error) });
  } finally {
    key.fill(0);
  }
}

function connectWindow(port: MessagePortMain | undefined): void {
  if (!port || !service) {
    port?.close();
    return;
  }
  const host = new DataPortHost(asPortLike(port), service);
  hosts.add(host);
  port.on('close', () => hosts.delete(host));
}

/** Electron's port gives events, Node's gives the data itself. */
function asPortLike(port: MessagePortMain): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (message: unknown) => void) =>
      event === 'message'
        ? port.on('message', ({ data }) => listener(data))
        : port.on('close', () => listener(undefined)),
    start: () => port.start(),
    close: () => port.close(),
  };
}

async function close(): Promise<void> {
  for (const host of hosts) host.close();
  hosts.clear();
  await service?.close();
  service = undefined;
  tell({ type: 'closed' });
  process.exit(0);
}

function restore({ requestId, directory, name }: Extract<ControlRequest, { type: 'restore-backup' }>): void {
  try {
    restoreBackup(directory, name);
    tell({ type: 'backup-restored', requestId });
  } catch (error) {
    tell({ type: 'backup-restored', requestId, error: toErrorData(error) });
  }
}

function handle(request: ControlRequest, ports: readonly MessagePortMain[]): void {
  switch (request.type) {
    case 'open':
      open(request);
      break;
    case 'connect-window':
      connectWindow(ports[0]);
      break;
    case 'enrolment':
      service?.followProfile(request);
      break;
    case 'list-backups':
      tell({ type: 'backups', requestId: request.requestId, backups: listBackups(request.directory) });
      break;
    case 'restore-backup':
      restore(request);
      break;
    case 'close':
      void close();
  }
}

process.parentPort.on('message', ({ data, ports }: { data: ControlRequest; ports: MessagePortMain[] }) =>
  handle(data, ports),
);
tell({ type: 'ready' });
