import fc from 'fast-check';
import type { MangoQuery } from 'rxdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../../electron/data/storage/memory-query.ts';
import type { DocumentSchema } from '../../../electron/data/storage/table-schema.ts';
import {
  type Fields,
  insert,
  openMemory,
  openTestRegister,
  plain,
  prepare,
  type TestSchema,
  testDocument,
  testSchema,
} from '../../support/storage.ts';

/** Case count: runs × queries. `PROPERTY_RUNS` raises it; `PROPERTY_SEED` replays a failure. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 120);
const QUERIES = 40;
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);

const REGULAR_TEXTS = ['a', 'ab', 'abc', 'b', 'B', 'é', 'z z', '10', '9', '😀', 'e\u0301', '~'];
const ODD_TEXTS = [
  '',
  ' ',
  'a ',
  'a\t',
  'a\u0000b',
  '\uffff',
  '\ue000x',
  'a\ud83d',
  '\u0001',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
];

const TYPES = {
  text: { type: 'string', maxLength: 20 },
  whole: { type: 'integer', minimum: -10, maximum: 100, multipleOf: 1 },
  decimal: { type: 'number', minimum: -5, maximum: 50, multipleOf: 0.01 },
  flag: { type: 'boolean' },
} as const;
type Type = keyof typeof TYPES;

/** Paths that may be indexed, with their type. */
const PATHS: Readonly<Record<string, Type>> = {
  s: 'text',
  t: 'text',
  n: 'whole',
  d: 'decimal',
  b: 'flag',
  'o.s': 'text',
  'o.n': 'whole',
  'o.p.d': 'decimal',
};
const FREE_PATHS = ['free', 'list', 'o', 'missing', 'o.list', 'list.0', 'list.x'];

const PROPERTIES = {
  s: TYPES.text,
  t: TYPES.text,
  n: TYPES.whole,
  d: TYPES.decimal,
  b: TYPES.flag,
  o: {
    type: 'object',
    properties: {
      s: TYPES.text,
      n: TYPES.whole,
      p: { type: 'object', properties: { d: TYPES.decimal } },
      list: { type: 'array' },
    },
  },
  list: { type: 'array' },
  free: {},
};

function values(type: Type, isOdd: boolean): fc.Arbitrary<unknown> {
  switch (type) {
    case 'text':
      return fc.constantFrom(...REGULAR_TEXTS, ...(isOdd ? ODD_TEXTS : []));
    case 'whole':
      return isOdd ? fc.constantFrom(-10, 0, 1, 2, 100, 1.5, -11, 1000, -0) : fc.integer({ min: -10, max: 10 });
    case 'decimal':
      return isOdd
        ? fc.constantFrom(-5, 0, 0.1, 0.3, 0.125, 1e-7, 49.99, 51, 0.1 + 0.2)
        : fc.integer({ min: -500, max: 5000 }).map((n) => n / 100);
    case 'flag':
      return fc.boolean();
  }
}

const anything = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    1,
    2.5,
    'a',
    'ab',
    '',
    [],
    ['a'],
    [1, 'a', null],
    [['a']],
    {},
    { x: 1 },
    [{ x: 1 }, { x: 'a' }],
  ),
);

/** `regular`: what the commands write. `odd`: any scalar. `wild`: anything RxDB's memory storage can hold at that place. */
type Manner = 'regular' | 'odd' | 'wild';

function valueAt(path: string, type: Type, manner: Manner, indexed: ReadonlySet<string>): fc.Arbitrary<unknown> {
  const regular = values(type, false);
  if (manner === 'regular') return indexed.has(path) ? regular : fc.option(regular, { nil: undefined, freq: 4 });
  const odd = fc.oneof(regular, regular, values(type, true), fc.constant(undefined));
  if (manner === 'odd') return odd;
  // A truthy value that is no text makes the memory storage throw in an index.
  return fc.oneof(odd, indexed.has(path) ? fc.constant(null) : anything);
}

function documents(indexed: ReadonlySet<string>): fc.Arbitrary<Fields[]> {
  const at = (path: string, manner: Manner) => valueAt(path, PATHS[path] ?? 'text', manner, indexed);
  const fields = (manner: Manner) =>
    fc.record({
      s: at('s', manner),
      t: at('t', manner),
      n: at('n', manner),
      d: at('d', manner),
      b: at('b', manner),
      o: fc.record({
        s: at('o.s', manner),
        n: at('o.n', manner),
        p: fc.record({ d: at('o.p.d', manner) }),
        list: anything,
      }),
      list: anything,
      free: anything,
    });
  const list = (manner: fc.Arbitrary<Manner>) => fc.array(manner.chain(fields), { minLength: 4, maxLength: 25 });
  return fc.oneof(
    { arbitrary: list(fc.constant<Manner>('regular')), weight: 5 },
    { arbitrary: list(fc.constantFrom<Manner>('regular', 'regular', 'regular', 'odd')), weight: 4 },
    { arbitrary: list(fc.constantFrom<Manner>('regular', 'regular', 'odd', 'wild')), weight: 2 },
  );
}

function operand(type: Type): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: values(type, false), weight: 12 },
    { arbitrary: values(type, true), weight: 2 },
    { arbitrary: anything, weight: 1 },
  );
}

