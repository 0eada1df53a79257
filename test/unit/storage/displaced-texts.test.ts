import fc from 'fast-check';
import type { MangoQuery } from 'rxdb';
import { describe, expect, it } from 'vitest';
import {
  type Fields,
  insert,
  openInProcess,
  openMemory,
  plain,
  prepare,
  testDocument,
  testSchema,
} from '../../support/storage.ts';

const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env.PROPERTY_RUNS ?? 40);

const TEXT = { type: 'string', maxLength: 20 };
const SCHEMA = testSchema({
  properties: {
    s: TEXT,
    t: TEXT,
    free: { type: 'string' },
    n: { type: 'integer', minimum: 0, maximum: 9, multipleOf: 1 },
  },
  indexes: ['s', ['n', 't'], ['t', 's']],
});

/** UTF-8 and UTF-16 put these in different orders: against the last two the others stand before or behind. */
const CHARACTERS = ['a', 'z', '\u{d7ff}', '\u{e000}', '\u{fe0f}', '\u{fffd}', '🏳', '🏳️', '\u{10ffff}'];
const text = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 4 });
const rarely = fc.oneof({ arbitrary: fc.constantFrom('a', 'b', 'z', '🏳'), weight: 3 }, { arbitrary: text, weight: 1 });

const documents = fc.uniqueArray(
  fc.record({
    id: text,
    s: rarely,
    t: rarely,
    n: fc.integer({ min: 0, max: 2 }),
    free: fc.option(rarely, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 40, selector: ({ id }) => id, size: 'max' },
);

const direction = fc.constantFrom('asc', 'desc');
const sort = fc
  .uniqueArray(fc.tuple(fc.constantFrom('s', 't', 'n', 'free'), direction), {
    maxLength: 3,
    selector: ([path]) => path,
  })
  .chain((terms) =>
    direction.map((last) => [...terms, ['id', last] as const].map(([path, order]) => ({ [path]: order }))),
  );
const condition = fc.oneof(
  fc.record({ n: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ s: fc.record({ $eq: rarely }) }),
  fc.record({ t: fc.record({ $ne: rarely }) }),
  fc.record({ s: fc.record({ $gt: rarely }) }),
  fc.record({ free: fc.record({ $lte: rarely }) }),
  fc.record({ id: fc.record({ $gte: text }) }),
  fc.record({ t: fc.record({ $in: fc.array(rarely, { maxLength: 3 }) }) }),
  fc.record({ $or: fc.tuple(fc.record({ s: rarely }), fc.record({ t: fc.record({ $lt: rarely }) })) }),
  fc.constant({}),
);
const query = fc.record(
  { selector: condition, sort, skip: fc.integer({ min: 0, max: 8 }), limit: fc.integer({ min: 1, max: 20 }) },
  { requiredKeys: ['selector', 'sort'] },
);

describe('texts whose place differs between UTF-8 and UTF-16', () => {
  it(`D2: are found, counted and sorted as RxDB's memory storage does it (seed ${SEED})`, {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.array(query, { minLength: 10, maxLength: 10 }), async (found, queries) => {
        const [memory, sqlcipher] = [openMemory(), openInProcess()];
        const instances = [await memory.createInstance(SCHEMA), await sqlcipher.createInstance(SCHEMA)] as const;
        const stored = found.map((fields) => testDocument(plain(fields)));
        for (const instance of instances) await insert(instance, stored);
        for (const generated of queries) {
          const live = { ...generated, selector: { $and: [generated.selector, { _deleted: { $eq: false } }] } };
          // Generated with names of the schema.
          const prepared = prepare(SCHEMA, plain(live) as MangoQuery<Fields>);
          const [expected, actual] = await Promise.all(instances.map((instance) => instance.query(prepared)));
          expect(plain(actual)).toEqual(plain(expected));
          if (generated.skip !== undefined || generated.limit !== undefined) continue;
          const [wanted, counted] = await Promise.all(instances.map((instance) => instance.count(prepared)));
          expect(counted?.count).toBe(wanted?.count);
        }
        await memory.close();
        await sqlcipher.close();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
