import type { WireDocument } from '#shared/protocol/replication.ts';
import type { StoredDocument } from '../storage/table-schema.ts';

/** A stored document as it travels: RxDB's own bookkeeping stays on the desktop. */
export function toWire(document: StoredDocument): WireDocument {
  const { _rev, _meta, _attachments, ...wire } = document;
  return wire as WireDocument; // every collection has `id` as its key, and the store completes `_deleted`
}
