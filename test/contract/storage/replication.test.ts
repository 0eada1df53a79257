import {
  awaitRxStorageReplicationInSync,
  cancelRxStorageReplication,
  defaultConflictHandler,
  defaultHashSha256,
  getRxReplicationMetaInstanceSchema,
  type RxStorageInstanceReplicationInput,
  replicateRxStorageInstance,
  rxStorageInstanceToReplicationHandler,
} from 'rxdb';
import { describe, expect, it, vi } from 'vitest';
import { randomOf } from '../../support/random.ts';
import {
  type Fields,
  IMPLEMENTATIONS,
  openMemory,
  plain,
  prepare,
  type TestInstance,
  type TestSchema,
} from '../../support/storage.ts';
import { PERSONS, writeSomething } from '../../support/storage-contract.ts';

const SEED = Number(process.env.REPLICATION_SEED ?? Date.now() % 2 ** 31);
const WRITES = 120;

/** The documents as they replicate: without what each storage keeps for itself. */
async function state(instance: TestInstance): Promise<Fields[]> {
  const { documents } = await instance.query(prepare(PERSONS, { sort: [{ id: 'asc' }] }));
  return documents.map(({ _rev, _meta, _attachments, ...fields }) => plain(fields));
}

// RxDB's own protocol is the hardest user of a storage: it lives from checkpoints, events and conflicts.
describe.each(IMPLEMENTATIONS)("RxDB's replication protocol, $name", ({ open }) => {
  it.each(['fork', 'master'])(`D1, D3: as %s, both sides write and end equal (seed ${SEED})`, async (role) => {
    const storages = [open(), openMemory()];
    const [ours, other] = await Promise.all(storages.map((storage) => storage.createInstance(PERSONS)));
    if (!ours || !other) throw new Error('no instance');
    const [fork, master] = role === 'fork' ? [ours, other] : [other, ours];
    const metaSchema = getRxReplicationMetaInstanceSchema<Fields, unknown>(PERSONS, false);
    // The storages of these tests take any schema.
    const meta = await storages[0]?.createInstance(metaSchema as unknown as TestSchema, 'meta');
    const replication = replicateRxStorageInstance<Fields>({
      identifier: 'test',
      pullBatchSize: 7,
      pushBatchSize: 7,
      conflictHandler: defaultConflictHandler,
      forkInstance: fork,
      metaInstance: meta as unknown as RxStorageInstanceReplicationInput<Fields>['metaInstance'], // as its schema
      hashFunction: defaultHashSha256,
      skipStoringPullMeta: false,
      replicationHandler: rxStorageInstanceToReplicationHandler(master, defaultConflictHandler, 'token'),
    });
    const errors: unknown[] = [];
    replication.events.error.subscribe((error) => errors.push(error));
    const random = randomOf(SEED);
    for (let count = 0; count < WRITES; count += 1) await writeSomething(count % 3 ? fork : master, random, count);
    await awaitRxStorageReplicationInSync(replication);
    await vi.waitFor(async () => expect(await state(ours)).toEqual(await state(other)), { timeout: 20_000 });
    expect((await state(ours)).length).toBeGreaterThan(10);
    expect(errors).toEqual([]);
    await cancelRxStorageReplication(replication);
    for (const storage of storages) await storage.close();
  });
});
