import { claimDataDirectory } from './data-directory.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { openStore, type Store } from './store.ts';

/** Where the register is kept: a folder for the embedded database, or the address of a PostgreSQL server. */
export type StorePlace = { readonly data: string } | { readonly databaseUrl: string };

const POOL_SIZE = 10;

/** @throws AppError `STORE_ALREADY_OPEN`, `STORE_NEWER_VERSION` */
export async function openStoreAt(place: StorePlace, onIdleError: (error: Error) => void = () => {}): Promise<Store> {
  if ('databaseUrl' in place) {
    return openStore(openPostgres({ connectionString: place.databaseUrl, poolSize: POOL_SIZE, onIdleError }));
  }
  const directory = claimDataDirectory(place.data);
  try {
    const database = await openPglite(directory.database);
    return await openStore({
      ...database,
      async close() {
        await database.close();
        directory.release();
      },
    });
  } catch (error) {
    directory.release();
    throw error;
  }
}
