import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import { STORAGE_WRITES } from '#shared/protocol/data-port.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { DataPortHost } from '../../../electron/data/port/data-port-host.ts';
import { RegisterService } from '../../../electron/data/service.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

type Answer = {
  readonly id: number;
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
};

type Window = {
  readonly service: RegisterService;
  readonly port: MessagePort;
  /** Everything that came, answers and events. */
  readonly heard: readonly unknown[];
  /** Sends a message and waits for the answer with its number, -1 when it has none. */
  ask(message: unknown): Promise<Answer>;
};

/** A register that belongs to a service, with one window on a real port. */
function openWindow(role: Role | null = 'gestionnaire'): Window {
  const service = new RegisterService(openTestRegister({ role }));
  onTestFinished(() => service.close());
  return connect(service);
}

function connect(service: RegisterService): Window {
  const { port1, port2 } = new MessageChannel();
  const host = new DataPortHost(port1, service);
  onTestFinished(() => host.close());
  const heard: unknown[] = [];
  const waiting = new Map<number, (answer: Answer) => void>();
  port2.on('message', (message: Answer) => {
    heard.push(message);
    waiting.get(message.id)?.(message);
  });
  return {
    service,
    port: port2,
    heard,
    ask(message) {
      const id = typeof message === 'object' && message !== null && 'id' in message ? Number(message.id) : -1;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        port2.postMessage(message);
      });
    },
  };
}

/** Everything a message could change. */
function stateOf({ service: { register } }: Window) {
  return JSON.stringify({
    documents: COLLECTIONS.map(({ name }) => register.table(name).changedSince(1000).documents),
    waiting: register.waiting.count(),
    identity: register.identity.get(),
  });
}

let nextId = 0;
const request = (fields: Record<string, unknown>) => {
  nextId += 1;
  return { id: nextId, ...fields };
};
const command = (name: string, input: unknown) => request({ kind: 'command', name, input });
const creation = (fields = {}) => ({ draft: { ...assetDraft(), ...fields }, status: 'in-stock' });

