import { claimDataDirectory } from './data-directory.ts';
import { openPglite } from './pglite.ts';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { openStore, type Store } from './store.ts';
import { type TransactionObserver, timed } from './timed.ts';

/** Where the register is kept: a folder for the embedded database, or the address of a PostgreSQL server. */
export type StorePlace = { readonly data: string } | { readonly databaseUrl: string };

/** How a PostgreSQL server is used; the embedded database has one connection and needs none of it. */
export type PoolOptions = Omit<PostgresOptions, 'connectionString' | 'onIdleError'>;

export const DEFAULT_POOL: PoolOptions = { poolSize: 10, statementTimeout: 60_000, idleInTransactionTimeout: 60_000 };

export type OpenOptions = {
  readonly pool?: PoolOptions;
  readonly onIdleError?: (error: Error) => void;
  readonly onTransaction?: TransactionObserver;
};

/** @throws AppError `STORE_ALREADY_OPEN`, `STORE_NEWER_VERSION` */
export async function openStoreAt(place: StorePlace, options: OpenOptions = {}): Promise<Store> {
  const database = await openDatabaseAt(place, options);
  try {
    return await openStore(options.onTransaction ? timed(database, options.onTransaction) : database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openDatabaseAt(place: StorePlace, { pool = DEFAULT_POOL, onIdleError = () => {} }: OpenOptions) {
  if ('databaseUrl' in place) return openPostgres({ ...pool, connectionString: place.databaseUrl, onIdleError });
  const directory = claimDataDirectory(place.data);
  try {
    const database = await openPglite(directory.database);
    return {
      ...database,
      async close() {
        await database.close();
        directory.release();
      },
    };
  } catch (error) {
    directory.release();
    throw error;
  }
}
