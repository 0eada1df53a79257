import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Database } from '../../server/store/database.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { openPostgres } from '../../server/store/postgres.ts';

export type TestDatabase = {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** An empty database of its own, gone once it is closed. */
  open(): Promise<Database>;
};

export const pglite: TestDatabase = { name: 'PGlite', open: () => openPglite() };

function postgres(url: string): TestDatabase {
  const administer = async (statement: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  return {
    name: 'PostgreSQL',
    async open() {
      const name = `registre_test_${randomBytes(6).toString('hex')}`;
      await administer(`create database ${name}`);
      const place = new URL(url);
      place.pathname = `/${name}`;
      // Dropping the database cuts what the pool has not closed yet: nothing to report.
      const database = openPostgres({ connectionString: place.href, poolSize: 10, onIdleError: () => {} });
      return {
        ...database,
        async close() {
          await database.close();
          await administer(`drop database ${name} with (force)`);
        },
      };
    },
  };
}

const url = process.env.REGISTRE_TEST_POSTGRES_URL;

/** Every contract of the endpoint holds over each of these. PostgreSQL takes part where a server is given. */
export const DATABASES: readonly TestDatabase[] = url ? [pglite, postgres(url)] : [pglite];
