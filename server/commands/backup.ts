import { backUpFolder, restoreFolder } from '../backup/embedded.ts';
import { backUpServer, restoreServer } from '../backup/server.ts';
import { openNextEpoch } from '../store/epoch.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';

/** @returns bytes of the file */
export function backUp(place: StorePlace, file: string): Promise<number> {
  return 'data' in place ? backUpFolder(place.data, file) : backUpServer(place.databaseUrl, file);
}

/** Brings a backup into an empty place, up to this program's version, and opens the next epoch (SPEC S19). */
export async function restore(place: StorePlace, file: string): Promise<void> {
  if ('data' in place) await restoreFolder(place.data, file);
  else await restoreServer(place.databaseUrl, file);
  const store = await openStoreAt(place);
  try {
    await openNextEpoch(store.database);
  } finally {
    await store.close();
  }
}
