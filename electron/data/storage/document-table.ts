import {
  type BulkWriteRow,
  categorizeBulkWriteRows,
  createRevision,
  type EventBulk,
  now,
  type RxStorageChangeEvent,
  type RxStorageInstance,
  type RxStorageWriteError,
  randomToken,
} from 'rxdb';
import { type Observable, Subject } from 'rxjs';
import type { Connection } from '../sqlcipher/connection.ts';
import { inParts, JSON_OF_ROWS, type Json, parseDocument, toJson, toRow } from './document-row.ts';
import type { DocumentStore } from './document-store.ts';
import type { Query } from './memory-query.ts';
import { QueryRunner } from './query-runner.ts';
import { dropTable, layOutTable, oddness, toTableName } from './table-layout.ts';
import { type DocumentSchema, type FilledSchema, type StoredDocument, TableSchema } from './table-schema.ts';

/** Position in this file's sequence of writes (SPEC D3). */
export type StoreCheckpoint = { readonly seq: number };
export type StoreEventBulk = EventBulk<RxStorageChangeEvent<StoredDocument>, StoreCheckpoint>;

/** One document that was written: what was there before, what is there now, its place in the file's sequence of writes. */
export type DocumentWrite = {
  readonly previous: StoredDocument | undefined;
  readonly current: StoredDocument;
  readonly seq: number;
};

/** A document without RxDB's own fields, except that `_deleted: true` deletes. */
export type PlainDocument = Readonly<Record<string, unknown>>;

type Services = {
  readonly nextSequence: () => number;
  /** Keeps an event until the transaction is on the disk. */
  readonly emit: (bulk: StoreEventBulk, deliver: (bulk: StoreEventBulk) => void) => void;
};

type WriteListener = (write: DocumentWrite, context: string) => void;

/** The documents of one collection in one schema version. Synchronous; every write is one transaction or part of one. */
export class DocumentTable {
  readonly name: string;
  /** Ready to stand in SQL. Columns: `seq` (row id), `id`, `deleted` (0, 1), `lwt`, `odd`, `body` (JSON); see `column`. */
  readonly tableName: string;
  readonly #schema: TableSchema;
  readonly #store: DocumentStore;
  readonly #connection: Connection;
  readonly #sql: Statements;
  readonly #services: Services;
  readonly #queries: QueryRunner;
  readonly #changes$ = new Subject<StoreEventBulk>();
  readonly #deliver = (bulk: StoreEventBulk): void => this.#changes$.next(bulk);
  readonly #listeners = new Set<WriteListener>();
  /** Ends every revision written by this process, as RxDB's own token does. */
  readonly #token = randomToken(10);

