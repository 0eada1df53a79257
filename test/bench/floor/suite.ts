import { join } from 'node:path';
import type { Database, Statement } from '@signalapp/sqlcipher';
import { averageOfTimeValues, averageSchemaData } from 'rxdb/plugins/test-utils';
import type { SuiteTimes } from '../protocol.ts';
import { inTransaction, openFloor, parseRows } from './database.ts';

type Doc = ReturnType<typeof averageSchemaData>;

/** As RxDB's suite has them. */
const COLLECTIONS = 4;
const BATCHES = 6;
const SERIAL = 50;
const PARALLEL = 4;
const STRIPPED_PERCENT = 95;

/**
 * RxDB's performance suite by hand: one table per collection with the columns and indexes of its schema and the document
 * as JSON, statements prepared once, one transaction per batch. Every answer is a list of parsed documents.
 */
export function runFloorSuite(input: { readonly directory: string; readonly docs: number }): SuiteTimes {
  const database = openFloor(join(input.directory, 'floor.db'));
  try {
    return measure(database, input.docs);
  } finally {
    database.close();
  }
}

function measure(database: Database, docs: number): SuiteTimes {
  const times = new Map<string, number[]>();
  const time = <Result>(name: string, act: () => Result): Result => {
    const begun = performance.now();
    const result = act();
    times.set(name, [...(times.get(name) ?? []), performance.now() - begun]);
    return result;
  };

  const [table, other] = time('time-to-first-insert', () => {
    const tables = inTransaction(database, () =>
      Array.from({ length: COLLECTIONS }, (_, index) => makeTable(database, `collection_${index}`)),
    );
    const [first, second] = tables;
    if (!first || !second) throw new Error('The suite needs two collections');
    second.insert([averageSchemaData()]);
    return [first, second];
  });

  const ids: string[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const data = Array.from({ length: docs / BATCHES }, (_, index) =>
      averageSchemaData({ var1: String(index % 2), var2: index % PARALLEL }),
    );
    ids.push(...data.map(({ id }) => id));
    time(`insert-documents-${docs / BATCHES}`, () => table.insert(data));
  }
  expectCount(time(`find-by-ids-${docs}`, () => table.findByIds(ids)).length, docs);

  const serial: string[] = [];
  time(`serial-inserts-${SERIAL}`, () => {
    for (let count = 0; count < SERIAL; count += 1) {
      const data = averageSchemaData({ var2: 1000 });
      serial.push(data.id);
      table.insert([data]);
    }
  });
  time(`serial-find-by-id-${SERIAL}`, () => {
    for (const id of serial) expectCount(table.findByIds([id]).length, 1);
  });
  const found = time('find-by-query', () => table.findSorted());
  expectCount(found.length, docs + SERIAL);
  const parts = time(`find-by-query-parallel-${PARALLEL}`, () =>
    Array.from({ length: PARALLEL }, (_, index) => table.findBy(index)),
  );
  expectCount(parts.flat().length, docs);
  time('4x-count', () => {
    for (let index = 0; index < PARALLEL; index += 1) table.count(index);
  });
  time('property-access', () => {
    let sum = 0;
    for (const { deep } of found) sum += deep.deeper.deepNr + deep.deeper.deepNr;
    if (sum <= 10) throw new Error('The documents are not what they were');
  });
  other.drop();
  table.drop();
  return Object.fromEntries(
    [...times].map(([name, values]) => [name, averageOfTimeValues(values, STRIPPED_PERCENT)] as const),
  );
}

type FloorTable = {
  insert(docs: readonly Doc[]): void;
  findByIds(ids: readonly string[]): Doc[];
  findSorted(): Doc[];
  findBy(var2: number): Doc[];
  count(var2: number): number;
  drop(): void;
};

function makeTable(database: Database, name: string): FloorTable {
  database.exec(`
    CREATE TABLE ${name} (id TEXT PRIMARY KEY, var1 TEXT, var2 REAL, deep1 TEXT, body TEXT NOT NULL);
    CREATE INDEX ${name}_1 ON ${name} (var1, id);
    CREATE INDEX ${name}_2 ON ${name} (var2, id);
    CREATE INDEX ${name}_3 ON ${name} (deep1, id);
    CREATE INDEX ${name}_4 ON ${name} (var2, var1, id);`);
  const statements: Statement[] = [];
  const prepare = (sql: string): Statement<{ pluck: true }> => {
    const statement = database.prepare(sql, { persistent: true, pluck: true });
    statements.push(statement);
    return statement;
  };
  const insert = prepare(`INSERT INTO ${name} VALUES (?, ?, ?, ?, ?)`);
  const byId = prepare(`SELECT body FROM ${name} WHERE id = ?`);
  const sorted = prepare(`SELECT body FROM ${name} ORDER BY var2, var1, id`);
  const byVar2 = prepare(`SELECT body FROM ${name} WHERE var2 = ? ORDER BY id`);
  const counted = prepare(`SELECT count(*) FROM ${name} WHERE var2 = ?`);
  return {
    insert: (docs) =>
      inTransaction(database, () => {
        for (const doc of docs) insert.run([doc.id, doc.var1, doc.var2, doc.deep.deep1, JSON.stringify(doc)]);
      }),
    findByIds: (ids) => parseRows(ids.flatMap((id) => (byId.get([id]) as string | undefined) ?? [])),
    findSorted: () => parseRows(sorted.all() as string[]),
    findBy: (var2) => parseRows(byVar2.all([var2]) as string[]),
    count: (var2) => counted.get([var2]) as number,
    drop: () => {
      for (const statement of statements) statement.close();
      database.exec(`DROP TABLE ${name}`);
    },
  };
}

function expectCount(count: number, expected: number): void {
  if (count !== expected) throw new Error(`${count} documents instead of ${expected}`);
}
