import { basePrototype, createRxDocumentConstructor } from 'rxdb';
import { describe, expect, test } from 'vitest';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';

const Constructor = createRxDocumentConstructor();
/** What an RxDB document has of its own, before any field. */
const RESERVED = new Set([
  ...Object.getOwnPropertyNames(Reflect.construct(Constructor, [{}, {}])),
  ...Object.keys(basePrototype),
]);

describe.each(COLLECTIONS.map((definition) => [definition.name, definition] as const))(
  'the collection %s',
  (_name, definition) => {
    test('has no field that RxDB’s documents keep for themselves', () => {
      const fields = Object.keys(toRxSchema(definition).properties);
      expect(fields.filter((field) => RESERVED.has(field))).toEqual([]);
    });

    test('indexes only fields it always has, with a known length', () => {
      const { indexes, properties, required } = toRxSchema(definition);
      for (const field of indexes.flat()) {
        expect(required).toContain(field);
        expect(properties[field]).toHaveProperty('maxLength');
      }
    });
  },
);

test('the register fits RxDB’s open edition: twelve collections at the most', () => {
  expect(COLLECTIONS.length).toBeLessThanOrEqual(12);
});
