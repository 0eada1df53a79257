import fc from 'fast-check';
import type { MangoQuery } from 'rxdb';
import type { Fields } from './storage.ts';
import { anything, type GeneratedSchema, type Leaf, valuesOf } from './storage-documents.ts';

export type GeneratedQuery = {
  readonly selector: Fields;
  readonly sort?: readonly Fields[];
  readonly skip?: number;
  readonly limit?: number;
  readonly index?: readonly string[];
};

/** Beside the declared fields: what is in no schema, elements of lists, ways through scalars, RxDB's own fields. */
const OTHER_PATHS = ['missing', 'list.0', 'o', 'o.missing', 's.x', 's.0', 'constructor', '__proto__.x', '_rev'];
const UNDECLARED: Leaf = { keys: [], path: '', kind: 'free', part: {} };

/** Longer than what becomes single parameters. */
const LONG_LIST = 40;

function operand(field: Leaf): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: valuesOf(field, false), weight: 12 },
    { arbitrary: valuesOf(field, true), weight: 2 },
    { arbitrary: anything, weight: 1 },
  );
}

const NUMBERS = fc.constantFrom(0, 1, 2, 3, -2, 0.5);

const patterns = fc.constantFrom<Fields>(
  { $regex: '^a' },
  { $regex: 'B', $options: 'i' },
  { $regex: '[0-9é]$' },
  { $regex: '' },
);
const elements = fc.constantFrom<Fields>(
  { $elemMatch: { $eq: 'a' } },
  { $elemMatch: { $gt: 1, $lt: 5 } },
  { $elemMatch: { x: 1 } },
  { $elemMatch: { x: { $exists: true }, y: { $exists: false } } },
  { $elemMatch: { $in: ['a', null] } },
);
const presence = fc.constantFrom<Fields>({ $exists: true }, { $exists: false }, { $exists: 1 });
const types = fc
  .constantFrom('string', 'number', 'bool', 'array', 'object', 'null', 'int', 'double', 2)
  .map(($type): Fields => ({ $type }));
const sizes = fc.constantFrom(0, 1, 2, 3).map(($size): Fields => ({ $size }));
const remainders = fc.tuple(NUMBERS, NUMBERS).map(($mod): Fields => ({ $mod }));

/** Operators that only RxDB's matcher knows: mostly those that suit the field. */
function matcherOnly({ kind }: Leaf): fc.Arbitrary<Fields> {
  const any = fc.oneof(patterns, elements, presence, types, sizes, remainders);
  if (kind === 'flag') return fc.oneof(presence, types, any);
  if (kind === 'whole' || kind === 'decimal') return fc.oneof(remainders, presence, types, any);
  if (kind === 'text' || kind === 'either') return fc.oneof(patterns, presence, types, any);
  return fc.oneof(elements, sizes, any);
}

function operatorsOf(field: Leaf): fc.Arbitrary<unknown> {
  const one = operand(field);
  const comparison = fc
    .constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte')
    .chain((name) => one.map((value) => ({ [name]: value })));
  const bounds = fc.tuple(fc.constantFrom('$gt', '$gte'), fc.constantFrom('$lt', '$lte'));
  const range = fc
    .tuple(fc.tuple(one, one), fc.integer({ min: 0, max: 3 }), bounds)
    // Most of them the right way round.
    .map(([pair, chance, [from, to]]) => {
      const [low, high] = chance > 0 ? [...pair].sort(inOrder) : pair;
      return { [from]: low, [to]: high };
    });
  const values = fc.oneof(
    { arbitrary: fc.array(one, { maxLength: 4 }), weight: 9 },
    { arbitrary: fc.array(one, { minLength: LONG_LIST, maxLength: LONG_LIST }), weight: 1 },
  );
  const list = fc.tuple(fc.constantFrom('$in', '$nin'), values).map(([name, value]) => ({ [name]: value }));
  const single: fc.Arbitrary<Fields> = fc.oneof(
    { arbitrary: comparison, weight: 6 },
    { arbitrary: range, weight: 2 },
    { arbitrary: list, weight: 3 },
    { arbitrary: matcherOnly(field), weight: 3 },
  );
  return fc.oneof(
    { arbitrary: single, weight: 14 },
    { arbitrary: fc.tuple(single, single).map(([a, b]) => ({ ...a, ...b })), weight: 2 },
    { arbitrary: single.map((inner) => ({ $not: inner })), weight: 2 },
    // RxDB writes the bare value as `$eq`.
    { arbitrary: valuesOf(field, false), weight: 1 },
  );
}

/** As JavaScript compares two texts or two numbers; of other values it does not matter. */
function inOrder(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(JSON.stringify(a)) < String(JSON.stringify(b)) ? -1 : 1;
}

