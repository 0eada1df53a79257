import fc from 'fast-check';
import { type Fields, nextRevision, plain, type TestDocument, testDocument } from './storage.ts';

/** What a field of a generated schema is declared as. The first four may stand in an index. */
export type Kind = 'text' | 'whole' | 'decimal' | 'flag' | 'either' | 'list' | 'open' | 'free';

export type Leaf = {
  readonly keys: readonly string[];
  readonly path: string;
  readonly kind: Kind;
  /** The JSON schema of the field. */
  readonly part: Readonly<Record<string, unknown>>;
};

export type GeneratedSchema = {
  readonly leaves: readonly Leaf[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly indexes: readonly (readonly string[])[];
};

/** Words of SQL, names that differ in case only, and some that no SQL expression can name. */
const NAMES = ['s', 't', 'n', 'N', 'd', 'order', 'value', 'size', 'key_2', 'length', 'é', 'a-b', 'a b', `q'"`];
const OBJECTS = ['o', 'place', 'group', 'o-x'];
const INDEXABLE: readonly Kind[] = ['text', 'whole', 'decimal', 'flag'];

const part: fc.Arbitrary<Pick<Leaf, 'kind' | 'part'>> = fc.oneof(
  { arbitrary: text(), weight: 5 },
  { arbitrary: numeric('whole', [-10, 100, 1], [0, 9, 1], [0, 4_000_000_000_000, 1]), weight: 4 },
  { arbitrary: numeric('decimal', [-5, 50, 0.01], [0, 1, 0.1], [-100, 100, 0.5]), weight: 3 },
  { arbitrary: fc.constant({ kind: 'flag' as const, part: { type: 'boolean' } }), weight: 2 },
  { arbitrary: fc.constant({ kind: 'either' as const, part: { type: ['string', 'null'] } }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'list' as const, part: { type: 'array' } }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'open' as const, part: { type: 'object' } }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'free' as const, part: {} }), weight: 1 },
);

function text(): fc.Arbitrary<Pick<Leaf, 'kind' | 'part'>> {
  return fc.constantFrom(3, 20, 60).map((maxLength) => ({ kind: 'text', part: { type: 'string', maxLength } }));
}

function numeric(kind: 'whole' | 'decimal', ...limits: readonly (readonly [number, number, number])[]) {
  return fc.constantFrom(...limits).map(([minimum, maximum, multipleOf]) => ({
    kind,
    part: { type: kind === 'whole' ? 'integer' : 'number', minimum, maximum, multipleOf },
  }));
}

const leaf: fc.Arbitrary<Leaf> = fc
  .tuple(fc.array(fc.constantFrom(...OBJECTS), { maxLength: 2 }), fc.constantFrom(...NAMES), part)
  .map(([objects, name, declared]) => {
    const keys = [...objects, name];
    return { keys, path: keys.join('.'), ...declared };
  });

/** Random names at random depths, of random types, some of them in simple and composite indexes. */
export const schemas: fc.Arbitrary<GeneratedSchema> = fc
  .uniqueArray(leaf, { minLength: 2, maxLength: 9, selector: ({ path }) => path })
  .chain((leaves) =>
    fc.record({
      leaves: fc.constant(leaves),
      properties: fc.constant(propertiesOf(leaves)),
      indexes: indexesOf(leaves.filter(({ kind }) => INDEXABLE.includes(kind)).map(({ path }) => path)),
    }),
  );

function indexesOf(paths: readonly string[]): fc.Arbitrary<string[][]> {
  if (paths.length === 0) return fc.constant([]);
  const index = fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 3 });
  return fc.uniqueArray(index, { maxLength: 4, selector: (fields) => fields.join() });
}

type Properties = Record<string, { type?: unknown; properties?: Properties }>;

function propertiesOf(leaves: readonly Leaf[]): Properties {
  const root: Properties = {};
  for (const { keys, part: declared } of leaves) {
    let properties = root;
    for (const key of keys.slice(0, -1)) {
      const inner = properties[key] ?? { type: 'object', properties: {} };
      inner.properties ??= {};
      properties[key] = inner;
      properties = inner.properties;
    }
    properties[keys.at(-1) ?? ''] = declared;
  }
  return root;
}

