import { open, rename } from 'node:fs/promises';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { seal } from '#shared/sealing/seal.ts';
import { loadEndpointKeys } from '../auth/endpoint-keys.ts';
import { compileCollections } from '../replication/collections.ts';
import { findOrMakeSnapshot } from '../snapshot/find.ts';
import { readWholeSnapshot } from '../snapshot/serve.ts';
import { findSealingKey } from '../store/device-keys.ts';
import { findMinistry } from '../store/enrolment.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';
import { asMinistry } from '../store/scope.ts';
import { UsageError } from '../usage-error.ts';

type Written = { readonly seq: number; readonly rows: number; readonly bytes: number };

/**
 * Writes a ministry's snapshot for one of its devices to a file, sealed to that device: whoever finds the stick reads
 * nothing (SPEC S20, X6). The file has its name only once it is whole.
 * @throws UsageError where the ministry, the device or its key is unknown
 */
export async function writeSnapshot(
  place: StorePlace,
  { ministry: name, device: code, out }: { readonly ministry: string; readonly device: string; readonly out: string },
): Promise<Written> {
  const store = await openStoreAt(place);
  try {
    const ministry = await findMinistry(store.database, name);
    if (!ministry) throw new UsageError(`There is no ministry ${name}`);
    const key = await asMinistry(store.database, ministry.id, (connection) =>
      findSealingKey(connection, { ministryId: ministry.id, code }),
    );
    if (!key) throw new UsageError(`${ministry.acronym} has no device ${code} with a key to seal to`);
    const keys = await loadEndpointKeys(store.database);
    const maker = { store, keys, collections: compileCollections(COLLECTIONS), clock: () => new Date() };
    const snapshot = await findOrMakeSnapshot(maker, ministry.id, { patience: Number.POSITIVE_INFINITY, minimum: 1 });
    if (!snapshot || snapshot === 'pending') throw new UsageError(`${ministry.acronym} has no rows yet`);
    const sealed = await seal(await readWholeSnapshot({ store }, ministry.id, snapshot), key);
    await writeWhole(out, sealed);
    return { seq: snapshot.seq, rows: snapshot.rows, bytes: sealed.length };
  } finally {
    await store.close();
  }
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  const file = await open(part, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}
