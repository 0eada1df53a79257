import type { MangoQuery } from 'rxdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Query } from '../../../electron/data/storage/memory-query.ts';
import { planQuery, toOrderBy } from '../../../electron/data/storage/query-plan.ts';
import { TableSchema } from '../../../electron/data/storage/table-schema.ts';
import { COLLECTIONS } from '../../../shared/schema/collections.ts';
import { toRxSchema } from '../../../shared/schema/rxdb.ts';
import { type Fields, openTestRegister, prepare, type TestSchema } from '../../support/storage.ts';

const ID = '01900000-0000-7000-8000-000000000001';

type Case = { readonly collection: string; readonly query: MangoQuery<Fields>; readonly index: string };

/** The queries the screens live on, with the index each must use. */
const SCREENS: readonly Case[] = [
  {
    collection: 'assets',
    query: { selector: { typeCode: 'PCP' }, sort: [{ updatedAt: 'asc' }] },
    index: '__deleted__typeCode__updatedAt__id',
  },
  {
    collection: 'movements',
    query: { selector: { assetId: ID }, sort: [{ declaredAt: 'asc' }] },
    index: '__deleted__assetId__declaredAt__id',
  },
  {
    collection: 'references',
    query: { selector: { kind: 'brand' }, sort: [{ label: 'asc' }] },
    index: '__deleted__kind__label__id',
  },
  {
    collection: 'reviews',
    query: { selector: { state: 'open' }, sort: [{ openedAt: 'asc' }] },
    index: '__deleted__state__openedAt__id',
  },
  { collection: 'structures', query: { sort: [{ name: 'asc' }] }, index: '__deleted__name__id' },
  {
    collection: 'sites',
    query: { selector: { kind: 'commune' }, sort: [{ name: 'asc' }] },
    index: '__deleted__kind__name__id',
  },
];

describe('the plan of a query', () => {
  let register: ReturnType<typeof openTestRegister>;
  beforeAll(() => {
    register = openTestRegister();
  });
  afterAll(() => register.close());

  function plan(name: string, query: MangoQuery<Fields>) {
    const definition = COLLECTIONS.find((collection) => collection.name === name);
    if (!definition) throw new Error(`There is no ${name}`);
    const table = register.store.table(name, toRxSchema(definition));
    const schema = new TableSchema(toRxSchema(definition));
    const live = { ...query, selector: { ...query.selector, _deleted: { $eq: false } } } as MangoQuery<Fields>; // RxDB adds it
    const prepared = prepare(schema.filled as unknown as TestSchema, live) as unknown as Query; // JSON all the same
    const planned = planQuery(schema.fields, schema.primaryPath, prepared);
    const steps = register.connection.all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT body FROM ${table.tableName} WHERE ${planned.where.sql} ORDER BY ${toOrderBy(planned.sort ?? [])}`,
      planned.where.parameters,
    );
    return { ...planned, steps: steps.map(({ detail }) => detail).join('; ') };
  }

  it.each(SCREENS)(
    'D2: $collection $query uses its index, without scan and without sorting',
    ({ collection, query, index }) => {
      const { isWhole, sort, steps } = plan(collection, query);
      expect([isWhole, sort !== undefined]).toEqual([true, true]);
      expect(steps).toContain(index);
      expect(steps).not.toMatch(/SCAN|TEMP B-TREE/);
    },
  );

  it.each([
    ['a pattern', { designation: { $regex: 'x' } }],
    ['another type than declared', { designation: 5 }],
    ['null', { holderName: null }],
    ['an element of an object that is not declared', { 'attributes.processor': 'x' }],
    ['a text whose order differs', { designation: { $gt: '\ufffe' } }],
    ['a disjunction with a part that has no SQL form', { $or: [{ status: 'lost' }, { designation: { $regex: 'x' } }] }],
  ])('D2: %s is left to RxDB', (_, selector) => {
    expect(plan('assets', { selector, sort: [{ id: 'asc' }] } as MangoQuery<Fields>).isWhole).toBe(false);
  });

  it('D2: a part that has SQL form narrows the search for one that has none', () => {
    const { isWhole, where } = plan('assets', {
      selector: { status: 'lost', designation: { $regex: 'x' } },
      sort: [{ id: 'asc' }],
    });
    expect(isWhole).toBe(false);
    expect(where).toEqual({ sql: `body->>'$.status' = ? AND deleted = 0`, parameters: ['lost'] });
  });
});
