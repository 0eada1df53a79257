import type { MangoQuery } from 'rxdb';
import { describe, expect, it } from 'vitest';
import {
  type Fields,
  insert,
  openInProcess,
  openMemory,
  openThroughPort,
  plain,
  prepare,
  testDocument,
  testSchema,
} from '../../support/storage.ts';

type Example = {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly indexes?: readonly (readonly string[])[];
  readonly documents: readonly Fields[];
  readonly query: {
    readonly selector: unknown;
    readonly sort?: unknown;
    readonly skip?: number;
    readonly limit?: number;
  };
};

/** What the random queries once found broken, and stays. */
const EXAMPLES: readonly Example[] = [
  {
    name: 'an operator that is a name of every object',
    properties: { name: { type: 'string', maxLength: 20 } },
    documents: [{ id: 'a', name: 'x' }, { id: 'b' }],
    query: { selector: { name: { constructor: 'x' } } },
  },
  {
    name: 'an indexed text that shall be an object, before another field of the index',
    properties: { name: { type: 'string', maxLength: 20 } },
    indexes: [['name', 'id']],
    documents: [
      { id: 'a', name: 'x' },
      { id: 'b', name: 'y' },
    ],
    query: { selector: { _deleted: { $eq: false }, name: { $eq: { x: 1 } }, id: { $eq: 'a' } } },
  },
];

describe.each([
  { name: 'in process', open: openInProcess },
  { name: 'through a port', open: openThroughPort },
])('queries that were once wrong, $name', ({ open }) => {
  it.each(EXAMPLES)('D2: $name', async ({ properties, indexes = [], documents, query }) => {
    const schema = testSchema({ properties, indexes });
    const rows = documents.map((fields) => testDocument({ ...fields }));
    const answers = [openMemory(), open()].map(async (storage) => {
      const instance = await storage.createInstance(schema);
      await insert(instance, rows);
      // Examples are JSON; RxDB types queries by the documents' type.
      const prepared = () => prepare(schema, structuredClone(query) as MangoQuery<Fields>);
      const answer = [(await instance.query(prepared())).documents, (await instance.count(prepared())).count];
      await storage.close();
      return plain(answer);
    });
    const [expected, actual] = await Promise.all(answers);
    expect(actual).toEqual(expected);
  });
});
