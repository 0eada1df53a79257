import { webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, toErrorData } from '#shared/domain/errors.ts';
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
let lastQuestion = 0;
const verifications = new Map<number, (isRight: boolean) => void>();

/** Main keeps what the passphrase opens: it alone can tell. */
function verifyPassphrase(passphrase: string): Promise<boolean> {
  lastQuestion += 1;
  const questionId = lastQuestion;
  tell({ type: 'verify-passphrase', questionId, passphrase });
  return new Promise((resolve) => verifications.set(questionId, resolve));
}

function noteVerified({ questionId, isRight }: Extract<ControlRequest, { type: 'passphrase-verified' }>): void {
  verifications.get(questionId)?.(isRight);
  verifications.delete(questionId);
}
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
    try {
      service = new RegisterService(new Register(connection), { verifyPassphrase });
    } catch (error) {
      // Gives the profile back: a backup may have to take this file's place.
      connection.close();
      throw error;
    }
    tell({ type: 'opened' });
  } catch (error) {
    tell({ type: 'open-failed', error: toErrorData(error) });
  } finally {
    key.fill(0);
  }
}

/** A file that went bad under way: restarting would meet it again, so main shows the screen for it (SPEC K6). */
const FILE_FAILURES: ReadonlySet<ErrorCode> = new Set(['STORE_CORRUPT', 'STORE_IO', 'STORE_READ_ONLY']);

/** Nobody caught this. The write-ahead log makes ending safe; main starts a new process, or tells what is wrong. */
function endAfter(error: unknown): void {
  const data = toErrorData(error);
  if (FILE_FAILURES.has(data.code)) tell({ type: 'failed', error: data });
  setImmediate(() => process.exit(1));
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
    case 'passphrase-verified':
      noteVerified(request);
      break;
    case 'close':
      void close();
  }
}

process.on('uncaughtException', endAfter);
process.on('unhandledRejection', endAfter);
process.parentPort.on('message', ({ data, ports }: { data: ControlRequest; ports: MessagePortMain[] }) =>
  handle(data, ports),
);
tell({ type: 'ready' });
