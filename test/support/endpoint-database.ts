import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Database } from '../../server/store/database.ts';
import { DEFAULT_POOL } from '../../server/store/open-store.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { openPostgres } from '../../server/store/postgres.ts';

export type TestDatabase = {
  readonly name: 'PGlite' | 'PostgreSQL';
  /** An empty database of its own, gone once it is closed. */
  open(): Promise<Database>;
};

export const pglite: TestDatabase = { name: 'PGlite', open: () => openPglite() };

/** A database of its own on the PostgreSQL server of the tests, which several instances open. */
export type SharedDatabase = TestDatabase & {
  readonly url: string;
  drop(): Promise<void>;
};

async function createDatabase(server: string): Promise<SharedDatabase> {
  const administer = async (statement: string) => {
    const client = new Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const name = `registre_test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name}`);
  const place = new URL(server);
  place.pathname = `/${name}`;
  return {
    name: 'PostgreSQL',
    url: place.href,
    // Dropping the database cuts what the pool has not closed yet: nothing to report.
    open: async () => openPostgres({ ...DEFAULT_POOL, connectionString: place.href, onIdleError: () => {} }),
    drop: () => administer(`drop database if exists ${name} with (force)`),
  };
}

function postgres(server: string): TestDatabase {
  return {
    name: 'PostgreSQL',
    async open() {
      const shared = await createDatabase(server);
      const database = await shared.open();
      return {
        ...database,
        async close() {
          await database.close();
          await shared.drop();
        },
      };
    },
  };
}

const url = process.env.REGISTRE_TEST_POSTGRES_URL;

/** Every contract of the endpoint holds over each of these. PostgreSQL takes part where a server is given. */
export const DATABASES: readonly TestDatabase[] = url ? [pglite, postgres(url)] : [pglite];

/** For what only a server can do: several instances, its own tools. Absent where none is given. */
export const createSharedDatabase: (() => Promise<SharedDatabase>) | undefined = url
  ? () => createDatabase(url)
  : undefined;
