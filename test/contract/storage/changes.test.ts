import { setImmediate } from 'node:timers/promises';
import { getChangedDocumentsSince } from 'rxdb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getRxStorageSqlcipher } from '../../../electron/data/storage/rx-storage.ts';
import { randomOf } from '../../support/random.ts';
import {
  IMPLEMENTATIONS,
  insert,
  nextRevision,
  type OpenStorage,
  openTestRegister,
  openWindows,
  overStorage,
  plain,
  prepare,
  type TestDocument,
  type TestInstance,
  testDocument,
} from '../../support/storage.ts';
import { type Bulk, eventually, listen, PERSONS, person, writeSomething } from '../../support/storage-contract.ts';

const SEED = Number(process.env.CHANGES_SEED ?? Date.now() % 2 ** 31);

async function everything(instance: TestInstance): Promise<TestDocument[]> {
  const { documents } = await instance.query(prepare(PERSONS, { sort: [{ id: 'asc' }] }));
  return plain(documents);
}

describe.each(IMPLEMENTATIONS)('changes, $name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(PERSONS);
  });
  afterEach(() => storage.close());

  it.each([1, 7, 1000])(
    `D3: who reads pages of %i while others write ends with the state of the store (seed ${SEED})`,
    async (limit) => {
      const random = randomOf(SEED + limit);
      const known = new Map<string, TestDocument>();
      let checkpoint: unknown;
      let isWriting = true;
      const writing = (async () => {
        for (let count = 0; count < 300; count += 1) await writeSomething(instance, random, count);
        isWriting = false;
      })();
      for (;;) {
        const wasWriting = isWriting;
        const page = await getChangedDocumentsSince(instance, limit, checkpoint);
        expect(new Set(page.documents.map(({ id }) => id)).size).toBe(page.documents.length);
        for (const document of page.documents) known.set(String(document.id), plain(document));
        checkpoint = page.checkpoint;
        if (!wasWriting && page.documents.length < limit) break;
        await setImmediate();
      }
      await writing;
      const inOrder = [...known.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
      expect(inOrder).toEqual(await everything(instance));
    },
  );

  it('D3: the checkpoint of an event bulk leads to what was written after it', async () => {
    const bulks = listen(instance);
    await insert(instance, [person('a'), person('b')]);
    await insert(instance, [person('c')]);
    await eventually(() => bulks.length).toBe(2);
    const { documents } = await getChangedDocumentsSince(instance, 10, bulks[0]?.checkpoint);
    expect(documents.map(({ id }) => id)).toEqual(['c']);
  });

  it('D3: documents of one instant come in pages without a gap, also after one of them changed', async () => {
    const documents = Array.from({ length: 30 }, (_, index) =>
      testDocument({ ...plain(person(`p${String(index).padStart(2, '0')}`)) }, { lwt: 5000 }),
    );
    await insert(instance, documents);
    const first = await getChangedDocumentsSince(instance, 20);
    const changed = documents[3];
    if (!changed) throw new Error('no document');
    await instance.bulkWrite([{ previous: changed, document: nextRevision(changed, { name: 'later' }) }], 'test');
    const second = await getChangedDocumentsSince(instance, 20, first.checkpoint);
    expect(second.documents.map(({ id }) => id)).toEqual([...documents.slice(20).map(({ id }) => id), 'p03']);
  });

  it('D1: the events alone lead to the state of the store', async () => {
    const random = randomOf(SEED);
    const bulks = listen(instance);
    for (let count = 0; count < 200; count += 1) await writeSomething(instance, random, count);
    const state = await everything(instance);
    await eventually(() => replay(bulks)).toEqual(state.filter(({ _deleted }) => !_deleted));
  });
});

/** What someone knows who only heard the events, in the order of the ids. */
function replay(bulks: readonly Bulk[]): TestDocument[] {
  const known = new Map<string, TestDocument>();
  for (const { operation, documentId, documentData } of bulks.flatMap(({ events }) => events)) {
    if (operation === 'DELETE') known.delete(documentId);
    else known.set(documentId, plain(documentData as TestDocument)); // whole documents, as every storage sends them
  }
  return [...known.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}

describe('two windows', () => {
  it(`D1: hear the same bulks in the same order, whoever of three writes (seed ${SEED})`, async () => {
    const register = openTestRegister();
    const windows = openWindows(register.store, 2);
    const nameTable = (_: string, collection: string) => collection;
    const inProcess = overStorage(getRxStorageSqlcipher({ store: register.store, nameTable }), async () => {});
    const instances = await Promise.all([...windows, inProcess].map((storage) => storage.createInstance(PERSONS)));
    const heard = instances.map(listen);
    const random = randomOf(SEED);
    const writer = async (instance: TestInstance) => {
      for (let count = 0; count < 150; count += 1) await writeSomething(instance, random, count);
    };
    await Promise.all(instances.map(writer));
    const [first] = instances;
    if (!first) throw new Error('no window');
    const state = await everything(first);
    const lengths = () => heard.map((bulks) => bulks.length);
    await eventually(lengths).toEqual(heard.map(() => heard[2]?.length));
    expect(heard[2]?.length).toBeGreaterThan(300);
    expect(plain(heard[0])).toEqual(plain(heard[2]));
    expect(plain(heard[1])).toEqual(plain(heard[2]));
    expect(replay(heard[0] ?? [])).toEqual(state.filter(({ _deleted }) => !_deleted));
    for (const storage of [...windows, inProcess]) await storage.close();
    register.close();
  });
});
