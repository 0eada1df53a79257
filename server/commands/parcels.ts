import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PartFile } from '#shared/parcels/parcel-file.ts';
import { MAX_PARCEL_FILE, type ParcelOutcome } from '#shared/protocol/parcels.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { loadEndpointKeys } from '../auth/endpoint-keys.ts';
import { makeAnswer } from '../parcels/answer.ts';
import { findDeviceId, readParcelDevice } from '../parcels/parcel-store.ts';
import { type ParcelContext, takeParcelFile } from '../parcels/take-parcel.ts';
import { compileCollections } from '../replication/collections.ts';
import { findMinistry } from '../store/enrolment.ts';
import { openStoreAt, type StorePlace } from '../store/open-store.ts';
import { asMinistry } from '../store/scope.ts';
import { UsageError } from '../usage-error.ts';

/** What became of one file that was given. */
export type TakenFile = Pick<ParcelOutcome, 'state' | 'problem' | 'missing'> & {
  readonly file: string;
  readonly answers: readonly string[];
};

/** Takes parcels of a stick or a mail in; writes the answers for their desktops into a folder (SPEC X5). */
export function takeParcels(
  place: StorePlace,
  { files, out }: { readonly files: readonly string[]; readonly out: string },
  onFile: (taken: TakenFile) => void,
): Promise<void> {
  return withContext(place, async (context) => {
    for (const path of files) {
      const taken = await takeParcelFile(context, read(path));
      const answer = 'answer' in taken ? (taken.answer ?? []) : [];
      onFile({
        file: basename(path),
        state: taken.state,
        ...('problem' in taken && { problem: taken.problem }),
        ...('missing' in taken && { missing: [...taken.missing] }),
        answers: await write(answer, out),
      });
    }
  });
}

/** News and receipts for one desktop, into a folder (SPEC X6). @throws UsageError: no such desktop, or one without keys */
export function writeNews(
  place: StorePlace,
  input: { readonly ministry: string; readonly device: string; readonly after?: number; readonly out: string },
): Promise<readonly string[]> {
  return withContext(place, async (context) => {
    const { database } = context.store;
    const ministry = await findMinistry(database, input.ministry);
    if (!ministry) throw new UsageError(`There is no ministry ${input.ministry}`);
    const device = await asMinistry(database, ministry.id, async (connection) => {
      const id = await findDeviceId(connection, ministry.id, input.device);
      return id && readParcelDevice(connection, { ministryId: ministry.id, id });
    });
    if (!device) throw new UsageError(`There is no desktop ${input.device} in ${ministry.acronym}`);
    if (!device.keys) throw new UsageError(`The desktop ${input.device} has told no keys: connect it once`);
    return write(await makeAnswer(context, device, input.after === undefined ? {} : { after: input.after }), input.out);
  });
}

function read(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= MAX_PARCEL_FILE) return bytes;
  } catch (cause) {
    throw new UsageError(`${basename(path)} cannot be read`, { cause });
  }
  throw new UsageError(`${basename(path)} is too large for a parcel`);
}

/** A file has its name only once it is whole: sticks are pulled out. */
async function write(files: readonly PartFile[], folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) {
    const path = join(folder, name);
    await writeFile(`${path}.part`, bytes, { flush: true });
    renameSync(`${path}.part`, path);
  }
  return files.map(({ name }) => name);
}

async function withContext<T>(place: StorePlace, work: (context: ParcelContext) => Promise<T>): Promise<T> {
  const store = await openStoreAt(place);
  try {
    const keys = await loadEndpointKeys(store.database);
    return await work({ store, keys, collections: compileCollections(COLLECTIONS), clock: () => new Date() });
  } finally {
    await store.close();
  }
}
