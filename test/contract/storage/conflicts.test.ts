import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  IMPLEMENTATIONS,
  insert,
  nextRevision,
  type OpenStorage,
  plain,
  prepare,
  type TestInstance,
  testDocument,
} from '../../support/storage.ts';
import { eventually, listen, PERSONS, person } from '../../support/storage-contract.ts';

describe.each(IMPLEMENTATIONS)('conflicts, $name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(PERSONS);
  });
  afterEach(() => storage.close());

  const stored = async (id = 'a') => (await instance.findDocumentsById([id], true))[0];

  it('D1: a refused row is answered with itself, the stored document and the context', async () => {
    const first = person('a', { name: 'first' });
    await insert(instance, [first]);
    const late = nextRevision({ ...first, _rev: '1-another' }, { name: 'late' });
    const row = { previous: { ...first, _rev: '1-another' }, document: late };
    const { error } = await instance.bulkWrite([row], 'who-wrote');
    expect(plain(error)).toEqual([
      plain({
        isError: true,
        status: 409,
        documentId: 'a',
        writeRow: row,
        documentInDb: first,
        context: 'who-wrote',
      }),
    ]);
  });

  it('D1: only the revision counts: what else the writer believed the document to be does not', async () => {
    const first = person('a', { name: 'first' });
    await insert(instance, [first]);
    const { error } = await instance.bulkWrite(
      [{ previous: { ...first, name: 'another', age: 99 }, document: nextRevision(first, { name: 'second' }) }],
      'test',
    );
    expect(error).toEqual([]);
    expect(await stored()).toMatchObject({ name: 'second', age: 1 });
  });

  it('D1: of many writers that knew the same revision exactly one is accepted', async () => {
    const first = person('a');
    await insert(instance, [first]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const document = { ...nextRevision(first, { name: `writer ${index}` }), _rev: `2-writer${index}` };
        return instance.bulkWrite([{ previous: first, document }], `writer ${index}`);
      }),
    );
    const accepted = answers.flatMap(({ error }, index) => (error.length === 0 ? [`writer ${index}`] : []));
    expect(accepted).toHaveLength(1);
    expect((await stored())?.name).toBe(accepted[0]);
  });

  it('D1: of many inserts of one new document exactly one is accepted', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        instance.bulkWrite([{ document: person('a', { name: `writer ${index}` }) }], 'test'),
      ),
    );
    expect(answers.filter(({ error }) => error.length === 0)).toHaveLength(1);
    expect(await instance.count(prepare(PERSONS, {}))).toMatchObject({ count: 1 });
  });

  it('D1: the second of two writes on the same revision is refused', async () => {
    const first = person('a');
    await insert(instance, [first]);
    const [second, third] = [nextRevision(first, { name: 'second' }), nextRevision(first, { name: 'third' })];
    await instance.bulkWrite([{ previous: first, document: second }], 'test');
    const { error } = await instance.bulkWrite([{ previous: first, document: third }], 'test');
    expect(error.map(({ documentId }) => documentId)).toEqual(['a']);
    expect((await stored())?.name).toBe('second');
  });

  it('D1: a tombstone is a revision like any other: an insert over it is refused, an update of it accepted', async () => {
    const gone = testDocument({ ...plain(person('a')) }, { deleted: true });
    await insert(instance, [gone]);
    const { error } = await instance.bulkWrite([{ document: person('a', { name: 'again' }) }], 'test');
    expect(plain(error[0])).toMatchObject({ status: 409, documentInDb: { _deleted: true } });
    const back = nextRevision(gone, { name: 'back' });
    expect((await instance.bulkWrite([{ previous: gone, document: back }], 'test')).error).toEqual([]);
    expect(await instance.count(prepare(PERSONS, { selector: { _deleted: false } }))).toMatchObject({ count: 1 });
  });

  it('D1: deleting is refused to who did not see the last change', async () => {
    const first = person('a');
    const second = nextRevision(first, { name: 'second' });
    await insert(instance, [first]);
    await instance.bulkWrite([{ previous: first, document: second }], 'test');
    const { error } = await instance.bulkWrite([{ previous: first, document: nextRevision(first, {}, true) }], 'test');
    expect(error).toHaveLength(1);
    expect(await stored()).toMatchObject({ _deleted: false, name: 'second' });
  });

  it('D1: a document that was cleaned up is new again', async () => {
    const gone = testDocument({ ...plain(person('a')) }, { deleted: true, lwt: 1000 });
    await insert(instance, [gone]);
    await instance.cleanup(0);
    expect(await stored()).toBeUndefined();
    expect((await instance.bulkWrite([{ document: person('a', { name: 'new' }) }], 'test')).error).toEqual([]);
    expect((await stored())?.name).toBe('new');
  });

  it('D1: an update of a document that is not there is written as a new one', async () => {
    const first = person('a');
    const second = nextRevision(first, { name: 'second' });
    const bulks = listen(instance);
    expect((await instance.bulkWrite([{ previous: first, document: second }], 'test')).error).toEqual([]);
    expect(await stored()).toMatchObject({ name: 'second', _rev: second._rev });
    await eventually(() => bulks.flatMap(({ events }) => events.map(({ operation }) => operation))).toEqual(['INSERT']);
  });

  it('D1: an empty call writes nothing and tells nothing', async () => {
    const bulks = listen(instance);
    expect(await instance.bulkWrite([], 'test')).toEqual({ error: [] });
    await insert(instance, [person('a')]);
    await eventually(() => bulks.map(({ events }) => events.length)).toEqual([1]);
  });
});