const REGULAR_TEXTS = [
  'a',
  'ab',
  'abc',
  'abc1',
  'abcz',
  'b',
  'B',
  'é',
  'z z',
  '10',
  '9',
  '😀',
  'e\u0301',
  '~',
  '2026-11-23',
  'Été',
];
/** Behind an emoji in UTF-16, before it in UTF-8. */
const DISPLACED_TEXTS = ['\ue000x', '❤\ufe0f', '❤', 'a\ufe0f', 'a\ufe0fb', 'ﬁn', '豈', '\ufffe', '😀\ufe0f'];
const ODD_TEXTS = [
  '',
  ' ',
  'a ',
  'a\t',
  'a\u0000b',
  '\uffff',
  '\udfff',
  'a\ud83d',
  '\ud83da',
  '\u0001',
  'a'.repeat(70),
];

/** Anything a document may hold where its schema says nothing. */
export const anything: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  -0,
  2.5,
  'a',
  'ab',
  '',
  [],
  ['a'],
  ['a', 'ab', 'a'],
  [1, 'a', null],
  [['a']],
  [3, 4, 5.5],
  {},
  { x: 1 },
  { x: 'a', y: { z: 2 } },
  { 'a.b': 1 },
  [{ x: 1 }, { x: 'a' }],
  [{ x: [1, 2] }],
  JSON.parse('{"__proto__": {"x": 1}, "constructor": "a"}'),
);

/** Values of the field's own type: `odd` ones are those that text and number order, padding or limits treat apart. */
export function valuesOf({ kind, part: declared }: Leaf, isOdd: boolean, isDisplaced = isOdd): fc.Arbitrary<unknown> {
  // Generated above with its limits.
  const { minimum = 0, maximum = 0 } = declared as { minimum?: number; maximum?: number };
  switch (kind) {
    case 'text':
      return fc.constantFrom(...REGULAR_TEXTS, ...(isDisplaced ? DISPLACED_TEXTS : []), ...(isOdd ? ODD_TEXTS : []));
    case 'whole':
      return isOdd
        ? fc.constantFrom(
            minimum,
            maximum,
            maximum + 1,
            minimum - 1,
            1.5,
            1000,
            -0,
            1e21,
            2 ** 53,
            702_919_949_099_484_200,
            702_919_949_099_484_300,
          )
        : fc.integer({ min: Math.max(minimum, -5), max: Math.min(maximum, 9) });
    case 'decimal':
      return isOdd
        ? fc.constantFrom(
            minimum,
            maximum,
            0.125,
            1e-7,
            maximum - 0.01,
            maximum + 1,
            0.1 + 0.2,
            -0,
            5e-324,
            1e300,
            123_456_789.012_345_67,
          )
        : fc.integer({ min: Math.max(minimum, -5) * 2, max: Math.min(maximum, 9) * 2 }).map((n) => n / 2);
    case 'flag':
      return fc.boolean();
    case 'either':
      return fc.constantFrom('a', 'ab', null);
    case 'list':
    case 'open':
    case 'free':
      return anything;
  }
}

/**
 * `regular`: what the program's own commands write. `displaced`: with texts whose order differs between UTF-8 and UTF-16.
 * `odd`: any value of a scalar type. `wild`: anything RxDB's memory storage can hold at that place.
 */
type Manner = 'regular' | 'displaced' | 'odd' | 'wild';

function valueAt(field: Leaf, manner: Manner, isIndexed: boolean): fc.Arbitrary<unknown> {
  const regular = valuesOf(field, false, manner === 'displaced');
  if (manner === 'regular' || manner === 'displaced')
    return isIndexed ? regular : fc.option(regular, { nil: undefined, freq: 4 });
  const odd = fc.oneof(regular, regular, valuesOf(field, true), fc.constant(undefined));
  if (manner === 'odd') return odd;
  // A truthy value that is no text makes the memory storage throw in an index.
  return fc.oneof(odd, isIndexed ? fc.constant(null) : anything);
}