function selectorsOf({ leaves }: GeneratedSchema, ids: readonly string[]): fc.Arbitrary<Fields> {
  const key = valued('id', fc.constantFrom('', '3', '5-', ...ids));
  const field = fc.oneof(
    { arbitrary: fc.constantFrom(...leaves), weight: 12 },
    { arbitrary: fc.constantFrom(...OTHER_PATHS).map((path) => ({ ...UNDECLARED, path })), weight: 1 },
  );
  const declared = field.chain((one) => operatorsOf(one).map((value) => [one.path, value] as const));
  const condition = fc.oneof({ arbitrary: declared, weight: 12 }, { arbitrary: key, weight: 1 });
  const conditions = (count: number) =>
    fc.array(condition, { minLength: count, maxLength: count }).map((entries): Fields => Object.fromEntries(entries));
  const flat = fc.oneof(
    { arbitrary: conditions(0), weight: 1 },
    { arbitrary: conditions(1), weight: 6 },
    { arbitrary: conditions(2), weight: 3 },
    { arbitrary: conditions(3), weight: 1 },
  );
  const joined = (inner: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> =>
    fc
      .tuple(flat, fc.constantFrom('$and', '$or', '$nor'), fc.array(inner, { minLength: 1, maxLength: 3, size: 'max' }))
      .map(([base, name, parts]) => ({ ...base, [name]: parts }));
  return fc.oneof(
    { arbitrary: flat, weight: 6 },
    { arbitrary: joined(flat), weight: 3 },
    { arbitrary: joined(joined(flat)), weight: 1 },
  );
}

/** Conditions on the fields of an index from its beginning on, as its owner made it for: equal, equal, and a range. */
function alongIndex({ leaves, indexes }: GeneratedSchema, ids: readonly string[]): fc.Arbitrary<Fields> {
  const fields = (paths: readonly string[]) =>
    [
      ...paths.flatMap((path) => leaves.find((leaf) => leaf.path === path) ?? []),
      { ...UNDECLARED, path: 'id' },
    ] as const;
  const value = (field: Leaf) => (field.path === 'id' ? fc.constantFrom('', ...ids) : operand(field));
  return fc.constantFrom(...indexes).chain((paths) =>
    fc.integer({ min: 1, max: paths.length + 1 }).chain((depth) => {
      const used = fields(paths).slice(0, depth);
      const conditions = used.map((field, place) => {
        const isLast = place === used.length - 1;
        const names = isLast ? ['$eq', '$gt', '$gte', '$lt', '$lte'] : ['$eq'];
        return fc.tuple(fc.constantFrom(...names), value(field)).map(([name, one]) => [field.path, { [name]: one }]);
      });
      return fc.tuple(...conditions).map((entries): Fields => Object.fromEntries(entries));
    }),
  );
}

function valued(path: string, values: fc.Arbitrary<unknown>): fc.Arbitrary<readonly [string, unknown]> {
  const single = fc.tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), values);
  const list = fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(values, { maxLength: LONG_LIST, size: 'max' }));
  return fc.oneof(single, list).map(([name, value]) => [path, { [name]: value }]);
}

function sortsOf({ leaves }: GeneratedSchema): fc.Arbitrary<Fields[]> {
  const path = fc.oneof(
    { arbitrary: fc.constantFrom(...leaves.map((field) => field.path), 'id'), weight: 9 },
    { arbitrary: fc.constantFrom('missing', 'list.0', 'o', '_meta.lwt', '_rev', '_deleted'), weight: 1 },
  );
  const direction = fc.constantFrom('asc', 'desc');
  const mixed = fc
    .uniqueArray(path, { minLength: 1, maxLength: 3, size: 'max' })
    .chain((paths) => fc.tuple(...paths.map((one) => direction.map((way) => ({ [one]: way })))));
  // As screens ask: everything in one direction, the key last.
  const even = fc
    .tuple(path, direction)
    .map(([one, way]) => (one === 'id' ? [{ id: way }] : [{ [one]: way }, { id: way }]));
  return fc.oneof({ arbitrary: mixed, weight: 2 }, { arbitrary: even, weight: 1 });
}

export function queriesOf(schema: GeneratedSchema, ids: readonly string[]): fc.Arbitrary<GeneratedQuery> {
  const any =
    schema.indexes.length === 0
      ? selectorsOf(schema, ids)
      : fc.oneof({ arbitrary: selectorsOf(schema, ids), weight: 5 }, { arbitrary: alongIndex(schema, ids), weight: 1 });
  const selector = fc.oneof(
    // RxDB adds this to what its collections are asked.
    { arbitrary: any.map((given) => ({ ...given, _deleted: { $eq: false } })), weight: 6 },
    { arbitrary: any.map((given) => ({ ...given, _deleted: { $eq: true } })), weight: 1 },
    { arbitrary: any, weight: 2 },
  );
  const index = schema.indexes.map((paths) => ['_deleted', ...paths]);
  const query: fc.Arbitrary<GeneratedQuery> = fc.record(
    {
      selector,
      sort: sortsOf(schema),
      skip: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 })),
      limit: fc.integer({ min: 0, max: 12 }),
    },
    { requiredKeys: ['selector'] },
  );
  if (index.length === 0) return query;
  return fc.oneof(
    { arbitrary: query, weight: 8 },
    {
      arbitrary: fc.tuple(query, fc.constantFrom(...index)).map(([given, chosen]) => ({ ...given, index: chosen })),
      weight: 1,
    },
  );
}

/** What a collection is asked for. RxDB types queries by the documents' type; these are made by chance. */
export function toMango({ selector, sort, skip, limit, index }: GeneratedQuery, isCut: boolean): MangoQuery<Fields> {
  return structuredClone({
    selector,
    ...(sort && { sort }),
    ...(index && { index }),
    ...(isCut && skip !== undefined && { skip }),
    ...(isCut && limit !== undefined && { limit }),
  }) as MangoQuery<Fields>;
}
