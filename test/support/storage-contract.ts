import type { EventBulk, RxStorageChangeEvent } from 'rxdb';
import { expect } from 'vitest';
import { nextRevision, type TestDocument, type TestInstance, testDocument, testSchema } from './storage.ts';

export type Bulk = EventBulk<RxStorageChangeEvent<TestDocument>, unknown>;

/** One of each: simple, nested and composite index, every scalar type, and fields without an index. */
export const PERSONS = testSchema({
  properties: {
    name: { type: 'string', maxLength: 100 },
    age: { type: 'integer', minimum: 0, maximum: 150, multipleOf: 1 },
    active: { type: 'boolean' },
    place: { type: 'object', properties: { town: { type: 'string', maxLength: 50 }, floor: { type: 'number' } } },
    tags: { type: 'array', items: { type: 'string' } },
    note: { type: 'string' },
  },
  indexes: ['name', ['place.town', 'age'], ['active', 'name']],
});

export function person(id: string, fields: Record<string, unknown> = {}): TestDocument {
  return testDocument({ id, name: 'x', age: 1, active: true, place: { town: 'Cotonou', floor: 0 }, ...fields });
}

/** `expect` of what is on its way: between ports, and held back by a window that reads. */
export function eventually<Value>(look: () => Value) {
  return expect.poll(look, { timeout: 10_000 });
}

/** What an instance tells of writes from now on, and not what a window tells itself to make its live queries run again. */
export function listen(instance: TestInstance): Bulk[] {
  const bulks: Bulk[] = [];
  instance.changeStream().subscribe((bulk) => {
    if (bulk.context !== 'resync') bulks.push(bulk as Bulk);
  });
  return bulks;
}

/** Writes something to one of a few documents: new, changed, deleted or brought back, on whatever is stored. */
export async function writeSomething(instance: TestInstance, random: () => number, count: number): Promise<void> {
  const id = `p${Math.floor(random() * 40)}`;
  const [previous] = await instance.findDocumentsById([id], true);
  const document = previous
    ? nextRevision(previous, { name: `write ${count}` }, random() < 0.2)
    : person(id, { name: `write ${count}` });
  // Another window may have been quicker: then this write is refused, and that is right.
  await instance.bulkWrite([{ ...(previous && { previous }), document }], `write ${count}`);
}
