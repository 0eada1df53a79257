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
import type { Store } from '../store/store.ts';
import { UsageError } from '../usage-error.ts';

type Asked = { readonly ministry: string; readonly device: string };
type Written = { readonly seq: number; readonly rows: number; readonly bytes: number };

/** Writes a ministry's snapshot for one of its devices to a file, which has its name only once it is whole. */
export async function writeSnapshot(
  place: StorePlace,
  { out, ...asked }: Asked & { readonly out: string },
): Promise<Written> {
  const store = await openStoreAt(place);
  try {
    const { sealed, ...written } = await sealSnapshot(store, asked);
    await writeWhole(out, sealed);
    return { ...written, bytes: sealed.length };
  } finally {
    await store.close();
  }
}

/**
 * The snapshot, sealed to the device: whoever finds the stick reads nothing (SPEC S20, X6).
 * @throws UsageError where the ministry, the device or its key is unknown
 */
export async function sealSnapshot(
  store: Store,
  { ministry: name, device: code }: Asked,
): Promise<Omit<Written, 'bytes'> & { readonly sealed: Uint8Array }> {
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
  return { seq: snapshot.seq, rows: snapshot.rows, sealed };
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
