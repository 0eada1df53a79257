import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Fields,
  type OpenStorage,
  openInProcess,
  openMemory,
  openThroughPort,
  plain,
  prepare,
  type TestInstance,
  type TestSchema,
  testSchema,
} from '../../support/storage.ts';
import { documentsOf, manyOf, schemas, writesOf } from '../../support/storage-documents.ts';
import { type GeneratedQuery, queriesOf, toMango } from '../../support/storage-queries.ts';

/**
 * Cases: runs (schemas with their documents) × queries. `PROPERTY_RUNS` raises the runs, `PROPERTY_SEED` replays a
 * failure, `PROPERTY_SHRINK` makes its example small (slow).
 */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 350);
const QUERIES = 60;
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
/** Of so many runs, one goes through a port. */
const PORT_SHARE = 5;

/** And of so many more, one has hundreds of documents. */
const MANY_SHARE = 80;

const situation = schemas.chain((schema) =>
  documentsOf(schema).chain((documents) => {
    const query = queriesOf(
      schema,
      documents.map(({ id }) => id),
    );
    return fc.record({
      schema: fc.constant(schema),
      documents: fc.oneof(
        { arbitrary: fc.constant(documents), weight: MANY_SHARE },
        { arbitrary: fc.constant(manyOf(documents)), weight: 1 },
      ),
      queries: fc.array(query, { minLength: QUERIES, maxLength: QUERIES }),
    });
  }),
);

/** What the run was made of, so that one sees when it proves little. */
type Tally = { cases: number; found: number; refused: number };

describe('queries', () => {
  let memory: OpenStorage;
  let inProcess: OpenStorage;
  let throughPort: OpenStorage;
  beforeAll(() => {
    memory = openMemory();
    inProcess = openInProcess();
    throughPort = openThroughPort();
  });
  afterAll(async () => {
    for (const storage of [memory, inProcess, throughPort]) await storage.close();
  });

  it(`D2: random schemas, documents and queries answer what memory storage answers, in its order (seed ${SEED})`, async () => {
    const tally: Tally = { cases: 0, found: 0, refused: 0 };
    let run = 0;
    await fc.assert(
      fc.asyncProperty(situation, async ({ schema: generated, documents, queries }) => {
        run += 1;
        const schema = testSchema(generated);
        const reference = await memory.createInstance(schema, `run${run}`);
        const ours = await (run % PORT_SHARE === 0 ? throughPort : inProcess).createInstance(schema, `run${run}`);
        for (const rows of writesOf(documents)) {
          const errors = await Promise.all([reference, ours].map((instance) => instance.bulkWrite(rows, 'test')));
          expect(errors).toEqual([{ error: [] }, { error: [] }]);
        }
        for (const query of queries) await compare(schema, query, { reference, ours }, tally);
        await Promise.all([reference.remove(), ours.remove()]);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: process.env.PROPERTY_SHRINK === undefined },
    );
    const { cases, found, refused } = tally;
    console.log(
      `${cases} queries compared, ${found} with a result, ${refused} refused by memory storage; seed ${SEED}`,
    );
    expect(found).toBeGreaterThan(cases / 3);
  }, 1_200_000);
});

async function compare(
  schema: TestSchema,
  query: GeneratedQuery,
  { reference, ours }: { readonly reference: TestInstance; readonly ours: TestInstance },
  tally: Tally,
): Promise<void> {
  const ask = async (instance: TestInstance) => ({
    documents: await outcome(async () => (await instance.query(prepare(schema, toMango(query, true)))).documents),
    count: await outcome(async () => (await instance.count(prepare(schema, toMango(query, false)))).count),
  });
  const [expected, actual] = [await ask(reference), await ask(ours)];
  tally.cases += 1;
  // A query memory storage cannot run need not be refused here: its matcher throws only once it looks at a document.
  if (expected.documents === REFUSED || expected.count === REFUSED) {
    tally.refused += 1;
    return;
  }
  // First what one can read.
  const { properties, indexes } = schema;
  expect(inBrief(actual), JSON.stringify({ query, indexes, properties })).toEqual(inBrief(expected));
  expect(actual).toEqual(expected);
  if ((expected.documents as Fields[]).length > 0) tally.found += 1;
}

function inBrief({ documents, count }: { readonly documents: unknown; readonly count: unknown }) {
  return { ids: Array.isArray(documents) ? documents.map(({ id }) => id) : documents, count };
}

const REFUSED = 'refused';

/** The value as JSON, or that it was refused. */
async function outcome(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return plain(await work());
  } catch {
    return REFUSED;
  }
}