  constructor(store: DocumentStore, name: string, schema: DocumentSchema, services: Services) {
    this.name = name;
    this.#schema = new TableSchema(schema);
    this.tableName = toTableName(name, this.#schema.version);
    this.#store = store;
    this.#connection = store.connection;
    this.#services = services;
    this.#sql = statementsOf(this.tableName);
    layOutTable(this.#connection, this.tableName, this.#schema);
    this.#queries = new QueryRunner(this.#connection, this.tableName, this.#schema);
  }

  /** The schema as RxDB completes it. */
  get schema(): FilledSchema {
    return this.#schema.filled;
  }

  get primaryPath(): string {
    return this.#schema.primaryPath;
  }

  /** What was written, after it is on the disk, in the order of commits. */
  get changes$(): Observable<StoreEventBulk> {
    return this.#changes$.asObservable();
  }

  /** The SQL expression of a field by its path, the one the indexes are made of. */
  column(path: string): string {
    return this.#schema.column(path);
  }

  /**
   * Calls back inside the transaction for every document written, whoever writes: what must never be bypassed (search
   * index, waiting mark) stands here (SPEC J3). A listener that throws rolls the write back. Returns how to stop it.
   */
  onWrite(listener: WriteListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The document, deleted or not. */
  get(id: string): StoredDocument | undefined {
    const body = this.#connection.value<string>(this.#sql.byId, [id]);
    return body === undefined ? undefined : parseDocument(body);
  }

  /** In the order of the ids; those that are not there are left out. */
  findByIds(ids: readonly string[], withDeleted = false): StoredDocument[] {
    const found = this.#bodiesOf(ids).map(parseDocument);
    return withDeleted ? found : found.filter(({ _deleted }) => !_deleted);
  }

  /** The same as JSON, part by part. */
  *findJsonByIds(ids: readonly string[], withDeleted = false): Generator<Json> {
    for (const part of inParts(ids)) {
      const list = toSqlList(part);
      const json = list && this.#connection.value<Json>(this.#sql.jsonByIds, [list, withDeleted ? 1 : 0]);
      yield json || toJson(this.findByIds(part, withDeleted));
    }
  }

  /**
   * Writes with RxDB's rule of revisions: a row whose `previous` is not what is stored is answered as an error with the
   * stored document; the others are written (SPEC D1).
   */
  bulkWrite(
    rows: readonly BulkWriteRow<StoredDocument>[],
    context: string,
  ): { readonly error: RxStorageWriteError<StoredDocument>[] } {
    return this.#store.transaction(() => {
      const stored = this.#storedById(rows.map(({ document }) => this.#idOf(document)));
      return this.#write(rows, context, stored);
    });
  }

  /**
   * Writes plain documents over whatever is stored, with the next revision. For commands and for what the endpoint sent:
   * they have decided before. A document that comes twice in one call is written twice.
   */
  put(documents: readonly PlainDocument[], context: string): DocumentWrite[] {
    return this.#store.transaction(() => {
      const writes: DocumentWrite[] = [];
      for (const batch of this.#distinct(documents)) {
        const stored = this.#storedById(batch.map((document) => this.#idOf(document)));
        const rows = batch.map((document) => {
          const previous = stored.get(this.#idOf(document));
          return { ...(previous && { previous }), document: this.#complete(document, previous) };
        });
        this.#write(rows, context, stored, writes);
      }
      return writes;
    });
  }

  /** Exactly what RxDB's memory storage would answer, in the same order (SPEC D2). */
  query(prepared: Query): StoredDocument[] {
    return this.#queries.query(prepared);
  }

  /** The same as JSON, part by part. */
  queryJson(prepared: Query): Iterable<Json> {
    return this.#queries.queryJson(prepared);
  }

  count(prepared: Query): number {
    return this.#queries.count(prepared);
  }

  /** The documents written after a checkpoint, in the order of the commits, each once in its last state (SPEC D3). */
  changedSince(
    limit: number,
    checkpoint?: StoreCheckpoint,
  ): { documents: StoredDocument[]; checkpoint: StoreCheckpoint } {
    const rows = this.#connection.all<StoreCheckpoint & { readonly body: string }>(
      this.#sql.changedSince,
      changedParameters(limit, checkpoint),
    );
    const seq = rows.at(-1)?.seq ?? checkpoint?.seq ?? 0;
    return { documents: rows.map(({ body }) => parseDocument(body)), checkpoint: { seq } };
  }

