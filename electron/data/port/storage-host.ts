import { prepareQuery } from 'rxdb';
import type { Subscription } from 'rxjs';
import { type Static, Type } from 'typebox';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import {
  type PortAnswer,
  type PortEvent,
  STORAGE_READS,
  STORAGE_WRITES,
  type StorageMethod,
  type StorageOpened,
} from '#shared/protocol/data-port.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { toRxSchema } from '#shared/schema/rxdb.ts';
import { type Json, toJson } from '../storage/document-row.ts';
import type { DocumentStore } from '../storage/document-store.ts';
import type { DocumentTable, StoreEventBulk } from '../storage/document-table.ts';
import type { Query } from '../storage/memory-query.ts';
import type { DocumentSchema } from '../storage/table-schema.ts';
import { requireShape } from './shape.ts';

export type StorageHostOptions = {
  readonly store: DocumentStore;
  /** Which collections may be opened, with their schemas; all of the register unless said otherwise. */
  readonly collections?: ReadonlyMap<string, DocumentSchema>;
  /** Windows read only (SPEC P3); tests of the whole contract write. */
  readonly writable: boolean;
  readonly post: (message: PortAnswer | PortEvent) => void;
};

const Whole = Type.Integer({ minimum: 0 });
const Text = Type.String({ maxLength: 1_000_000 });
const Record = Type.Record(Type.String(), Type.Unsafe<unknown>({}));

const Request = Type.Union([
  Type.Object({
    id: Whole,
    kind: Type.Literal('storage-open'),
    params: Type.Object({ databaseName: Text, collectionName: Text, schema: Type.Object({ version: Whole }) }),
  }),
  Type.Object({
    id: Whole,
    kind: Type.Literal('storage-call'),
    handle: Whole,
    method: Type.Enum([...STORAGE_READS, ...STORAGE_WRITES]),
    args: Type.Array(Type.Unsafe<unknown>({}), { maxItems: 2 }),
  }),
  Type.Object({ id: Whole, kind: Type.Literal('storage-close'), handle: Whole }),
]);
type Request = Static<typeof Request>;

const Checkpoint = Type.Object({ seq: Whole });
const QueryShape = Type.Object({
  selector: Record,
  sort: Type.Array(Type.Record(Type.String(), Type.Union([Type.Literal('asc'), Type.Literal('desc')])), {
    maxItems: 20,
  }),
  skip: Whole,
  limit: Type.Optional(Whole),
  index: Type.Optional(Type.Array(Text, { maxItems: 20 })),
});

/** The arguments of every method; anything else is refused before dispatch (SPEC P1). */
const ARGUMENTS = {
  query: Type.Tuple([QueryShape]),
  count: Type.Tuple([QueryShape]),
  findDocumentsById: Type.Tuple([Type.Array(Text, { maxItems: 100_000 }), Type.Boolean()]),
  getChangedDocumentsSince: Type.Tuple([Whole, Type.Optional(Type.Union([Checkpoint, Type.Undefined()]))]),
  bulkWrite: Type.Tuple([
    Type.Array(Type.Object({ document: Record, previous: Type.Optional(Type.Union([Record, Type.Undefined()])) })),
    Text,
  ]),
  cleanup: Type.Tuple([Type.Number()]),
  remove: Type.Tuple([]),
} as const;

const REGISTER: ReadonlyMap<string, DocumentSchema> = new Map(
  COLLECTIONS.map((definition) => [definition.name, toRxSchema(definition)]),
);

/** Event bulks go to every window: their text is made once. */
const texts = new WeakMap<StoreEventBulk, string>();

/** An answer that is made and sent part by part. */
class Parts {
  readonly list: Iterable<Json>;

  constructor(list: Iterable<Json>) {
    this.list = list;
  }
}

const EMPTY_LIST = toJson([]);

type OpenTable = { readonly table: DocumentTable; readonly subscription: Subscription };

/** Serves the storage of one port. It remembers what the port opened, and releases all of it when the port closes (SPEC P2). */
export class StorageHost {
  readonly #options: StorageHostOptions;
  readonly #open = new Map<number, OpenTable>();
  #lastHandle = 0;

  constructor(options: StorageHostOptions) {
    this.#options = options;
  }

  /** How many instances the port has open. */
  get openCount(): number {
    return this.#open.size;
  }

