import { randomBytes } from 'node:crypto';
import type { Role } from '#shared/domain/roles.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import type { Structure } from '#shared/schema/structure.ts';
import { hashSecret } from './auth/token.ts';
import type { Clock, Context } from './context.ts';
import {
  DEMONSTRATION_AUTHOR,
  DEMONSTRATION_DEVICE,
  DEMONSTRATION_MINISTRY,
  demonstrationDocuments,
} from './demonstration/index.ts';
import { deterministicId } from './reference/deterministic-id.ts';
import { referenceDocuments, type SeedDocument } from './reference/reference-documents.ts';
import { compileCollections } from './replication/collections.ts';
import { pushRows } from './replication/push.ts';
import { type Database, joinTransaction } from './store/database.ts';
import { readMasters } from './store/documents.ts';
import { addDevice, addMinistry, addPerson, type EnrolledDevice, type Ministry } from './store/enrolment.ts';
import { asMinistry } from './store/scope.ts';
import { openStore, type Store } from './store/store.ts';

export type Demonstration = 'full' | 'empty';
export type OnProgress = (step: string, done: number, total: number) => void;

/** Assets of the demonstration register. */
const SIZE = 2000;
const BATCH = 500;
/** Who may write structures, sites and references. */
const LIST_KEEPER: Role = 'administrateur';
/** The `gestionnaire` who is the author in the journal of the demonstration. */
const DEVICE = {
  id: DEMONSTRATION_DEVICE.id,
  ministryId: DEMONSTRATION_MINISTRY.id,
  personId: DEMONSTRATION_AUTHOR.personId,
  role: DEMONSTRATION_AUTHOR.role,
} as const;

/**
 * Makes the demonstration ministry and its rows, through the checks and the transaction that any device's rows pass.
 * Ids are the same every time: what is there already stays as it is now, a seeding that was cut short is completed.
 */
export async function seedDemonstration(
  store: Store,
  kind: Demonstration,
  clock: Clock,
  onProgress: OnProgress,
): Promise<void> {
  await addMinistry(store.database, DEMONSTRATION_MINISTRY);
  await addTakeOver(store, DEVICE, clock(), TAKE_OVER);
  const documents = [...seedDocuments(kind)];
  if (await isSeeded(store, documents)) return;
  await pushAll({ store, clock }, DEVICE, documents, onProgress);
}

/** Adds a ministry with what it starts with: both or neither, so that a cut leaves no ministry without its lists. */
export async function addMinistryWithLists(database: Database, ministry: Ministry, clock: Clock): Promise<void> {
  await database.transaction(async (connection) => {
    const joined = joinTransaction(connection);
    const store = await openStore(joined);
    await addMinistry(joined, ministry);
    await seedLists(store, ministry, clock);
  });
}

/**
 * The territory, the types, the institutions and the root of the ministry's own tree, without which no asset has a place;
 * written by a pseudo device of the ministry's own.
 */
async function seedLists(store: Store, { id: ministryId, acronym, name }: Ministry, clock: Clock): Promise<void> {
  const device = {
    id: deterministicId(ministryId, 'device', 'lists'),
    personId: deterministicId(ministryId, 'person', 'lists'),
    ministryId,
    role: LIST_KEEPER,
  };
  await addTakeOver(store, device, clock(), LISTS);
  const root: Structure = {
    id: deterministicId(ministryId, 'structure', 'root'),
    ministryId,
    kind: 'ministry',
    name,
    acronym,
  };
  const documents: SeedDocument[] = [
    ...referenceDocuments(ministryId),
    { collection: 'structures', document: { ...root, _deleted: false } },
  ];
  await pushAll({ store, clock }, device, documents, () => {});
}

/** Territory and types, then the rest of the ministry's lists, then assets with their journal. */
export function* seedDocuments(kind: Demonstration): Generator<SeedDocument> {
  const { id: ministryId } = DEMONSTRATION_MINISTRY;
  yield* referenceDocuments(ministryId);
  yield* demonstrationDocuments({ ministryId, size: kind === 'full' ? SIZE : 0 });
}

const TAKE_OVER = {
  person: DEMONSTRATION_AUTHOR.name,
  device: 'ASIN / reprise',
  code: DEMONSTRATION_DEVICE.code,
} as const;
const LISTS = { person: 'Listes de référence', device: 'Listes de référence', code: 'REF' } as const;

/** The pseudo device that writes what is there from the start, and its author. Nobody holds its token. */
async function addTakeOver(
  store: Store,
  device: EnrolledDevice,
  now: Date,
  names: { readonly person: string; readonly device: string; readonly code: string },
): Promise<void> {
  const { ministryId, id, personId, role } = device;
  const tokenHash = hashSecret(randomBytes(32).toString('base64url'));
  await asMinistry(store.database, ministryId, async (connection) => {
    await addPerson(connection, ministryId, { id: personId, name: names.person, role }, now);
    const { code, device: name } = names;
    await addDevice(connection, ministryId, { id, code, name, personId, tokenHash }, now);
  });
}

/** Batches are committed in order: with the last row, all are there. */
async function isSeeded(store: Store, documents: readonly SeedDocument[]): Promise<boolean> {
  const last = documents.at(-1);
  if (!last) return true;
  const key = { collection: last.collection, id: last.document.id };
  const found = await asMinistry(store.database, DEVICE.ministryId, (connection) =>
    readMasters(connection, DEVICE.ministryId, [key]),
  );
  return found.length > 0;
}

/** @throws Error when a row of the program's own is refused: generator and schemas disagree */
async function pushAll(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  device: EnrolledDevice,
  documents: readonly SeedDocument[],
  onProgress: OnProgress,
): Promise<void> {
  const context = { store, clock, collections: compileCollections(COLLECTIONS) };
  let done = 0;
  for (const batch of cutIntoBatches(documents)) {
    onProgress('demonstration', done, documents.length);
    const rows = batch.map(({ collection, document }) => ({ collection, row: { newDocumentState: document } }));
    const outcomes = await pushRows(context, isList(batch[0]) ? { ...device, role: LIST_KEEPER } : device, rows);
    const refused = outcomes.find((outcome) => outcome.outcome === 'refused');
    if (refused) throw new Error(`A seeded row is refused: ${refused.field ?? ''} ${refused.reason}`);
    done += batch.length;
  }
  onProgress('demonstration', documents.length, documents.length);
}

/** The lists come first; no batch holds both lists and assets, as they are not written by the same role (SPEC A7). */
function* cutIntoBatches(documents: readonly SeedDocument[]): Generator<readonly SeedDocument[]> {
  for (const rows of [documents.filter(isList), documents.filter((document) => !isList(document))]) {
    for (let start = 0; start < rows.length; start += BATCH) yield rows.slice(start, start + BATCH);
  }
}

function isList(document: SeedDocument | undefined): boolean {
  return document?.collection !== 'assets' && document?.collection !== 'movements';
}
