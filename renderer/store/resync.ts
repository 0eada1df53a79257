import { type EventBulk, type RxDocumentData, type RxStorageChangeEvent, randomToken } from 'rxdb';

/**
 * RxDB keeps the last 100 events per collection; a live query that finds its place no longer among them runs again.
 * @see ChangeEventBuffer in rxdb
 */
const EVENT_BUFFER = 100;

/**
 * The event bulks that bring a collection up to date after events were missed. What a document was before is not known, so
 * RxDB must not compute from these events: the first bulk carries the new states, the second repeats its last event until
 * every live query and count has lost its place and runs again.
 */
export function resyncBulks<RxDocType, Checkpoint>(
  documents: readonly RxDocumentData<RxDocType>[],
  primaryPath: string,
  checkpoint: Checkpoint,
): readonly EventBulk<RxStorageChangeEvent<RxDocType>, Checkpoint>[] {
  const events = documents.map((document) => toEvent(document, primaryPath));
  if (events.length === 0) return [];
  const told = { id: randomToken(12), events, checkpoint, context: 'resync' };
  return [told, ...forgetfulBulks(told)];
}

/** After these every live query has lost its place and runs again: the last event of a bulk, again and again. */
export function forgetfulBulks<Event extends object, Checkpoint>(
  bulk: EventBulk<Event, Checkpoint>,
): readonly EventBulk<Event, Checkpoint>[] {
  const last = bulk.events.at(-1);
  if (!last) return [];
  const events = Array.from({ length: EVENT_BUFFER + 1 }, () => ({ ...last }));
  return [{ id: randomToken(12), events, checkpoint: bulk.checkpoint, context: 'resync' }];
}

function toEvent<RxDocType>(document: RxDocumentData<RxDocType>, primaryPath: string): RxStorageChangeEvent<RxDocType> {
  const documentId = String(Reflect.get(document, primaryPath));
  if (document._deleted)
    return { documentId, operation: 'DELETE', documentData: document, previousDocumentData: document };
  return { documentId, operation: 'INSERT', documentData: document, previousDocumentData: undefined };
}