function operators(path: string): fc.Arbitrary<Fields> {
  const type = PATHS[path] ?? 'text';
  const one = operand(type);
  const comparison = fc
    .constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte')
    .chain((name) => one.map((value) => ({ [name]: value })));
  const range = fc.tuple(one, one).map(([low, high]) => ({ $gte: low, $lt: high }));
  const list = fc
    .constantFrom('$in', '$nin')
    .chain((name) => fc.array(one, { maxLength: 4 }).map((value) => ({ [name]: value })));
  const rest = fc.constantFrom<Fields>(
    { $exists: true },
    { $exists: false },
    { $regex: '^a' },
    { $regex: 'B', $options: 'i' },
    { $type: 'string' },
    { $type: 'number' },
    { $size: 1 },
    { $mod: [2, 0] },
    { $elemMatch: { $eq: 'a' } },
    { $elemMatch: { x: 1 } },
  );
  const base = fc.oneof(
    { arbitrary: comparison, weight: 6 },
    { arbitrary: range, weight: 2 },
    { arbitrary: list, weight: 3 },
    { arbitrary: rest, weight: 3 },
  );
  return fc.oneof({ arbitrary: base, weight: 9 }, { arbitrary: base.map((inner) => ({ $not: inner })), weight: 1 });
}

const anyPath = fc.oneof(
  { arbitrary: fc.constantFrom(...Object.keys(PATHS), 'id'), weight: 8 },
  { arbitrary: fc.constantFrom(...FREE_PATHS), weight: 1 },
);
const leaf: fc.Arbitrary<Fields> = fc
  .array(
    anyPath.chain((path) => operators(path).map((value) => [path, value] as const)),
    { maxLength: 2 },
  )
  .map((entries) => Object.fromEntries(entries));

const selector: fc.Arbitrary<Fields> = fc.oneof(
  { arbitrary: leaf, weight: 6 },
  {
    arbitrary: fc
      .tuple(leaf, fc.constantFrom('$and', '$or', '$nor'), fc.array(leaf, { minLength: 1, maxLength: 3 }))
      .map(([base, name, parts]) => ({ ...base, [name]: parts })),
    weight: 3,
  },
);

const sort = fc
  .uniqueArray(
    fc.oneof(
      { arbitrary: fc.constantFrom(...Object.keys(PATHS), 'id'), weight: 9 },
      { arbitrary: fc.constantFrom('free', 'list', '_meta.lwt'), weight: 1 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((paths) =>
    fc.tuple(...paths.map((path) => fc.constantFrom('asc', 'desc').map((direction) => ({ [path]: direction })))),
  );

const query = fc.record(
  {
    selector,
    sort: fc.option(sort, { nil: undefined }),
    skip: fc.integer({ min: 0, max: 5 }),
    limit: fc.integer({ min: 0, max: 8 }),
    deleted: fc.option(fc.boolean(), { nil: undefined }),
  },
  { requiredKeys: ['selector', 'sort', 'deleted'] },
);
type GeneratedQuery = typeof query extends fc.Arbitrary<infer Value> ? Value : never;

const indexes = fc.uniqueArray(fc.uniqueArray(fc.constantFrom(...Object.keys(PATHS)), { minLength: 1, maxLength: 3 }), {
  maxLength: 3,
  selector: (paths) => paths.join(),
});

const situation = indexes.chain((paths) =>
  fc.record({
    indexes: fc.constant(paths),
    documents: documents(new Set(paths.flat())),
    deleted: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
    queries: fc.array(query, { minLength: QUERIES, maxLength: QUERIES }),
  }),
);

describe('queries', () => {
  let register: ReturnType<typeof openTestRegister>;
  beforeAll(() => {
    register = openTestRegister();
  });
  afterAll(() => register.close());

  it(`D2: random schemas, documents and queries answer what memory storage answers, in its order (seed ${SEED})`, async () => {
    let cases = 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(situation, async (given) => {
        run += 1;
        const schema = testSchema({ properties: PROPERTIES, indexes: given.indexes });
        const rows = given.documents.map((fields, index) =>
          testDocument(plain({ ...fields, id: `${index % 3}-${index}` }), {
            deleted: given.deleted[index] === true && index % 4 === 0,
          }),
        );
        const memory = openMemory();
        const instance = await memory.createInstance(schema);
        await insert(instance, rows);
        const table = register.store.table(`run${run}`, schema as unknown as DocumentSchema);
        table.bulkWrite(
          rows.map((document) => ({ document })),
          'test',
        );
        try {
          for (const generated of given.queries) {
            cases += 1;
            const prepared = () => prepareGenerated(schema, generated, true);
            const unlimited = () => prepareGenerated(schema, generated, false);
            const expected = await outcome(async () => (await instance.query(prepared())).documents);
            const actual = await outcome(async () => table.query(prepared()));
            expect({ generated, answer: actual }).toEqual({ generated, answer: expected });
            expect(await outcome(async () => table.count(unlimited()))).toEqual(
              await outcome(async () => (await instance.count(unlimited())).count),
            );
          }
        } finally {
          table.remove();
          await memory.close();
        }
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: process.env.PROPERTY_SHRINK === undefined },
    );
    console.log(`${cases} queries compared, seed ${SEED}`);
  }, 300_000);
});

function prepareGenerated(schema: TestSchema, generated: GeneratedQuery, isCut: boolean): Query {
  const { deleted, selector: given, sort: order, skip, limit } = structuredClone(generated);
  const wanted = {
    selector: { ...given, ...(deleted !== undefined && { _deleted: { $eq: deleted } }) },
    ...(order && { sort: order }),
    ...(isCut && skip !== undefined && { skip }),
    ...(isCut && limit !== undefined && { limit }),
  };
  // RxDB types queries by the documents' type; these are made by chance.
  return prepare(schema, wanted as MangoQuery<Fields>) as unknown as Query;
}

/** The value as JSON, or that it was refused: a query memory storage cannot run need not run here either. */
async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return plain(await work());
  } catch {
    return 'refused';
  }
}