function fieldsOf({ leaves, indexes }: GeneratedSchema, manner: Manner): fc.Arbitrary<Fields> {
  const indexed = new Set(indexes.flat());
  const values = fc.tuple(...leaves.map((field) => valueAt(field, manner, indexed.has(field.path))));
  const replaced = manner === 'wild' ? fc.option(fc.tuple(fc.constantFrom(...OBJECTS), anything)) : fc.constant(null);
  return fc.tuple(values, replaced).map(([found, instead]) => {
    const fields = place(leaves, found);
    if (!instead || !Object.hasOwn(fields, instead[0])) return fields;
    const [name, value] = instead;
    const ways = leaves.filter(({ keys, path }) => keys[0] === name && indexed.has(path));
    if (ways.every(({ keys }) => isAbsent(value, keys.slice(1)))) fields[name] = value;
    return fields;
  });
}

/** True when RxDB's reader of paths finds nothing: in an index, null and what is no text make the memory storage throw. */
function isAbsent(value: unknown, keys: readonly string[]): boolean {
  let found = value;
  for (const key of keys) {
    if (found === null) return false;
    // Whatever has properties: the `length` of a text is one.
    found = Object(found)[key];
  }
  return found === undefined;
}

function place(leaves: readonly Leaf[], values: readonly unknown[]): Fields {
  const root: Fields = {};
  for (const [index, { keys }] of leaves.entries()) {
    if (values[index] === undefined) continue;
    let parent = root;
    for (const key of keys.slice(0, -1)) {
      parent[key] ??= {};
      parent = parent[key] as Fields; // made by this loop only
    }
    parent[keys.at(-1) ?? ''] = values[index];
  }
  return root;
}

/** One document: as inserted, and what later writes made of it. */
export type GeneratedDocument = {
  readonly id: string;
  readonly states: readonly { readonly fields: Fields; readonly isDeleted: boolean }[];
  /** Several documents are written in the same instant. */
  readonly lwt: number;
};

export function documentsOf(schema: GeneratedSchema): fc.Arbitrary<GeneratedDocument[]> {
  const document = (manner: Manner) =>
    fc.record({
      id: fc.integer({ min: 0, max: 99_999 }).map((number) => `${number % 7}-${number}`),
      states: fc.array(
        fc.record({ fields: fieldsOf(schema, manner), isDeleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0) }),
        { minLength: 1, maxLength: 2, size: 'xsmall' },
      ),
      lwt: fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_009 }),
    });
  const list = (manner: fc.Arbitrary<Manner>) =>
    fc.uniqueArray(manner.chain(document), { minLength: 4, maxLength: 50, size: 'max', selector: ({ id }) => id });
  return fc.oneof(
    { arbitrary: list(fc.constant<Manner>('regular')), weight: 5 },
    { arbitrary: list(fc.constantFrom<Manner>('regular', 'displaced')), weight: 3 },
    { arbitrary: list(fc.constantFrom<Manner>('regular', 'regular', 'regular', 'odd')), weight: 4 },
    { arbitrary: list(fc.constantFrom<Manner>('regular', 'regular', 'odd', 'wild')), weight: 2 },
  );
}

/** Enough documents that a query cannot read them all at once. */
export function manyOf(documents: readonly GeneratedDocument[]): GeneratedDocument[] {
  return Array.from({ length: COPIES }, (_, copy) =>
    documents.map((one) => ({ ...one, id: `${one.id}-${copy}` })),
  ).flat();
}

const COPIES = 15;

/** The writes that lead to the generated state: all inserts, then all updates. */
export function writesOf(
  documents: readonly GeneratedDocument[],
): { previous?: TestDocument; document: TestDocument }[][] {
  const inserts = documents.map(({ id, states, lwt }) =>
    testDocument(plain({ ...states[0]?.fields, id }), { deleted: states[0]?.isDeleted === true, lwt }),
  );
  const updates = documents.flatMap(({ id, states }, index) => {
    const [previous, next] = [inserts[index], states[1]];
    if (!previous || !next) return [];
    const { _rev, _meta, _attachments, _deleted } = previous;
    const emptied = { id, _rev, _meta, _attachments, _deleted };
    return [{ previous, document: nextRevision(emptied, plain(next.fields), next.isDeleted) }];
  });
  return [inserts.map((document) => ({ document })), updates];
}
