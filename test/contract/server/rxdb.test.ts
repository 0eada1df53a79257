import { addRxPlugin, createRxDatabase, type RxCollection, randomToken, type WithDeleted } from 'rxdb';
import { disableWarnings, RxDBDevModePlugin } from 'rxdb/plugins/dev-mode';
import { RxDBLocalDocumentsPlugin } from 'rxdb/plugins/local-documents';
import { type RxReplicationState, replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { runReplicationBaseTestSuite, schemas, setConfig } from 'rxdb/plugins/test-utils';
import { wrappedValidateAjvStorage } from 'rxdb/plugins/validate-ajv';
import { Subject } from 'rxjs';
import { Type } from 'typebox';
import type { Asset } from '#shared/schema/asset.ts';
import { assets } from '#shared/schema/asset.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import type { ServedCollection } from '../../../server/replication/collections.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { makeAsset } from '../../support/endpoint-documents.ts';
import { type EventStream, openStream } from '../../support/endpoint-stream.ts';

type Checkpoint = { readonly seq: number };

/** The collection of RxDB's own suites: another primary key, no ministry, rows that may be deleted. */
const humans: ServedCollection = {
  name: 'humans',
  version: 0,
  primaryKey: 'passportId',
  document: Type.Object(
    Object.fromEntries(Object.entries(schemas.human.properties).map(([name, schema]) => [name, Type.Unsafe(schema)])),
    { additionalProperties: false },
  ),
  indexes: [],
  appendOnly: false,
  deletable: true,
};

/** A stock client as RxDB's documentation writes it: plain `replicateRxCollection` on HTTP, woken by the stream. */
async function replicate<Document>(
  collection: RxCollection<Document>,
  device: TestDevice,
  { name, address, live = true }: { readonly name: string; readonly address?: string; readonly live?: boolean },
): Promise<{ state: RxReplicationState<Document, Checkpoint>; stream: EventStream | undefined }> {
  const pullStream$ = new Subject<'RESYNC'>();
  const state = replicateRxCollection<Document, Checkpoint>({
    collection,
    replicationIdentifier: `test-${device.ministry.id}-${name}`,
    live,
    retryTime: 100,
    pull: {
      batchSize: 20,
      stream$: pullStream$,
      async handler(checkpoint, limit) {
        const { body } = await device.pull<{ documents: WithDeleted<Document>[]; checkpoint: Checkpoint }>(
          name,
          `?seq=${checkpoint?.seq ?? 0}&limit=${limit}`,
        );
        return body;
      },
    },
    push: {
      batchSize: 20,
      async handler(rows) {
        const { status, body } = await device.push<WithDeleted<Document>[]>(name, rows);
        if (status !== 200) throw new Error(JSON.stringify(body));
        return body;
      },
    },
  });
  const stream = address ? await openStream(address, device.token, () => pullStream$.next('RESYNC')) : undefined;
  return { state, stream };
}

// The suite opens databases with options that RxDB takes in its development mode only, and that mode wants a validator.
disableWarnings();
addRxPlugin(RxDBDevModePlugin);
addRxPlugin(RxDBLocalDocumentsPlugin);
const storage = wrappedValidateAjvStorage({ storage: getRxStorageMemory() });

setConfig({
  storage: {
    name: 'memory',
    getStorage: () => storage,
    getPerformanceStorage: () => ({ storage, description: 'memory' }),
    hasPersistence: false,
    hasMultiInstance: false,
    hasAttachments: false,
    hasReplication: true,
  },
});

describe.each(DATABASES)("RxDB's replication over $name", (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;
  const streams: EventStream[] = [];

  beforeAll(async () => {
    endpoint = await startEndpoint({ database, collections: [humans, assets] });
    device = await endpoint.enrol();
  });
  afterAll(async () => {
    for (const stream of streams) stream.close();
    await endpoint.stop();
  });

  async function start<Document>(collection: RxCollection<Document>, name: string, by = device) {
    const { state, stream } = await replicate(collection, by, { name, address: endpoint.address });
    if (stream) streams.push(stream);
    return state;
  }

  runReplicationBaseTestSuite({
    startReplication: (collection) => start(collection, 'humans'),
    async syncOnce(collection) {
      const { state } = await replicate(collection, device, { name: 'humans', live: false });
      await state.awaitInitialReplication();
    },
    async getAllServerDocs() {
      const rows = await endpoint.documents(device.ministry.id);
      return rows.map(({ body, isDeleted }) => ({ ...body, _deleted: isDeleted }));
    },
    // A ministry of its own is as clean as it gets.
    async cleanUpServer() {
      device = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    },
    softDeletes: true,
    isDeleted: (document) => document._deleted,
    getPrimaryOfServerDoc: (document) => document.passportId,
  });

  async function openAssets() {
    const rxdb = await createRxDatabase({ name: randomToken(10), storage, multiInstance: false });
    const collections = await rxdb.addCollections({ assets: { schema: toRxSchema(assets) } });
    return collections.assets as RxCollection<Asset>;
  }

  it("a stock client with the register's own collection sends its assets and receives those of another, live", async () => {
    const ministry = await endpoint.addMinistry();
    const [one, two] = [await endpoint.enrol(ministry.acronym), await endpoint.enrol(ministry.acronym)];
    const [left, right] = [await openAssets(), await openAssets()];
    const states = [await start(left, 'assets', one), await start(right, 'assets', two)];
    const errors: unknown[] = [];
    for (const state of states) {
      state.error$.subscribe((error) => errors.push(error));
      await state.awaitInitialReplication();
    }

    const drafts = Array.from({ length: 45 }, () => {
      const { _deleted, ...asset } = makeAsset(one);
      return asset as unknown as Asset;
    });
    await left.bulkInsert(drafts);
    await vi.waitFor(async () => expect(await right.count().exec()).toBe(45), { timeout: 10_000 });

    const id = drafts[0]?.id ?? '';
    await (await right.findOne(id).exec(true)).incrementalPatch({ brand: 'HP' });
    await vi.waitFor(async () => expect((await left.findOne(id).exec(true)).brand).toBe('HP'), { timeout: 10_000 });

    const rows = await endpoint.documents(ministry.id);
    expect(rows).toHaveLength(45);
    expect(rows.at(-1)).toMatchObject({ id, seq: 46, body: { brand: 'HP' } });
    expect(errors).toEqual([]);
    await Promise.all([left.database.close(), right.database.close()]);
  });

  it('S8: a row that the endpoint refuses is reported by a stock client and stays on it', async () => {
    const ministry = await endpoint.addMinistry();
    const reader = await endpoint.enrol(ministry.acronym, 'consultation');
    const collection = await openAssets();
    const { _deleted, ...asset } = makeAsset(reader);
    await collection.insert(asset as unknown as Asset);
    const state = await start(collection, 'assets', reader);
    const error = await new Promise((resolve) => {
      state.error$.subscribe(resolve);
    });
    expect(JSON.stringify(error)).toContain('may not write');
    expect(await collection.count().exec()).toBe(1);
    expect(await endpoint.documents(ministry.id)).toEqual([]);
    await collection.database.close();
  });
});