  /** Checks, runs and answers one request of the three storage kinds. Never throws: the answer carries the error. */
  handle(request: unknown): void {
    const id = idOf(request);
    try {
      const value = this.#dispatch(requireShape(Request, request, 'PORT_BAD_MESSAGE'));
      if (value instanceof Parts) this.#postParts(id, value);
      else this.#options.post({ id, ok: true, value });
    } catch (error) {
      this.#options.post({ id, ok: false, error: toErrorData(error) });
    }
  }

  close(): void {
    for (const handle of [...this.#open.keys()]) this.#release(handle);
  }

  #postParts(id: number, parts: Parts): void {
    let last = EMPTY_LIST;
    let isFirst = true;
    for (const part of parts.list) {
      if (!isFirst) this.#options.post({ id, ok: true, value: last, isPart: true });
      [last, isFirst] = [part, false];
    }
    this.#options.post({ id, ok: true, value: last });
  }

  #dispatch(request: Request): unknown {
    switch (request.kind) {
      case 'storage-open':
        return this.#openTable(request.params.collectionName, request.params.schema.version);
      case 'storage-call':
        return this.#call(request.handle, request.method, request.args);
      case 'storage-close':
        this.#release(request.handle);
        return null;
    }
  }

  #openTable(name: string, version: number): StorageOpened {
    const schema = (this.#options.collections ?? REGISTER).get(name);
    if (!schema) throw new AppError('PORT_FORBIDDEN', 'There is no such collection for windows');
    if (schema.version !== version)
      throw new AppError('PORT_BAD_MESSAGE', 'The window has another version of this collection');
    const table = this.#options.store.table(name, schema);
    this.#lastHandle += 1;
    const handle = this.#lastHandle;
    const subscription = table.changes$.subscribe((bulk) => {
      this.#options.post({ event: 'storage-changes', handle, bulk: toText(bulk) });
    });
    this.#open.set(handle, { table, subscription });
    return { handle, checkpoint: table.latestCheckpoint() };
  }

  #call(handle: number, method: StorageMethod, args: readonly unknown[]): unknown {
    const open = this.#open.get(handle);
    if (!open) throw new AppError('PORT_BAD_MESSAGE', 'This storage is not open');
    if (!this.#options.writable && !STORAGE_READS.some((read) => read === method)) {
      throw new AppError('PORT_FORBIDDEN', 'A window does not write documents');
    }
    return callTable(open.table, method, args);
  }

  #release(handle: number): void {
    this.#open.get(handle)?.subscription.unsubscribe();
    this.#open.delete(handle);
  }
}

function callTable(table: DocumentTable, method: StorageMethod, args: readonly unknown[]): unknown {
  switch (method) {
    case 'query':
      return new Parts(table.queryJson(toQuery(table, requireShape(ARGUMENTS.query, args, 'PORT_BAD_MESSAGE')[0])));
    case 'count':
      return table.count(toQuery(table, requireShape(ARGUMENTS.count, args, 'PORT_BAD_MESSAGE')[0]));
    case 'findDocumentsById':
      return new Parts(table.findJsonByIds(...requireShape(ARGUMENTS.findDocumentsById, args, 'PORT_BAD_MESSAGE')));
    case 'getChangedDocumentsSince': {
      const [limit, checkpoint] = requireShape(ARGUMENTS.getChangedDocumentsSince, args, 'PORT_BAD_MESSAGE');
      return table.changedJsonSince(limit, checkpoint);
    }
    case 'bulkWrite': {
      const [rows, context] = requireShape(ARGUMENTS.bulkWrite, args, 'PORT_BAD_MESSAGE');
      // RxDB fills these in; a host that is writable serves our own tests only.
      return table.bulkWrite(rows as unknown as Parameters<DocumentTable['bulkWrite']>[0], context);
    }
    case 'cleanup':
      return table.cleanup(requireShape(ARGUMENTS.cleanup, args, 'PORT_BAD_MESSAGE')[0]);
    case 'remove':
      return table.remove();
  }
}

/** The plan is made here, from our own schema: a window's plan is not trusted. */
function toQuery(table: DocumentTable, query: Static<typeof QueryShape>): Query {
  // Checked above; RxDB's type says the same in terms of the documents' type.
  return prepareQuery(table.schema, query as unknown as Query['query']);
}

function toText(bulk: StoreEventBulk): string {
  const known = texts.get(bulk);
  if (known !== undefined) return known;
  const text = JSON.stringify(bulk);
  texts.set(bulk, text);
  return text;
}

function idOf(request: unknown): number {
  return typeof request === 'object' && request !== null && 'id' in request && typeof request.id === 'number'
    ? request.id
    : -1;
}
