import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Fields,
  IMPLEMENTATIONS,
  insert,
  nextRevision,
  type OpenStorage,
  plain,
  prepare,
  type TestInstance,
  testDocument,
  testSchema,
} from '../../support/storage.ts';
import { eventually, listen } from '../../support/storage-contract.ts';

const LONG = 'é'.repeat(30_000);

const SCHEMA = testSchema({
  properties: {
    text: { type: 'string', maxLength: 200 },
    free: {},
    day: { type: 'string', format: 'date-time', maxLength: 24 },
    flag: { type: 'boolean' },
    number: { type: 'number', minimum: -1_000_000, maximum: 1_000_000, multipleOf: 0.01 },
    big: { type: 'number' },
    deep: { type: 'object', properties: { er: { type: 'object', properties: { text: { type: 'string' } } } } },
  },
  indexes: ['text', 'day', ['flag', 'day'], 'number'],
});

describe.each(IMPLEMENTATIONS)('values, $name', ({ open }) => {
  let storage: OpenStorage;
  let instance: TestInstance;

  beforeEach(async () => {
    storage = open();
    instance = await storage.createInstance(SCHEMA);
  });
  afterEach(() => storage.close());

  const regular = { text: 't', day: '2026-01-01T00:00:00.000Z', flag: true, number: 1 };
  const write = (documents: readonly (Fields & { readonly id: string })[]) =>
    insert(
      instance,
      documents.map((fields) => testDocument({ ...fields })),
    );
  async function ids(selector: unknown, sort: readonly Fields[] = [{ id: 'asc' }]): Promise<unknown[]> {
    // Selectors are JSON; RxDB types them by the documents' type.
    const query = { selector, sort } as Parameters<typeof prepare>[1];
    const [{ documents }, { count }] = [
      await instance.query(prepare(SCHEMA, structuredClone(query))),
      await instance.count(prepare(SCHEMA, structuredClone(query))),
    ];
    expect(count).toBe(documents.length);
    return documents.map(({ id }) => id);
  }

  describe('texts in an index', () => {
    const TEXTS: Readonly<Record<string, string>> = {
      empty: '',
      space: ' ',
      blank: 'a ',
      long: LONG,
      emoji: '👩🏽‍💻',
      astral: '𝒳',
      accent: 'e\u0301',
      composed: 'é',
      nul: 'a\u0000b',
      half: 'a\ud83d',
      last: '\uffff',
      quote: `'"\\`,
      object: '[object Object]',
      json: '{"a":1}',
      proto: '__proto__',
      number: '10',
    };
    beforeEach(() => write(Object.entries(TEXTS).map(([id, text]) => ({ ...regular, id, text }))));

    it.each(Object.keys(TEXTS))('D2: %s is found by its text, and nothing else with it', async (id) => {
      expect(await ids({ text: { $eq: TEXTS[id] } })).toEqual([id]);
      expect(await ids({ text: { $in: [TEXTS[id]] } })).toEqual([id]);
      expect((await ids({ text: { $ne: TEXTS[id] } })).length).toBe(Object.keys(TEXTS).length - 1);
    });

    it('D2: they are ordered by their UTF-16 units, as JavaScript orders texts', async () => {
      const inOrder = Object.entries(TEXTS)
        .sort(([, a], [, b]) => (a < b ? -1 : 1))
        .map(([id]) => id);
      expect(await ids({}, [{ text: 'desc' }])).toEqual([...inOrder].reverse());
    });
  });

  describe('null, missing and what is taken for them', () => {
    beforeEach(() =>
      write([
        { ...regular, id: 'null', free: null },
        { ...regular, id: 'missing' },
        { ...regular, id: 'false', free: false },
        { ...regular, id: 'zero', free: 0 },
        { ...regular, id: 'empty', free: '' },
        { ...regular, id: 'list', free: [] },
        { ...regular, id: 'list-of-null', free: [null] },
        { ...regular, id: 'object', free: {} },
      ]),
    );

    it.each([
      ['null', { free: null }, ['list-of-null', 'missing', 'null']],
      ['is there', { free: { $exists: true } }, ['empty', 'false', 'list', 'list-of-null', 'null', 'object', 'zero']],
      ['is not there', { free: { $exists: false } }, ['missing']],
      ['of the type null', { free: { $type: 'null' } }, ['null']],
      ['false', { free: false }, ['false']],
      ['zero', { free: 0 }, ['zero']],
      ['the empty text', { free: '' }, ['empty']],
      ['the empty list', { free: { $size: 0 } }, ['list']],
      ['the empty object', { free: {} }, ['object']],
      ['not null', { free: { $ne: null } }, ['empty', 'false', 'list', 'object', 'zero']],
      ['a path below', { 'free.x': { $exists: true } }, []],
      ['a path that no schema has', { 'deep.er.still': { $exists: false }, free: false }, ['false']],
    ])('D2: %s', async (_, selector, expected) => {
      expect((await ids(selector)).sort()).toEqual(expected);
    });
  });

  describe('dates, booleans and numbers', () => {
    beforeEach(() =>
      write([
        { ...regular, id: 'old', day: '1999-12-31T23:59:59.999Z', flag: false, number: -1_000_000 },
        { ...regular, id: 'year-9999', day: '9999-01-01T00:00:00.000Z', flag: true, number: 1_000_000 },
        { ...regular, id: 'new', day: '2026-11-23T10:26:00.000Z', flag: true, number: 0.01 },
        { ...regular, id: 'newer', day: '2026-11-23T10:26:00.001Z', flag: false, number: -0.01 },
        { ...regular, id: 'whole', day: '2026-11-24', flag: true, number: 0 },
      ]),
    );

    it.each([
      [
        'between two instants',
        { day: { $gte: '2026-11-23T10:26:00.000Z', $lt: '2026-11-23T10:26:00.001Z' } },
        [{ day: 'asc' }],
        ['new'],
      ],
      ['after a day', { day: { $gt: '2026-11-23' } }, [{ day: 'asc' }], ['new', 'newer', 'whole', 'year-9999']],
      ['a boolean and a date, from the last', { flag: true }, [{ day: 'desc' }], ['year-9999', 'whole', 'new']],
      ['not true', { flag: { $ne: true } }, [{ day: 'asc' }], ['old', 'newer']],
      ['above and below zero', { number: { $gt: -1, $lt: 1 } }, [{ number: 'asc' }], ['newer', 'whole', 'new']],
      ['minus zero', { number: -0 }, [{ id: 'asc' }], ['whole']],
      [
        'beyond the limits',
        { number: { $gte: -2_000_000, $lte: 2_000_000 } },
        [{ number: 'desc' }],
        ['year-9999', 'new', 'whole', 'newer', 'old'],
      ],
      ['a number that is a text', { number: '0' }, [{ id: 'asc' }], []],
      ['a boolean that is a number', { flag: 1 }, [{ id: 'asc' }], []],
    ])('D2: %s', async (_, selector, sort, expected) => {
      expect(await ids(selector, sort)).toEqual(expected);
    });
  });

  it('D2: numbers beyond what SQL and JavaScript write alike are compared as JavaScript does', async () => {
    // The last two are neighbours: JavaScript has no number between them.
    const BIG = [5e-324, 0.1 + 0.2, 0.3, 1e21, 2 ** 53, 702_919_949_099_484_200, 702_919_949_099_484_300];
    await write(BIG.map((big, index) => ({ ...regular, id: `n${index}`, big })));
    for (const [index, big] of BIG.entries()) expect(await ids({ big })).toEqual([`n${index}`]);
    expect(await ids({ big: { $gt: 0.3 } }, [{ big: 'desc' }])).toEqual(['n3', 'n6', 'n5', 'n4', 'n1']);
  });

  describe('names', () => {
    const NAMES = ['a.b', '$set', '', 'a"b', "a'b", '__proto__', 'constructor', 'toString', '😀', 'length', '0', '_id'];
    const odd = () => JSON.parse(`{${NAMES.map((name, index) => `${JSON.stringify(name)}:${index}`).join(',')}}`);

    it('D2: every name in a document comes back, also through changes and events', async () => {
      const bulks = listen(instance);
      const first = testDocument({ ...regular, id: 'a', free: odd(), 'x.y': 1 });
      await insert(instance, [first]);
      const second = nextRevision(first, { free: { inner: odd() } });
      await instance.bulkWrite([{ previous: first, document: second }], 'test');
      const [stored] = await instance.findDocumentsById(['a'], false);
      expect(plain(stored)).toEqual(plain(second));
      await eventually(() => plain(bulks.map(({ events }) => events[0]?.documentData))).toEqual(plain([first, second]));
    });

    it.each(['a"b', "a'b", '😀', 'length', '$free'])(
      'D2: a field below called %s is asked for by its path',
      async (name) => {
        await write([
          { ...regular, id: 'with', free: { [name]: 'yes' } },
          { ...regular, id: 'without', free: { other: 'yes' } },
        ]);
        expect(await ids({ [`free.${name}`]: 'yes' })).toEqual(['with']);
      },
    );

    it.each(['constructor', 'toString', 'hasOwnProperty'])(
      'D2: no document has the field %s by itself',
      async (name) => {
        await write([{ ...regular, id: 'a' }]);
        expect(await ids({ [`deep.${name}`]: { $exists: true } })).toEqual([]);
      },
    );
  });

  describe('keys', () => {
    const KEYS = ['a', 'A', 'á', 'z', '0', '00', '10', '9', 'a.b', 'a/b|c', "it's", '😀', '__proto__', 'x'.repeat(60)];

    it('D1: keys that look alike are documents of their own, found, ordered, changed and deleted by their key', async () => {
      await write(KEYS.map((id) => ({ ...regular, id })));
      expect(await ids({}, [{ id: 'asc' }])).toEqual([...KEYS].sort((a, b) => (a < b ? -1 : 1)));
      for (const id of KEYS) expect(await ids({ id })).toEqual([id]);
      const [a, capital] = await instance.findDocumentsById(['a', 'A'], false);
      if (!a || !capital) throw new Error('not found');
      await instance.bulkWrite([{ previous: capital, document: nextRevision(capital, {}, true) }], 'test');
      expect((await instance.findDocumentsById(['A', 'a'], false)).map(({ id }) => id)).toEqual(['a']);
      expect(await ids({ id: { $gt: 'a', $lt: 'a/' } })).toEqual(['a.b']);
    });
  });

  it('D2: a document of a megabyte, deep and with every kind of value, comes back as it was', async () => {
    let deep: unknown = { end: [null, true, -0.5, 'x'] };
    for (let level = 0; level < 60; level += 1) deep = { level, inner: deep };
    const free = { deep, rows: Array.from({ length: 1000 }, (_, index) => ({ index, text: 'é'.repeat(400) })) };
    await write([{ ...regular, id: 'large', free, text: LONG }]);
    const [stored] = await instance.findDocumentsById(['large'], false);
    expect(plain(stored?.free)).toEqual(free);
    expect(await ids({ 'free.rows.index': 999 })).toEqual(['large']);
  });
});
