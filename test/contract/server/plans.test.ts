import type { Connection, Database } from '../../../server/store/database.ts';
import { lockSequence, readAfter, readMasters, readReferenceHolders } from '../../../server/store/documents.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { findTwinsInside } from '../../../server/store/twins.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';

describe.each(DATABASES)('plans over $name', (database) => {
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database, demonstration: 'full' });
  });
  afterAll(() => endpoint.stop());

  /** The plans of the statements that `work` runs, instead of their rows. */
  async function explain(work: (connection: Connection) => Promise<unknown>): Promise<string> {
    const plans: string[] = [];
    await asMinistry(endpoint.store.database, endpoint.ministry.id, (connection) =>
      work({
        ...connection,
        async query(text, parameters) {
          const lines = await connection.query(`explain ${text}`, parameters);
          plans.push(lines.map((line) => String(line['QUERY PLAN'])).join('\n'));
          return [{ last_seq: 0 }];
        },
      }),
    );
    return plans.join('\n');
  }

  /** As `explain`, for what opens its transactions itself: only who they act for is really said. */
  async function explainAll(work: (database: Database) => Promise<unknown>): Promise<string> {
    const plans: string[] = [];
    const { database: real } = endpoint.store;
    await work({
      ...real,
      transaction: (inside) =>
        real.transaction((connection) =>
          inside({
            ...connection,
            async query(text, parameters) {
              if (text.startsWith('select set_config')) return connection.query(text, parameters);
              const lines = await connection.query(`explain ${text}`, parameters);
              plans.push(lines.map((line) => String(line['QUERY PLAN'])).join('\n'));
              return [];
            },
          }),
        ),
    });
    return plans.join('\n');
  }

  it('a page, the masters of a push and the sequence are read along an index, before any statistics exist', async () => {
    const ministryId = endpoint.ministry.id;
    const keys = Array.from({ length: 500 }, (_, index) => ({ collection: 'assets', id: String(index) }));
    const plan = await explain(async (connection) => {
      await lockSequence(connection, ministryId);
      await readMasters(connection, ministryId, keys);
      await readReferenceHolders(
        connection,
        ministryId,
        Array.from({ length: 500 }, (_, index) => `MND-${index}`),
      );
      await readAfter(connection, { ministryId, seq: 0, limit: 1000 });
      await readAfter(connection, { ministryId, seq: 4000, limit: 1000, collection: 'sites' });
    });
    expect(plan).toContain('documents_pkey');
    expect(plan).toContain('documents_by_seq');
    expect(plan).toContain('documents_by_reference');
    // By the whole key: with the ministry alone each pushed row would be compared with all of the ministry.
    expect(plan).toMatch(/Index Cond: .*collection = k\.collection.*id = k\.id/);
    expect(plan).toMatch(/Index Cond: .*reference = k\.reference/);
    expect(plan).not.toMatch(/Sort|Hash|Merge|Bitmap|Seq Scan|Join Filter|Materialize|JIT/);
  });

  it('V2: twins are looked for one by one along an index, before any statistics exist', async () => {
    const ministryId = endpoint.ministry.id;
    const ids = Array.from({ length: 500 }, (_, index) => String(index));
    const plan = await explainAll((store) => findTwinsInside(store, ministryId, ids));
    expect(plan).toContain('documents_by_serial');
    expect(plan).toContain('documents_by_inventory');
    // By the whole key: with the ministry alone all of its assets were read for each five hundred.
    expect(plan).toMatch(/Index Cond: .*collection = 'assets'.*id = k\.id/);
    expect(plan).not.toMatch(/Sort|Hash|Merge|Bitmap|Seq Scan|Join Filter|Materialize|JIT/);
  });
});
