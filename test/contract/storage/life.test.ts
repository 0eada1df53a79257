import { getChangedDocumentsSince, type RxStorageInstance } from 'rxdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Fields,
  IMPLEMENTATIONS,
  insert,
  nextRevision,
  type OpenStorage,
  openMemory,
  prepare,
  type TestInstance,
  testSchema,
} from '../../support/storage.ts';
import { eventually, listen, PERSONS, person } from '../../support/storage-contract.ts';

/** Every method that may be called; RxDB does without the one that stands apart. */
const METHODS = [
  'bulkWrite',
  'findDocumentsById',
  'query',
  'count',
  'getAttachmentData',
  'changeStream',
  'cleanup',
  'close',
  'remove',
] as const satisfies readonly (keyof RxStorageInstance<Fields, unknown, unknown>)[];

/** The next schema of the same collection: another index, a field more. */
const NEXT_PERSONS = testSchema({
  version: 1,
  properties: {
    name: { type: 'string', maxLength: 100 },
    born: { type: 'string', maxLength: 10 },
  },
  indexes: [['born', 'name']],
});

describe.each(IMPLEMENTATIONS)('life, $name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(PERSONS);
  });
  afterEach(() => storage.close());

  it('D1: has every method and property of the interface', () => {
    expect(METHODS.map((name) => typeof instance[name])).toEqual(METHODS.map(() => 'function'));
    expect(instance).toMatchObject({ collectionName: 'things', schema: PERSONS, options: {} });
    expect(instance.databaseName).toMatch(/^test-/);
    expect(instance.internals).toBeTypeOf('object');
  });

  it('D4: there is no attachment to be had', async () => {
    await insert(instance, [person('a')]);
    await expect((async () => instance.getAttachmentData('a', 'photo', 'digest'))()).rejects.toThrow();
  });

  it('D1: an instance without documents answers every question', async () => {
    expect(await instance.query(prepare(PERSONS, {}))).toEqual({ documents: [] });
    expect(await instance.count(prepare(PERSONS, {}))).toMatchObject({ count: 0 });
    expect(await instance.findDocumentsById(['a'], true)).toEqual([]);
    expect((await getChangedDocumentsSince(instance, 10)).documents).toEqual([]);
    expect(await instance.cleanup(0)).toBe(true);
  });

  it('D1: collections whose names differ in their case only keep apart', async () => {
    const other = await storage.createInstance(PERSONS, 'Things');
    const bulks = listen(other);
    await insert(instance, [person('a')]);
    await insert(other, [person('b')]);
    expect(await other.findDocumentsById(['a'], true)).toEqual([]);
    expect(await instance.findDocumentsById(['b'], true)).toEqual([]);
    await eventually(() => bulks.flatMap(({ events }) => events.map(({ documentId }) => documentId))).toEqual(['b']);
  });

  it.each([["thing's"], ['thing_s'], ['thing-s'], ['things_v1'], ['order']])(
    'D1: a collection called %s is one of its own',
    async (name) => {
      const other = await storage.createInstance(PERSONS, name);
      await insert(other, [person('a')]);
      expect(await instance.findDocumentsById(['a'], true)).toEqual([]);
      expect(await other.findDocumentsById(['a'], true)).toHaveLength(1);
      await other.remove();
    },
  );

  it('D1: two schema versions of one collection stand side by side, each with its documents, indexes and events', async () => {
    const next = await storage.createInstance(NEXT_PERSONS);
    const [heard, heardNext] = [listen(instance), listen(next)];
    await insert(instance, [person('a', { name: 'old' })]);
    await insert(next, [person('a', { name: 'new', born: '2001-01-01' }), person('b', { born: '2000-01-01' })]);
    expect((await instance.findDocumentsById(['a', 'b'], true)).map(({ name }) => name)).toEqual(['old']);
    const byBirth = prepare(NEXT_PERSONS, { selector: { born: { $gt: '1999' } }, sort: [{ born: 'asc' }] });
    expect((await next.query(byBirth)).documents.map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await getChangedDocumentsSince(next, 10)).documents).toHaveLength(2);
    await eventually(() => [heard, heardNext].map((bulks) => bulks.flatMap(({ events }) => events).length)).toEqual([
      1, 2,
    ]);
    await next.remove();
    expect((await instance.findDocumentsById(['a'], true)).map(({ name }) => name)).toEqual(['old']);
  });

  it('D1: closing one of two instances leaves the other, its documents and its events', async () => {
    const other = await storage.createInstance(PERSONS);
    const bulks = listen(other);
    await insert(instance, [person('a')]);
    await instance.close();
    await insert(other, [person('b')]);
    expect((await other.findDocumentsById(['a', 'b'], false)).map(({ id }) => id)).toEqual(['a', 'b']);
    await eventually(() => bulks.flatMap(({ events }) => events.map(({ documentId }) => documentId))).toEqual([
      'a',
      'b',
    ]);
  });

  it('D1: what was written is there when the collection is opened again', async () => {
    await insert(instance, [person('a', { name: 'kept' })]);
    await instance.close();
    const again = await storage.createInstance(PERSONS);
    expect((await again.query(prepare(PERSONS, { selector: { name: 'kept' } }))).documents).toHaveLength(1);
  });

  it('D1: closing twice, also at once, is closing once', async () => {
    await Promise.all([instance.close(), instance.close()]);
    await instance.close();
  });

  it('D1: removing takes the documents, tombstones too, and leaves other collections', async () => {
    const other = await storage.createInstance(PERSONS, 'others');
    await insert(other, [person('a')]);
    const first = person('a');
    await insert(instance, [first, person('b')]);
    await instance.bulkWrite([{ previous: first, document: nextRevision(first, {}, true) }], 'test');
    await instance.remove();
    const again = await storage.createInstance(PERSONS);
    expect(await again.findDocumentsById(['a', 'b'], true)).toEqual([]);
    expect((await getChangedDocumentsSince(again, 10)).documents).toEqual([]);
    await insert(again, [person('a')]);
    expect(await again.count(prepare(PERSONS, {}))).toMatchObject({ count: 1 });
    expect(await other.findDocumentsById(['a'], false)).toHaveLength(1);
  });

  it('D1: a removed instance takes no more writes', async () => {
    await instance.remove();
    await expect((async () => instance.bulkWrite([{ document: person('a') }], 'test'))()).rejects.toThrow();
    await expect((async () => instance.remove())()).rejects.toThrow();
  });
});

