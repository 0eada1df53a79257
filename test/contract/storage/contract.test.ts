import { getChangedDocumentsSince } from 'rxdb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  IMPLEMENTATIONS,
  insert,
  nextRevision,
  type OpenStorage,
  plain,
  prepare,
  type TestDocument,
  type TestInstance,
  testDocument,
} from '../../support/storage.ts';
import { type Bulk, listen, PERSONS, person } from '../../support/storage-contract.ts';

describe.each(IMPLEMENTATIONS)('$name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(PERSONS);
  });
  afterEach(() => storage.close());

  async function ids(query: Parameters<typeof prepare>[1]): Promise<unknown[]> {
    const prepared = prepare(PERSONS, query);
    const { documents } = await instance.query(prepared);
    const { count } = await instance.count(prepared);
    if (query.limit === undefined && !query.skip) expect(count).toBe(documents.length);
    return documents.map((document) => document.id);
  }

  describe('bulkWrite', () => {
    it('D1: a new document is written and read back as it was', async () => {
      const document = person('a', { name: 'Adjovi' });
      expect(await instance.bulkWrite([{ document }], 'test')).toEqual({ error: [] });
      expect(plain(await instance.findDocumentsById(['a'], false))).toEqual([plain(document)]);
    });

    it('D1: inserting over an existing document answers the stored one', async () => {
      const document = person('a', { name: 'first' });
      await insert(instance, [document]);
      const { error } = await instance.bulkWrite([{ document: person('a', { name: 'second' }) }], 'test');
      expect(error).toHaveLength(1);
      expect(error[0]).toMatchObject({ status: 409, documentId: 'a', isError: true });
      expect(plain(error[0] && 'documentInDb' in error[0] ? error[0].documentInDb : undefined)).toEqual(
        plain(document),
      );
      expect((await instance.findDocumentsById(['a'], false))[0]?.name).toBe('first');
    });

    it('D1: a write that knew the stored revision is accepted, one that knew an older is not', async () => {
      const first = person('a');
      const second = nextRevision(first, { name: 'second' });
      await insert(instance, [first]);
      expect((await instance.bulkWrite([{ previous: first, document: second }], 'test')).error).toEqual([]);
      const late = nextRevision(first, { name: 'late' });
      expect((await instance.bulkWrite([{ previous: first, document: late }], 'test')).error).toHaveLength(1);
      expect((await instance.findDocumentsById(['a'], false))[0]?.name).toBe('second');
    });

    it('D1: one conflict does not stop the other rows', async () => {
      await insert(instance, [person('b')]);
      const rows = ['a', 'b', 'c'].map((id) => ({ document: person(id, { name: `new ${id}` }) }));
      const { error } = await instance.bulkWrite(rows, 'test');
      expect(error.map(({ documentId }) => documentId)).toEqual(['b']);
      expect((await instance.findDocumentsById(['a', 'b', 'c'], false)).map(({ name }) => name)).toEqual([
        'new a',
        'x',
        'new c',
      ]);
    });

    it('D1: a thousand rows in one call are all there', async () => {
      await insert(
        instance,
        Array.from({ length: 1000 }, (_, index) => person(`p${index}`, { age: index % 100 })),
      );
      expect(await instance.count(prepare(PERSONS, { selector: { age: 7 } }))).toMatchObject({ count: 10 });
    });
  });

  describe('tombstones', () => {
    it('D1: a deleted document is found only when asked for', async () => {
      const document = person('a');
      await insert(instance, [document]);
      const { error } = await instance.bulkWrite(
        [{ previous: document, document: nextRevision(document, {}, true) }],
        'test',
      );
      expect(error).toEqual([]);
      expect(await instance.findDocumentsById(['a'], false)).toEqual([]);
      expect(await instance.findDocumentsById(['a'], true)).toHaveLength(1);
      expect(await ids({ selector: { _deleted: false } })).toEqual([]);
      expect(await ids({ selector: { _deleted: true } })).toEqual(['a']);
    });

    it('D1: a document may arrive deleted, and may come back', async () => {
      const gone = testDocument({ id: 'a', name: 'x', age: 1, active: true, place: { town: 'P' } }, { deleted: true });
      await insert(instance, [gone]);
      expect(await instance.findDocumentsById(['a'], false)).toEqual([]);
      const back = nextRevision(gone, { name: 'back' });
      expect((await instance.bulkWrite([{ previous: gone, document: back }], 'test')).error).toEqual([]);
      expect((await instance.findDocumentsById(['a'], false))[0]?.name).toBe('back');
    });

    it('D1: cleanup removes old tombstones and nothing else', async () => {
      const old = testDocument(
        { id: 'old', name: 'x', age: 1, active: true, place: { town: 'P' } },
        { deleted: true, lwt: 1000 },
      );
      const young = testDocument(
        { id: 'young', name: 'x', age: 1, active: true, place: { town: 'P' } },
        { deleted: true },
      );
      await insert(instance, [old, young, person('alive')]);
      expect(await instance.cleanup(1000 * 60 * 60)).toBe(true);
      expect((await instance.findDocumentsById(['old', 'young', 'alive'], true)).map(({ id }) => id)).toEqual([
        'young',
        'alive',
      ]);
    });
  });

  describe('findDocumentsById', () => {
    it('D1: answers in the order of the ids and leaves out what is not there', async () => {
      await insert(instance, [person('a'), person('b'), person('c')]);
      expect((await instance.findDocumentsById(['c', 'nope', 'a'], false)).map(({ id }) => id)).toEqual(['c', 'a']);
      expect(await instance.findDocumentsById([], false)).toEqual([]);
    });

    it('D1: answers a document as often as it is asked for', async () => {
      await insert(instance, [person('a'), person('b')]);
      const found = await instance.findDocumentsById(['b', 'a', 'b', 'b'], false);
      expect(found.map(({ id }) => id)).toEqual(['b', 'a', 'b', 'b']);
    });

    it('D1: thousands of ids at once come in their order, deleted ones only when asked for', async () => {
      const id = (number: number) => `p${(number * 7919) % 5000}`;
      const documents = Array.from({ length: 5000 }, (_, number) => ({
        ...person(id(number)),
        _deleted: number % 10 === 0,
      }));
      await insert(instance, documents);
      const asked = Array.from({ length: 6000 }, (_, number) => `p${5999 - number}`);
      const all = await instance.findDocumentsById(asked, true);
      expect(all.map((document) => document.id)).toEqual(asked.slice(1000));
      const living = await instance.findDocumentsById(asked, false);
      expect(living).toEqual(all.filter(({ _deleted }) => !_deleted));
    });
  });

  describe('changeStream', () => {
    it('D1: tells inserts, updates and deletions with what was there before, in order', async () => {
      const bulks = listen(instance);
      const first = person('a');
      const second = nextRevision(first, { name: 'second' });
      const third = nextRevision(second, {}, true);
      await instance.bulkWrite([{ document: first }], 'one');
      await instance.bulkWrite([{ previous: first, document: second }], 'two');
      await instance.bulkWrite([{ previous: second, document: third }], 'three');
      await settle();
      expect(bulks.map(({ context }) => context)).toEqual(['one', 'two', 'three']);
      expect(bulks.flatMap(({ events }) => events.map(({ operation }) => operation))).toEqual([
        'INSERT',
        'UPDATE',
        'DELETE',
      ]);
      expect(plain(bulks[1]?.events[0])).toMatchObject({
        documentId: 'a',
        documentData: { name: 'second' },
        previousDocumentData: { name: 'x' },
      });
    });

    it('D1: a refused row makes no event', async () => {
      await insert(instance, [person('a')]);
      const bulks = listen(instance);
      await instance.bulkWrite([{ document: person('a') }, { document: person('b') }], 'test');
      await settle();
      expect(bulks.flatMap(({ events }) => events.map(({ documentId }) => documentId))).toEqual(['b']);
    });

    it('D1: two instances of one collection hear the same events in the same order', async () => {
      const other = await storage.createInstance(PERSONS);
      const [here, there] = [listen(instance), listen(other)];
      for (let round = 0; round < 20; round += 1) {
        await Promise.all([insert(instance, [person(`a${round}`)]), insert(other, [person(`b${round}`)])]);
      }
      const order = (bulks: Bulk[]) => bulks.flatMap(({ events }) => events.map(({ documentId }) => documentId));
      await vi.waitFor(() => expect([order(here).length, order(there).length]).toEqual([40, 40]));
      expect(order(there)).toEqual(order(here));
    });
  });

  describe('getChangedDocumentsSince', () => {
    async function readAll(limit: number, between: () => Promise<void> = async () => {}): Promise<TestDocument[]> {
      const seen: TestDocument[] = [];
      let checkpoint: unknown;
      // Memory storage has no method of its own: RxDB asks it by a query.
      for (;;) {
        const page = await getChangedDocumentsSince(instance, limit, checkpoint);
        if (page.documents.length === 0) return seen;
        seen.push(...page.documents);
        checkpoint = page.checkpoint;
        await between();
      }
    }

    it('D3: iterates over documents written in the same instant without losing or repeating one', async () => {
      const documents = Array.from({ length: 50 }, (_, index) =>
        testDocument({ id: `p${index}`, name: 'x', age: 1, active: true, place: { town: 'P' } }, { lwt: 5000 }),
      );
      await insert(instance, documents);
      const seen = await readAll(7);
      expect(seen.map(({ id }) => id).sort()).toEqual(documents.map(({ id }) => id).sort());
    });

    it('D3: answers documents in the order they were last written, deleted ones too', async () => {
      const [a, b, c] = [person('a'), person('b'), person('c')];
      await insert(instance, [a, b, c]);
      await instance.bulkWrite([{ previous: a, document: nextRevision(a, { name: 'again' }) }], 'test');
      await instance.bulkWrite([{ previous: b, document: nextRevision(b, {}, true) }], 'test');
      expect((await readAll(1)).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    });

    it('D3: what is written while someone iterates is not missed', async () => {
      await insert(
        instance,
        Array.from({ length: 30 }, (_, index) => person(`p${index}`)),
      );
      let written = 0;
      const seen = await readAll(10, async () => {
        written += 1;
        if (written <= 5) await insert(instance, [person(`late${written}`)]);
      });
      expect(new Set(seen.map(({ id }) => id)).size).toBe(35);
    });

    it('D3: an up-to-date checkpoint answers nothing and stays', async () => {
      await insert(instance, [person('a')]);
      const first = await getChangedDocumentsSince(instance, 10);
      const second = await getChangedDocumentsSince(instance, 10, first.checkpoint);
      expect(second.documents).toEqual([]);
      expect(second.checkpoint).toEqual(first.checkpoint);
    });
  });

  describe('query', () => {
    beforeEach(() =>
      insert(instance, [
        person('1', { name: 'Bio', age: 30, place: { town: 'Parakou', floor: 2 }, tags: ['a', 'b'] }),
        person('2', { name: 'Afi', age: 20, active: false, place: { town: 'Cotonou', floor: -1 } }),
        person('3', { name: 'Çossi', age: 30, place: { town: 'Cotonou', floor: 1.5 }, tags: [], note: 'n' }),
        person('4', { name: 'Dona', age: 40, active: false, place: { town: 'Natitingou' }, note: null }),
      ]),
    );

    it.each([
      ['sort by an index', { sort: [{ name: 'asc' }] }, ['2', '1', '4', '3']],
      ['sort against an index', { sort: [{ name: 'desc' }] }, ['3', '4', '1', '2']],
      ['skip and limit', { sort: [{ name: 'asc' }], skip: 1, limit: 2 }, ['1', '4']],
      ['a limit of nothing', { sort: [{ name: 'asc' }], limit: 0 }, []],
      [
        'a composite index with a nested path',
        { selector: { 'place.town': 'Cotonou' }, sort: [{ age: 'desc' }] },
        ['3', '2'],
      ],
      ['two directions', { sort: [{ age: 'desc' }, { name: 'asc' }] }, ['4', '1', '3', '2']],
      ['ties go by the key', { sort: [{ age: 'asc' }] }, ['2', '1', '3', '4']],
      ['a range', { selector: { age: { $gt: 20, $lte: 30 } }, sort: [{ id: 'asc' }] }, ['1', '3']],
      ['a list', { selector: { name: { $in: ['Afi', 'Dona', 'Nobody'] } }, sort: [{ id: 'asc' }] }, ['2', '4']],
      ['not in a list', { selector: { name: { $nin: ['Afi', 'Dona'] } }, sort: [{ id: 'asc' }] }, ['1', '3']],
      [
        'a field that differs or is not there',
        { selector: { note: { $ne: 'n' } }, sort: [{ id: 'asc' }] },
        ['1', '2', '4'],
      ],
      [
        'a field that is there, even null',
        { selector: { note: { $exists: true } }, sort: [{ id: 'asc' }] },
        ['3', '4'],
      ],
      ['null matches null and missing', { selector: { note: null }, sort: [{ id: 'asc' }] }, ['1', '2', '4']],
      ['a boolean', { selector: { active: false }, sort: [{ name: 'asc' }] }, ['2', '4']],
      ['an element of a list', { selector: { tags: 'b' }, sort: [{ id: 'asc' }] }, ['1']],
      ['the size of a list', { selector: { tags: { $size: 0 } }, sort: [{ id: 'asc' }] }, ['3']],
      ['a pattern', { selector: { name: { $regex: 'i$' } }, sort: [{ id: 'asc' }] }, ['2', '3']],
      ['either', { selector: { $or: [{ age: 40 }, { name: 'Bio' }] }, sort: [{ id: 'asc' }] }, ['1', '4']],
      ['neither', { selector: { $nor: [{ age: 40 }, { name: 'Bio' }] }, sort: [{ id: 'asc' }] }, ['2', '3']],
      ['not', { selector: { 'place.floor': { $not: { $gt: 0 } } }, sort: [{ id: 'asc' }] }, ['2', '4']],
      ['a sort by a field some lack', { sort: [{ 'place.floor': 'asc' }] }, ['4', '2', '3', '1']],
    ] as [string, Parameters<typeof prepare>[1], string[]][])('D2: %s', async (_, query, expected) => {
      expect(await ids(query)).toEqual(expected);
    });
  });

  describe('unusual keys and values', () => {
    it.each([
      ['an empty text', ''],
      ['60 kB', 'é'.repeat(30_000)],
      ['emoji and astral characters', '👩🏽‍💻 𝒳 🇧🇯'],
      ['a lone surrogate', 'a\ud83d'],
      ['control characters', 'a\u0000b\u0001\n\t"\\'],
      ['characters after the surrogates', '\uffff\ufeff\ue000'],
      ['what looks like SQL', `'); DROP TABLE meta; --`],
      ['a number', 1e21],
      ['a small number', 5e-324],
      ['a date', '2026-11-23T10:26:00.000Z'],
      ['true', true],
      ['null', null],
      ['a list with null', [null, [], {}]],
      ['names with dots and quotes', { 'a.b': 1, 'a"b': 2, $c: 3, '': 4 }],
      ['__proto__', JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')],
    ])('D2: %s comes back as it was', async (_, value) => {
      const document = person('unusual', { free: value });
      await insert(instance, [document]);
      const [found] = await instance.findDocumentsById(['unusual'], false);
      expect(JSON.stringify(found?.free)).toBe(JSON.stringify(value));
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    });

    it.each(['é😀', 'a.b/c', `it's "quoted"`, ' leading', '__proto__', 'constructor'])('D1: the key %j', async (id) => {
      await insert(instance, [person(id), person('other')]);
      expect((await instance.findDocumentsById([id], false)).map((document) => document.id)).toEqual([id]);
      expect(await ids({ selector: { id } })).toEqual([id]);
    });
  });
});

/** Lets what is on its way between two ports of this process arrive. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
