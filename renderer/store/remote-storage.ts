import { INTERNAL_STORAGE_NAME, RXDB_VERSION, type RxStorage, type RxStorageInstanceCreationParams } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { DataChannel } from './data-channel.ts';
import { RemoteStorageInstance } from './remote-storage-instance.ts';

/** RxDB asks for both as type parameters; this storage has neither. */
export type NoInternals = Readonly<Record<string, never>>;

/**
 * The `RxStorage` of a window: every collection is read in the data process, over its port.
 *
 * RxDB's own bookkeeping (`_rxdb_internal`: which collections exist, with which schema) lives in the window's memory: a
 * window never writes documents (SPEC A1, P3), and the data process makes the tables by itself.
 */
export function getRxStorageRemote(options: { readonly channel: DataChannel }): RxStorage<unknown, NoInternals> {
  const memory = getRxStorageMemory();
  return {
    name: 'registre-remote',
    rxdbVersion: RXDB_VERSION,
    createStorageInstance<RxDocType>(params: RxStorageInstanceCreationParams<RxDocType, NoInternals>) {
      if (params.collectionName === INTERNAL_STORAGE_NAME) return memory.createStorageInstance<RxDocType>(params);
      return RemoteStorageInstance.open<RxDocType>(options.channel, params);
    },
  };
}
