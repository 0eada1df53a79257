import { attachmentsUnsupported, type StoredDocument } from './table-schema.ts';

/** What a row holds of its document; besides, it has its place (`seq`), its key (`id`) and how odd it is. */
export type DocumentRow = {
  readonly deleted: number;
  /** Time of the last write, milliseconds. */
  readonly lwt: number;
  /** The whole document as JSON, as it crosses to a window. */
  readonly body: string;
};

/** @throws AppError STORE_ATTACHMENTS_UNSUPPORTED (SPEC D4) */
export function toRow(document: StoredDocument): DocumentRow {
  const { _deleted, _meta, _attachments } = document;
  if (_attachments && Object.keys(_attachments).length > 0) throw attachmentsUnsupported();
  return { deleted: _deleted ? 1 : 0, lwt: _meta.lwt, body: JSON.stringify(document) };
}

export function parseDocument(body: string): StoredDocument {
  // Written by `toRow` from a stored document.
  return JSON.parse(body) as StoredDocument;
}

/** A list of documents as JSON in UTF-8. */
export type Json = Uint8Array<ArrayBuffer>;

/** SQL of one value, the `body` of all rows as `Json`: for a window no document becomes an object or a text here. */
export const JSON_OF_ROWS = `CAST('[' || coalesce(group_concat(body), '') || ']' AS BLOB)`;

export function toJson(documents: readonly StoredDocument[]): Json {
  return new TextEncoder().encode(JSON.stringify(documents));
}

/** Documents of one part: enough for a page, few enough for a window to parse one while the next is made. */
const PART = 200;

export function* inParts<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let begin = 0; begin < list.length; begin += PART) yield list.slice(begin, begin + PART);
}
