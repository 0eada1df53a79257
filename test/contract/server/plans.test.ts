import type { Connection } from '../../../server/store/database.ts';
import { lockSequence, readAfter, readMasters, readReferenceHolders } from '../../../server/store/documents.ts';
import { asMinistry } from '../../../server/store/scope.ts';
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
});