describe('the data port', () => {
  test.each<[string, unknown]>([
    ['a text', 'createAsset'],
    ['nothing', null],
    ['a list', []],
    ['an unknown kind', request({ kind: 'sql', name: 'createAsset', input: creation() })],
    ['a kind from the prototype', request({ kind: '__proto__', name: 'createAsset', input: creation() })],
    ['no kind', request({ name: 'createAsset', input: creation() })],
    ['no number', { kind: 'command', name: 'createAsset', input: creation() }],
    ['a negative number', { id: -1, kind: 'command', name: 'createAsset', input: creation() }],
    ['half a number', { id: 0.5, kind: 'command', name: 'createAsset', input: creation() }],
    ['an unknown name', command('dropTable', {})],
    ['a name that is no text', request({ kind: 'command', name: ['createAsset'], input: creation() })],
    ['a name without end', command('x'.repeat(1_000_000), {})],
    ['the name __proto__', command('__proto__', {})],
    ['the name constructor', command('constructor', {})],
    ['the name toString', command('toString', {})],
    ['the name hasOwnProperty as a question', request({ kind: 'question', name: 'hasOwnProperty', input: {} })],
    ['a command asked as a question', request({ kind: 'question', name: 'createAsset', input: creation() })],
    ['a question given as a command', command('findAssets', { filter: {}, offset: 0, limit: 1 })],
    ['an unknown collection', request({ kind: 'storage-open', params: storage('sqlite_master') })],
    ['an unknown version', request({ kind: 'storage-open', params: storage('assets', 7) })],
    ['a handle of nobody', request({ kind: 'storage-call', handle: 99, method: 'count', args: [] })],
    ['a method of the prototype', request({ kind: 'storage-call', handle: 1, method: 'constructor', args: [] })],
    ['a storage kind without its rest', request({ kind: 'storage-call' })],
  ])('P1: %s is answered with an error and changes nothing', async (_what, message) => {
    const window = openWindow();
    const before = stateOf(window);
    const { ok, error } = await window.ask(message);
    expect(ok).toBe(false);
    expect(error?.code).toMatch(/^PORT_(BAD_MESSAGE|FORBIDDEN)$/);
    expect(stateOf(window)).toBe(before);
    // The port lives on.
    expect(await window.ask(request({ kind: 'question', name: 'getSyncState', input: {} }))).toMatchObject({
      ok: true,
    });
  });

  test.each<[string, string, unknown]>([
    ['no input', 'createAsset', undefined],
    ['a field too many', 'createAsset', { ...creation(), id: randomUUID() }],
    ['a field that the program keeps for itself', 'createAsset', creation({ reference: 'MND-PCP-26-K7-0001-A' })],
    ['a field of the wrong kind', 'createAsset', creation({ acquisitionValue: '12' })],
    ['a text without end', 'createAsset', creation({ notes: 'x'.repeat(5_000_000) })],
    ['a status that no asset begins with', 'createAsset', { ...creation(), status: 'ceded' }],
    ['an id that is none', 'updateAsset', { id: '../..', changes: {} }],
    ['another ministry', 'updateAsset', { id: randomUUID(), changes: { ministryId: randomUUID() } }],
    [
      'files that are no bytes',
      'previewImport',
      { files: [{ name: 'a.csv', bytes: 'a;b' }], defaults: importDefaults() },
    ],
    ['files that are a number', 'previewImport', { files: [{ name: 'a.csv', bytes: 7 }], defaults: importDefaults() }],
    ['an address that is none', 'enrol', { server: 'not an address', code: 'X', deviceName: 'P' }],
    ['an address of another kind', 'enrol', { server: 'file:///etc', code: 'X', deviceName: 'P' }],
  ])('P1: an input with %s is refused by its place and rule, and changes nothing', async (_what, name, input) => {
    const window = openWindow(name === 'enrol' ? null : 'gestionnaire');
    const before = stateOf(window);
    const { ok, error } = await window.ask(command(name, input));
    expect({ ok, code: error?.code }).toEqual({ ok: false, code: 'COMMAND_INVALID' });
    expect(stateOf(window)).toBe(before);
  });

  test('P1: a hundred thousand keys and a deep nesting are refused, not followed', async () => {
    const window = openWindow();
    let deep: unknown = 'end';
    for (let level = 0; level < 300; level += 1) deep = { deep };
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]));
    for (const input of [deep, wide, creation({ brand: deep }), creation({ brand: wide })]) {
      expect(await window.ask(command('createAsset', input))).toMatchObject({
        ok: false,
        error: { code: 'COMMAND_INVALID' },
      });
    }
  });

  test('P1: a field named __proto__ is a field like any unknown one', async () => {
    const window = openWindow();
    const input = JSON.parse('{"filter":{"__proto__":{"text":"x"}},"offset":0,"limit":5}');
    const answer = await window.ask(request({ kind: 'question', name: 'findAssets', input }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'COMMAND_INVALID' } });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('A1: a valid command is answered with its own number, and its change reaches every open window', async () => {
    const one = openWindow();
    const other = connect(one.service);
    const opened = await other.ask(request({ kind: 'storage-open', params: storage('assets') }));
    const { ok, value } = await one.ask(command('createAsset', creation()));
    expect(ok).toBe(true);
    // The answer of `createAsset`.
    const { id } = value as { id: string };
    await vi.waitFor(() => {
      const events = other.heard.filter((message) => Object(message).event === 'storage-changes');
      expect(events).toHaveLength(1);
      expect(JSON.stringify(events)).toContain(id);
    });
    expect(Object(opened.value).handle).toBeTypeOf('number');
    expect(one.heard.filter((message) => Object(message).event === 'storage-changes')).toEqual([]);
  });

  test('P3: a window cannot write documents, whichever method it calls', async () => {
    const window = openWindow();
    const { id } = window.service.commands.createAsset(creation() as never) as { id: string };
    const opened = await window.ask(request({ kind: 'storage-open', params: storage('assets') }));
    const { handle } = Object(opened.value);
    const document = window.service.register.table('assets').get(id);
    const before = stateOf(window);
    const args = {
      bulkWrite: [[{ previous: document, document: { ...document, brand: 'HP', _rev: '9-x' } }], 'window'],
      cleanup: [0],
      remove: [],
    };
    for (const method of STORAGE_WRITES) {
      const answer = await window.ask(request({ kind: 'storage-call', handle, method, args: args[method] }));
      expect(answer).toMatchObject({ ok: false, error: { code: 'PORT_FORBIDDEN' } });
    }
    expect(stateOf(window)).toBe(before);
  });

  test('P2: a handle of one window is of no use to another', async () => {
    const one = openWindow();
    const other = connect(one.service);
    const opened = await one.ask(request({ kind: 'storage-open', params: storage('assets') }));
    const { handle } = Object(opened.value);
    const call = { kind: 'storage-call', handle, method: 'findDocumentsById', args: [['x'], false] };
    expect(await one.ask(request(call))).toMatchObject({ ok: true, value: new TextEncoder().encode('[]') });
    expect(await other.ask(request(call))).toMatchObject({ ok: false, error: { code: 'PORT_BAD_MESSAGE' } });
    await other.ask(request({ kind: 'storage-close', handle }));
    expect(await one.ask(request(call))).toMatchObject({ ok: true });
  });

  test('P2: a port that closes releases every subscription it held', async () => {
    const window = openWindow();
    const { register } = window.service;
    const subscribers = () =>
      COLLECTIONS.map(({ name }) => {
        const { changes$ } = register.table(name);
        // RxJS keeps the subject of an observable here: the only place that knows who listens.
        return Number(Object(Object(changes$).source).observers?.length);
      });
    const before = subscribers();
    for (const { name } of COLLECTIONS) await window.ask(request({ kind: 'storage-open', params: storage(name) }));
    expect(subscribers()).toEqual(before.map((count) => count + 1));
    const stop = vi.spyOn(window.service, 'onEvent');
    window.port.close();
    await once(window.port, 'close');
    await vi.waitFor(() => expect(subscribers()).toEqual(before));
    expect(stop).not.toHaveBeenCalled();
    // Nobody listens: a command goes on.
    expect(() => window.service.commands.createAsset(creation() as never)).not.toThrow();
  });

  test('an error of a command crosses as data: code, field and rule, but no content of a row', async () => {
    const window = openWindow();
    const secret = 'Afiavi-Kossiwa-0042';
    const answers = [
      await window.ask(command('createAsset', creation({ holderKind: 'agent', room: secret, notes: 7 }))),
      await window.ask(command('createAsset', creation({ acquisitionDate: '2024-02-31', room: secret }))),
      await window.ask(command('createAsset', creation({ serialNumber: 'To be filled by O.E.M.', room: secret }))),
      await window.ask(command('updateAsset', { id: randomUUID(), changes: { room: secret } })),
      await window.ask(command(secret, {})),
    ];
    for (const { ok, error } of answers) {
      expect(ok).toBe(false);
      expect(JSON.stringify(error)).not.toContain(secret);
      expect(error?.message).toBeTypeOf('string');
    }
    expect(answers[1]?.error?.details).toMatchObject({ field: 'acquisitionDate' });
  });

  test('a mistake of the program crosses as INTERNAL with nothing of its message', async () => {
    const window = openWindow();
    window.service.register.table('assets').onWrite(() => {
      throw new Error('UNIQUE constraint failed: Afiavi Dossou, B12');
    });
    const { error } = await window.ask(command('createAsset', creation()));
    expect(error).toEqual({ code: 'INTERNAL', message: 'Unexpected Error', action: 'contact' });
  });

  test('a register that closed under a window is said to be closed', async () => {
    const window = openWindow();
    window.service.register.connection.close();
    const { error } = await window.ask(
      request({ kind: 'question', name: 'findAssets', input: { filter: {}, offset: 0, limit: 1 } }),
    );
    expect(error).toMatchObject({ code: 'STORE_CLOSED' });
  });
});

function storage(collectionName: string, version = 0) {
  return { databaseName: 'registre', collectionName, schema: { version } };
}

function importDefaults() {
  const { structureId, siteId, physicalState, holderKind, acquisitionMode } = assetDraft();
  return { structureId, siteId, physicalState, holderKind, acquisitionMode, status: 'in-stock' };
}
