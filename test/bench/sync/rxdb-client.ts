import { randomUUID } from 'node:crypto';
import { createRxDatabase, type RxCollection, type WithDeleted } from 'rxdb';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { Asset } from '#shared/schema/asset.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import { edited } from './documents.ts';
import type { Client } from './protocol.ts';

/** What the server's pages end with; the client hands it back as it is. */
export type PullCheckpoint = { readonly seq?: number; readonly id?: string; readonly updatedAt?: string };

type Routes = {
  readonly pullAddress: (checkpoint: PullCheckpoint | undefined, limit: number) => string;
  readonly pushAddress: string;
  readonly headers?: Readonly<Record<string, string>>;
};

type PullPage = { readonly documents: WithDeleted<Asset>[]; readonly checkpoint: PullCheckpoint };

/** Milliseconds: the bench waits for the retries after every cut, and RxDB's own five seconds change no byte. */
const RETRY = 200;

/**
 * RxDB's HTTP replication as its documentation shows it, on its storage in memory, with its own sizes of batches. Without
 * the documentation's event stream, which would send every edit back to who made it: it is cheaper so.
 */
export async function openRxClient(routes: Routes): Promise<Client> {
  const database = await createRxDatabase({
    name: `bench-${randomUUID()}`,
    storage: getRxStorageMemory(),
    multiInstance: false,
  });
  const definition = COLLECTIONS.find(({ name }) => name === 'assets');
  if (!definition) throw new Error('There is no collection of assets');
  const { assets } = await database.addCollections({ assets: { schema: toRxSchema(definition) } });
  const collection: RxCollection<Asset> = assets;
  let replication: RxReplicationState<Asset, PullCheckpoint> | undefined;
  const start = async () => {
    replication = replicate(collection, routes);
    await replication.awaitInitialReplication();
    await replication.awaitInSync();
  };
  return {
    async catchUp() {
      if (!replication) return start();
      replication.reSync();
      await replication.awaitInSync();
    },
    async edit(documents, round) {
      const changed = documents.map((asset, index) => edited(asset, index, round));
      const { error } = await collection.bulkUpsert(changed);
      if (error.length > 0) throw new Error('RxDB refuses an edit');
    },
    async acknowledged() {
      await replication?.awaitInSync();
    },
    async disconnect() {
      await replication?.cancel();
    },
    connect: start,
    count: () => collection.count().exec(),
    async close() {
      await replication?.cancel();
      await database.close();
    },
  };
}

function replicate(
  collection: RxCollection<Asset>,
  { pullAddress, pushAddress, headers }: Routes,
): RxReplicationState<Asset, PullCheckpoint> {
  return replicateRxCollection<Asset, PullCheckpoint>({
    collection,
    replicationIdentifier: 'bench',
    live: true,
    waitForLeadership: false,
    retryTime: RETRY,
    pull: {
      async handler(checkpoint, limit) {
        const page: PullPage = await requestJson(pullAddress(checkpoint, limit), { ...(headers && { headers }) });
        return page;
      },
    },
    push: {
      handler: (rows) =>
        requestJson(pushAddress, {
          method: 'POST',
          headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify(rows),
        }),
    },
  });
}

async function requestJson<Body>(address: string, init: RequestInit): Promise<Body> {
  const response = await fetch(address, init);
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}