// RxDB's memory storage goes on answering: it has no file that could be closed.
describe.each(IMPLEMENTATIONS.filter(({ open }) => open !== openMemory))('life of a file, $name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(PERSONS);
  });
  afterEach(() => storage.close());

  it('D1: a closed instance refuses every call, and the others go on', async () => {
    const other = await storage.createInstance(PERSONS);
    await instance.close();
    const calls = [
      () => instance.bulkWrite([{ document: person('a') }], 'test'),
      () => instance.findDocumentsById(['a'], true),
      () => instance.query(prepare(PERSONS, {})),
      () => instance.count(prepare(PERSONS, {})),
      () => getChangedDocumentsSince(instance, 10),
      () => instance.cleanup(0),
      () => instance.remove(),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: expect.stringMatching(/^(STORE|PORT)_CLOSED$/) });
    }
    await insert(other, [person('a')]);
  });

  it('D1: when one instance removes the collection, another of it answers with an error', async () => {
    const other = await storage.createInstance(PERSONS);
    await insert(other, [person('a')]);
    await instance.remove();
    await expect(other.findDocumentsById(['a'], true)).rejects.toThrow();
    await expect(other.bulkWrite([{ document: person('b') }], 'test')).rejects.toThrow();
  });

  it('D1: thousands of tombstones are cleaned up a part at a time, and nothing else', async () => {
    const tombstones = Array.from({ length: 6000 }, (_, index) => ({
      ...person(`gone${index}`),
      _deleted: true,
      _meta: { lwt: 1000 + index },
    }));
    await insert(instance, [...tombstones, person('alive')]);
    let rounds = 0;
    for (let isDone = false; !isDone; rounds += 1) isDone = await instance.cleanup(1000);
    expect(rounds).toBeGreaterThan(1);
    expect((await instance.findDocumentsById(['gone0', 'gone5999', 'alive'], true)).map(({ id }) => id)).toEqual([
      'alive',
    ]);
  });
});
