import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageHost } from '../../../electron/data/port/storage-host.ts';
import type { DocumentTable, PlainDocument } from '../../../electron/data/storage/document-table.ts';
import { getRxStorageSqlcipher } from '../../../electron/data/storage/rx-storage.ts';
import { DataChannel } from '../../../renderer/store/data-channel.ts';
import { getRxStorageRemote } from '../../../renderer/store/remote-storage.ts';
import type { PortAnswer, PortEvent } from '../../../shared/protocol/data-port.ts';
import { COLLECTIONS } from '../../../shared/schema/collections.ts';
import { toRxSchema } from '../../../shared/schema/rxdb.ts';
import { openTestRegister, toChannelPort } from '../../support/storage.ts';

type Register = ReturnType<typeof openTestRegister>;
type Site = PlainDocument & { readonly id: string; readonly name: string };

const SITES = COLLECTIONS.find(({ name }) => name === 'sites') ?? COLLECTIONS[0];

function site(number: number, name = `Site ${String(number).padStart(4, '0')}`): Site {
  const id = `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  return { id, ministryId: '01900000-0000-7000-8000-00000000aaaa', kind: 'site', name };
}

/** What the data process does for one window: a host on one end of a real port. */
function serve(register: Register): { readonly port: MessagePort; readonly host: StorageHost; stop(): void } {
  const { port1, port2 } = new MessageChannel();
  const host = new StorageHost({
    store: register.store,
    writable: false,
    post: (message) => port1.postMessage(message),
  });
  port1.on('message', (message) => host.handle(message));
  return {
    port: port2,
    host,
    stop: () => {
      host.close();
      port1.close();
    },
  };
}

describe('a window on its port', () => {
  let register: Register;
  let sites: DocumentTable;
  let served: ReturnType<typeof serve>;
  let channel: DataChannel;
  let database: RxDatabase;
  let collection: RxCollection;

  beforeEach(async () => {
    register = openTestRegister();
    sites = register.store.table('sites', toRxSchema(SITES));
    served = serve(register);
    channel = new DataChannel(toChannelPort(served.port));
    database = await createRxDatabase({
      name: 'window',
      storage: getRxStorageRemote({ channel }),
      multiInstance: false,
      closeDuplicates: true,
    });
    const definitions = COLLECTIONS.map((definition) => [
      definition.name,
      { schema: structuredClone(toRxSchema(definition)) },
    ]);
    const collections = await database.addCollections(Object.fromEntries(definitions));
    if (!collections.sites) throw new Error('no sites');
    collection = collections.sites;
  });

  afterEach(async () => {
    await database.close();
    channel.close();
    served.stop();
    register.close();
  });

  it('P4: a query is answered while writes never stop, and what came during it shows afterwards', async () => {
    sites.put(
      Array.from({ length: 50 }, (_, number) => site(number)),
      'command',
    );
    let number = 50;
    // Every turn of the event loop writes: a query that waits for silence waits for ever.
    const writing = setInterval(() => {
      sites.put([site(number)], 'command');
      number += 1;
    }, 1);
    try {
      const counts: number[] = [];
      const live = collection.count().$.subscribe((count) => counts.push(count));
      for (let turn = 0; turn < 20; turn += 1) {
        const found = await collection.findByIds([site(turn).id, site(turn + 1).id]).exec();
        expect(found.size).toBe(2);
        expect((await collection.find({ selector: { name: `Site 00${10 + turn}` } }).exec()).length).toBe(1);
      }
      clearInterval(writing);
      await vi.waitFor(() => expect(counts.at(-1)).toBe(number));
      live.unsubscribe();
      expect((await collection.find().exec()).length).toBe(number);
    } finally {
      clearInterval(writing);
    }
  });

  it('D2: RxDB reads all collections of the register, live, while the data process writes', async () => {
    const names: string[][] = [];
    const counts: number[] = [];
    const subscriptions = [
      collection
        .find({ selector: { kind: 'site' }, sort: [{ name: 'asc' }], limit: 3 })
        .$.subscribe((found) => names.push(found.map(({ name }) => name))),
      collection.count({ selector: { kind: 'site' } }).$.subscribe((count) => counts.push(count)),
    ];
    await vi.waitFor(() => expect(names.at(-1)).toEqual([]));
    sites.put([site(3), site(1), site(2), site(4)], 'command');
    await vi.waitFor(() => expect(names.at(-1)).toEqual(['Site 0001', 'Site 0002', 'Site 0003']));
    sites.put([site(1, 'Zogbodomey')], 'command');
    await vi.waitFor(() => expect(names.at(-1)).toEqual(['Site 0002', 'Site 0003', 'Site 0004']));
    sites.put([{ ...site(2), _deleted: true }], 'command');
    await vi.waitFor(() => expect(names.at(-1)).toEqual(['Site 0003', 'Site 0004', 'Zogbodomey']));
    await vi.waitFor(() => expect(counts.at(-1)).toBe(3));
    for (const subscription of subscriptions) subscription.unsubscribe();
    const one = await collection.findOne(site(3).id).exec();
    expect(one?.get('name')).toBe('Site 0003');
  });

  it('D1: two windows hear the same changes in the same order', async () => {
    const other = serve(register);
    const otherChannel = new DataChannel(toChannelPort(other.port));
    const otherDatabase = await createRxDatabase({
      name: 'other',
      storage: getRxStorageRemote({ channel: otherChannel }),
      multiInstance: false,
    });
    const { sites: otherCollection } = await otherDatabase.addCollections({
      sites: { schema: structuredClone(toRxSchema(SITES)) },
    });
    const heard: string[][] = [[], []];
    for (const [window, windowCollection] of [collection, otherCollection].entries()) {
      windowCollection?.$.subscribe(({ documentId, operation }) => heard[window]?.push(`${operation} ${documentId}`));
    }
    for (let round = 0; round < 30; round += 1) sites.put([site(round), site(round % 7, 'again')], 'command');
    await vi.waitFor(() => expect(heard.map(({ length }) => length)).toEqual([60, 60]));
    expect(heard[0]).toEqual(heard[1]);
    await otherDatabase.close();
    otherChannel.close();
    other.stop();
  });

  it('P3: a window cannot write a document, and nothing changes', async () => {
    await expect(collection.insert(site(1))).rejects.toThrow('A window does not write documents');
    expect(sites.get(site(1).id)).toBeUndefined();
  });

  it('P2: closing the host releases every subscription it held', () => {
    expect(served.host.openCount).toBe(COLLECTIONS.length);
    served.host.close();
    expect(served.host.openCount).toBe(0);
    const posted = vi.spyOn(served.port, 'postMessage');
    sites.put([site(1)], 'command');
    expect(posted).not.toHaveBeenCalled();
  });

  it('P2: closing the database in the window closes its instances in the data process', async () => {
    await database.close();
    await vi.waitFor(() => expect(served.host.openCount).toBe(0));
  });

  it('S3: after the data process was started again, live queries and counts show what was missed', async () => {
    sites.put(
      Array.from({ length: 50 }, (_, index) => site(index + 1)),
      'command',
    );
    const names: string[][] = [];
    const counts: number[] = [];
    const subscriptions = [
      collection
        .find({ sort: [{ name: 'asc' }], limit: 2 })
        .$.subscribe((found) => names.push(found.map(({ name }) => name))),
      collection.count().$.subscribe((count) => counts.push(count)),
    ];
    await vi.waitFor(() => expect([names.at(-1), counts.at(-1)]).toEqual([['Site 0001', 'Site 0002'], 50]));

    served.stop();
    channel.disconnect();
    sites.put([{ ...site(1), _deleted: true }, site(2, 'Abomey'), site(60, 'Aplahoué')], 'command');
    const waiting = collection.findOne({ selector: { name: 'Abomey' } }).exec();
    served = serve(register);
    channel.replacePort(toChannelPort(served.port));

    await vi.waitFor(() => expect([names.at(-1), counts.at(-1)]).toEqual([['Abomey', 'Aplahoué'], 50]));
    expect((await waiting)?.get('name')).toBe('Abomey');
    sites.put([site(61, 'Aaa')], 'command');
    await vi.waitFor(() => expect([names.at(-1), counts.at(-1)]).toEqual([['Aaa', 'Abomey'], 51]));
    for (const subscription of subscriptions) subscription.unsubscribe();
  });

  it('P2: a command under way when the port dies fails, and none is sent without a port', async () => {
    const pending = channel.command('syncNow', {});
    expect(channel.isCommanding).toBe(true);
    channel.disconnect();
    await expect(pending).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    expect(channel.isCommanding).toBe(false);
    await expect(channel.question('getSyncState', {})).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });
});

describe('RxDB in the same process as the file', () => {
  it('D1: writes, reads, updates, deletes and watches as on any storage', async () => {
    const register = openTestRegister();
    const database = await createRxDatabase({
      name: 'direct',
      storage: getRxStorageSqlcipher({ store: register.store }),
      multiInstance: false,
    });
    const { sites } = await database.addCollections({ sites: { schema: structuredClone(toRxSchema(SITES)) } });
    if (!sites) throw new Error('no sites');
    const names: string[][] = [];
    const subscription = sites
      .find({ sort: [{ name: 'asc' }] })
      .$.subscribe((found: { name: string }[]) => names.push(found.map(({ name }) => name)));
    await sites.bulkInsert([site(2), site(1)]);
    const document = await sites.findOne(site(1).id).exec(true);
    await document.incrementalPatch({ name: 'Zè' });
    await sites.findOne(site(2).id).remove();
    await vi.waitFor(() => expect(names.at(-1)).toEqual(['Zè']));
    await expect(sites.insert(site(1))).rejects.toMatchObject({ code: 'CONFLICT' });
    subscription.unsubscribe();
    await database.close();
    register.close();
  });
});

describe('the storage host', () => {
  let register: Register;
  let host: StorageHost;
  let posted: (PortAnswer | PortEvent)[];

  beforeEach(() => {
    register = openTestRegister();
    posted = [];
    host = new StorageHost({ store: register.store, writable: false, post: (message) => posted.push(message) });
    host.handle({
      id: 1,
      kind: 'storage-open',
      params: { databaseName: 'w', collectionName: 'sites', schema: { version: 0 } },
    });
  });
  afterEach(() => {
    host.close();
    register.close();
  });

  function codeOf(request: unknown): unknown {
    host.handle(request);
    const answer = posted.at(-1);
    return answer && 'ok' in answer && !answer.ok ? answer.error.code : 'accepted';
  }

  const call = (method: unknown, ...args: unknown[]) => ({ id: 2, kind: 'storage-call', handle: 1, method, args });
  const query = { selector: {}, sort: [{ id: 'asc' }], skip: 0 };

  it('P1: opens a collection of the register and answers a well-formed call', () => {
    expect(posted[0]).toEqual({ id: 1, ok: true, value: { handle: 1, checkpoint: { seq: 0 } } });
    expect(codeOf(call('query', query))).toBe('accepted');
  });

  it.each([
    ['nothing', undefined],
    ['an unknown kind', { id: 2, kind: 'storage-steal' }],
    ['a method of objects', call('constructor')],
    ['a method that is not listed', call('getAttachmentData', 'a', 'b')],
    ['an unknown handle', { ...call('count', query), handle: 99 }],
    ['a query without its sort', call('query', { selector: {}, skip: 0 })],
    ['a negative skip', call('query', { ...query, skip: -1 })],
    ['ids that are no texts', call('findDocumentsById', [1], true)],
    ['a missing argument', call('findDocumentsById', ['a'])],
    ['a checkpoint of another shape', call('getChangedDocumentsSince', 10, { seq: 'x' })],
    [
      'a schema of another version',
      { id: 2, kind: 'storage-open', params: { databaseName: 'w', collectionName: 'sites', schema: { version: 7 } } },
    ],
  ])('P1: refuses %s', (_, request) => {
    expect(codeOf(request)).toBe('PORT_BAD_MESSAGE');
  });

  it.each([
    ['write', call('bulkWrite', [{ document: {} }], 'x')],
    ['remove', call('remove')],
    ['clean up', call('cleanup', 0)],
    [
      'open a table that is no collection',
      { id: 2, kind: 'storage-open', params: { databaseName: 'w', collectionName: 'meta', schema: { version: 0 } } },
    ],
    [
      'open by a name of objects',
      {
        id: 2,
        kind: 'storage-open',
        params: { databaseName: 'w', collectionName: '__proto__', schema: { version: 0 } },
      },
    ],
  ])('P3: a window may not %s', (_, request) => {
    expect(codeOf(request)).toBe('PORT_FORBIDDEN');
  });
});
