import { MessageChannel } from 'node:worker_threads';
import { createRxDatabase, type RxJsonSchema, randomToken } from 'rxdb';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import { DataPortHost } from '../../electron/data/port/data-port-host.ts';
import type { RegisterService } from '../../electron/data/service.ts';
import { DataChannel } from '../../renderer/store/data-channel.ts';
import type { RegisterCollections, RegisterDatabase } from '../../renderer/store/database.ts';
import { getRxStorageRemote } from '../../renderer/store/remote-storage.ts';
import { toChannelPort } from './storage.ts';

/** A window of the application without its screens: its channel and its database on a real port of the service. */
export type TestWindow = { readonly channel: DataChannel; readonly database: RegisterDatabase; close(): Promise<void> };

/** What two windows at once make do with: RxDB's open edition counts the collections of a process, and here both are in one. */
export const FEW: readonly CollectionName[] = ['structures', 'sites', 'references', 'assets', 'movements'];

/** `only` leaves the other collections out. */
export async function openWindow(service: RegisterService, only?: readonly CollectionName[]): Promise<TestWindow> {
  const { port1, port2 } = new MessageChannel();
  const host = new DataPortHost(port1, service);
  const channel = new DataChannel(toChannelPort(port2));
  const database = await openDatabase(channel, only);
  return {
    channel,
    database,
    async close() {
      await database.close();
      channel.close();
      host.close();
    },
  };
}

/** As a window does it, under a name of its own: here several live in one process. */
async function openDatabase(channel: DataChannel, only?: readonly CollectionName[]): Promise<RegisterDatabase> {
  const database = await createRxDatabase<RegisterCollections>({
    name: `window-${randomToken(10)}`,
    storage: getRxStorageRemote({ channel }),
    multiInstance: false,
    eventReduce: true,
    allowSlowCount: true,
  });
  const wanted = COLLECTIONS.filter(({ name }) => only?.includes(name) ?? true);
  const definitions = wanted.map((definition) => [
    definition.name,
    // RxDB's schema type is mutable and generic over the document; the plain data is the same.
    { schema: structuredClone(toRxSchema(definition)) as unknown as RxJsonSchema<unknown> },
  ]);
  await database.addCollections(Object.fromEntries(definitions));
  return database;
}