  /** The same with the documents as JSON. */
  changedJsonSince(limit: number, checkpoint?: StoreCheckpoint): { documents: Json; checkpoint: StoreCheckpoint } {
    const row = this.#connection.get<{ readonly seq: number | null; readonly documents: Json }>(
      this.#sql.jsonChangedSince,
      changedParameters(limit, checkpoint),
    );
    return { documents: row?.documents ?? toJson([]), checkpoint: { seq: row?.seq ?? checkpoint?.seq ?? 0 } };
  }

  /** Where the table stands now. */
  latestCheckpoint(): StoreCheckpoint {
    return { seq: this.#connection.value<number>(this.#sql.lastSequence) ?? 0 };
  }

  /** Removes tombstones older than so many milliseconds, some thousands at a time. True when none is left. */
  cleanup(minimumDeletedTime: number): boolean {
    const { changes } = this.#store.transaction(() =>
      this.#connection.run(this.#sql.cleanup, [now() - minimumDeletedTime, CLEANUP_BATCH]),
    );
    return changes < CLEANUP_BATCH;
  }

  /** Drops the table with all its documents. */
  remove(): void {
    dropTable(this.#connection, this.tableName);
    this.#store.forget(this);
  }

  /** One event bulk per call, except where a document comes again. */
  #distinct(documents: readonly PlainDocument[]): PlainDocument[][] {
    const batches: PlainDocument[][] = [];
    let ids = new Set<string>();
    for (const document of documents) {
      const id = this.#idOf(document);
      if (batches.length === 0 || ids.has(id)) {
        batches.push([]);
        ids = new Set();
      }
      ids.add(id);
      batches.at(-1)?.push(document);
    }
    return batches;
  }

  #bodiesOf(ids: readonly string[]): string[] {
    const list = toSqlList(ids);
    if (list) return this.#connection.values<string>(this.#sql.byIds, [list]);
    return ids.flatMap((id) => this.#connection.values<string>(this.#sql.byId, [id]));
  }

  #complete(document: PlainDocument, previous: StoredDocument | undefined): StoredDocument {
    return {
      ...document,
      _deleted: document._deleted === true,
      _attachments: {},
      _rev: createRevision(this.#token, previous),
      _meta: { ...previous?._meta, lwt: nextWriteTime(previous) },
    };
  }

  #write(
    rows: readonly BulkWriteRow<StoredDocument>[],
    context: string,
    stored: Map<string, StoredDocument>,
    writes: DocumentWrite[] = [],
  ): { readonly error: RxStorageWriteError<StoredDocument>[] } {
    const { bulkInsertDocs, bulkUpdateDocs, errors, eventBulk } = categorizeBulkWriteRows<StoredDocument>(
      // Of the storage instance it only reads the schema.
      { schema: this.schema } as RxStorageInstance<StoredDocument, unknown, unknown>,
      // RxDB's type for the key of a document whose shape is not known here.
      this.primaryPath as never,
      stored,
      // RxDB does not declare that it leaves the list as it is.
      rows as BulkWriteRow<StoredDocument>[],
      context,
    );
    let seq = 0;
    for (const { document } of [...bulkInsertDocs, ...bulkUpdateDocs]) {
      const previous = stored.get(this.#idOf(document));
      seq = this.#save(document, previous);
      writes.push({ previous, current: document, seq });
      for (const listener of this.#listeners) listener({ previous, current: document, seq }, context);
    }
    if (eventBulk.events.length > 0) {
      this.#services.emit({ ...eventBulk, checkpoint: { seq } }, this.#deliver);
    }
    return { error: errors };
  }

  #storedById(ids: readonly string[]): Map<string, StoredDocument> {
    return new Map(this.findByIds(ids, true).map((document) => [this.#idOf(document), document]));
  }

  #save(document: StoredDocument, previous: StoredDocument | undefined): number {
    const seq = this.#services.nextSequence();
    const { deleted, lwt, body } = toRow(document);
    const values = [seq, deleted, lwt, oddness(this.#schema, document), body, this.#idOf(document)];
    this.#connection.run(previous ? this.#sql.update : this.#sql.insert, values);
    return seq;
  }

  #idOf(document: PlainDocument): string {
    // The primary key is a string in every schema.
    return document[this.primaryPath] as string;
  }
}

const CLEANUP_BATCH = 5000;

/** What JSON escapes SQL may read back as another text than the one that is bound as a parameter. */
const ESCAPED = '\\u';

/** Texts for one parameter, or nothing where they have to go one by one. */
function toSqlList(texts: readonly string[]): string | undefined {
  const list = JSON.stringify(texts);
  return list.includes(ESCAPED) ? undefined : list;
}

type Statements = ReturnType<typeof statementsOf>;

/** Made once: what is looked up by its text is found faster when it is the same string. */
function statementsOf(table: string) {
  const byIds = `SELECT body FROM json_each(?) CROSS JOIN ${table} ON ${table}.id = value`;
  const changedSince = `SELECT seq, body FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`;
  return {
    byId: `SELECT body FROM ${table} WHERE id = ?`,
    byIds,
    jsonByIds: `SELECT ${JSON_OF_ROWS} FROM (${byIds} WHERE deleted <= ?)`,
    insert: `INSERT INTO ${table} (seq, deleted, lwt, odd, body, id) VALUES (?, ?, ?, ?, ?, ?)`,
    update: `UPDATE ${table} SET seq = ?, deleted = ?, lwt = ?, odd = ?, body = ? WHERE id = ?`,
    changedSince,
    jsonChangedSince: `SELECT max(seq) AS seq, ${JSON_OF_ROWS} AS documents FROM (${changedSince})`,
    lastSequence: `SELECT max(seq) FROM ${table}`,
    cleanup: `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE deleted = 1 AND lwt <= ? LIMIT ?)`,
  };
}

function changedParameters(limit: number, checkpoint: StoreCheckpoint | undefined): number[] {
  return [checkpoint?.seq ?? 0, Number.isFinite(limit) ? limit : -1];
}

/** Grows with every write of the same document, even when the device's clock goes back (SPEC S1: it orders nothing else). */
function nextWriteTime(previous: StoredDocument | undefined): number {
  const time = now();
  return previous && previous._meta.lwt >= time ? Math.round((previous._meta.lwt + 0.01) * 100) / 100 : time;
}
