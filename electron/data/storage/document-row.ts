import { attachmentsUnsupported, type StoredDocument } from './table-schema.ts';

/** The columns a document is read back from. */
export type DocumentRow = {
  readonly rev: string;
  readonly deleted: number;
  readonly lwt: number;
  /** JSON of what `_meta` holds besides `lwt`, or null. */
  readonly meta: string | null;
  /** JSON of the document without RxDB's own fields. */
  readonly body: string;
};

export const ROW_COLUMNS = 'rev, deleted, lwt, meta, body';

/** @throws AppError STORE_ATTACHMENTS_UNSUPPORTED (SPEC D4) */
export function toRow(document: StoredDocument): DocumentRow {
  const { _rev, _deleted, _meta, _attachments } = document;
  if (_attachments && Object.keys(_attachments).length > 0) throw attachmentsUnsupported();
  const meta = JSON.stringify({ ..._meta, lwt: undefined });
  return {
    rev: _rev,
    deleted: _deleted ? 1 : 0,
    lwt: _meta.lwt,
    meta: meta === '{}' ? null : meta,
    // JSON leaves out what is undefined. Taking fields out of a copy would be slower.
    body: JSON.stringify({
      ...document,
      _rev: undefined,
      _deleted: undefined,
      _meta: undefined,
      _attachments: undefined,
    }),
  };
}

/** The whole document as JSON text, put together without parsing: it crosses to a window as it is. */
export function rowToText({ rev, deleted, lwt, meta, body }: DocumentRow): string {
  const moreMeta = meta ? `,${meta.slice(1)}` : '}';
  const own = `"_deleted":${deleted === 1},"_attachments":{},"_rev":${JSON.stringify(rev)},"_meta":{"lwt":${lwt}${moreMeta}}`;
  return body === '{}' ? `{${own}` : `${body.slice(0, -1)},${own}`;
}

export function rowsToText(rows: readonly DocumentRow[]): string {
  return `[${rows.map(rowToText).join(',')}]`;
}

/** Parses the fields and adds RxDB's own to them: quicker than parsing the whole text. */
export function rowToDocument({ rev, deleted, lwt, meta, body }: DocumentRow): StoredDocument {
  // Written by `toRow` from a stored document.
  const document = JSON.parse(body) as StoredDocument;
  document._deleted = deleted === 1;
  document._attachments = {};
  document._rev = rev;
  document._meta = meta === null ? { lwt } : { lwt, ...(JSON.parse(meta) as object) };
  return document;
}

export function rowsToDocuments(rows: readonly DocumentRow[]): StoredDocument[] {
  return rows.map(rowToDocument);
}
