import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromChunkText, toChunkText } from '#shared/snapshot/chunk.ts';
import { fromColumn, toColumn } from '#shared/snapshot/columns.ts';

/** JSON has no −0. */
const json = fc.jsonValue({ maxDepth: 6 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const travel = (column: unknown): unknown => JSON.parse(JSON.stringify(column));

/** Like documents: few fields, few words that come again, lists of objects, fields that some lack. */
const field = fc.constantFrom('id', 'brand', 'changes', 'attributes', '__proto__', 'constructor', 'p', 'v', 'é');
const value = fc.oneof(
  fc.constantFrom('Dell', 'HP', '', null, 0, true),
  json,
  fc.array(fc.dictionary(field, json, { maxKeys: 3 }), { maxLength: 3 }),
);
const record = fc
  .array(fc.tuple(field, value), { maxLength: 6 })
  .map((entries): unknown => JSON.parse(JSON.stringify(Object.fromEntries(entries))));

describe('columns', () => {
  test('S20: any documents come back from their columns as they were', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (rows) => {
        // A field named `constructor` confuses the matchers.
        expect(isDeepStrictEqual(fromColumn(travel(toColumn(rows)), rows.length), rows)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('S20: any values come back, and a row without one stays without', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(json, fc.constant(undefined)), { maxLength: 30 }), (values) => {
        expect(isDeepStrictEqual(fromColumn(travel(toColumn(values)), values.length), values)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('S20: a field named __proto__ stays a field', () => {
    const rows = [JSON.parse('{"__proto__":{"admin":true}}'), {}];
    const [back] = fromColumn(travel(toColumn(rows)), 2);
    expect(Object.keys(back as object)).toEqual(['__proto__']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('S20: a column whose parts do not fit each other is refused, whatever it is', () => {
    const hostile = [
      null,
      3,
      [],
      {},
      { v: [1] },
      { v: [1, 2, 3] },
      { d: ['a'], i: [0, 1] },
      { d: ['a'], i: [0, -1] },
      { d: ['a'], i: [0, 0.5] },
      { c: [['a']] },
      { c: [[1, { v: [1, 2] }]] },
      { n: [1, 1e9], l: { v: [1] } },
      { n: [1, -1], l: { v: [] } },
      { p: [1, 2], v: [1] },
      { p: [1e9], v: [1] },
      { p: [0, 1], v: [] },
    ];
    for (const column of hostile) expect(() => fromColumn(column, 2), JSON.stringify(column)).toThrow(RangeError);
  });
});

describe('chunks', () => {
  const rows = [
    { seq: 40, document: { id: 'b', _deleted: false, brand: 'Dell' } },
    { seq: 7, document: { id: 'c', _deleted: true } },
  ];

  test('S20: rows come back with their sequences, in their order', () => {
    expect(fromChunkText(toChunkText(rows), 2)).toStrictEqual(rows);
  });

  test('S20: a text that is no chunk of so many rows is refused', () => {
    const text = toChunkText(rows);
    const bad = ['', '[]', '{}', '{"steps":[1,2]}', text.replace('40', '-40'), text.replace('"b"', '5')];
    for (const other of bad) expect(() => fromChunkText(other, 2), other).toThrow();
    expect(() => fromChunkText(text, 3)).toThrow(RangeError);
  });
});
