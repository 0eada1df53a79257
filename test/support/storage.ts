import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import {
  fillWithDefaultSettings,
  type MangoQuery,
  normalizeMangoQuery,
  type PreparedQuery,
  prepareQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
  randomToken,
} from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { StorageHost } from '../../electron/data/port/storage-host.ts';
import type { Connection } from '../../electron/data/sqlcipher/connection.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { DocumentStore } from '../../electron/data/storage/document-store.ts';
import { getRxStorageSqlcipher } from '../../electron/data/storage/rx-storage.ts';
import type { DocumentSchema } from '../../electron/data/storage/table-schema.ts';
import { type ChannelPort, DataChannel } from '../../renderer/store/data-channel.ts';
import { getRxStorageRemote } from '../../renderer/store/remote-storage.ts';

export const TEST_KEY = new Uint8Array(32).fill(7);

export type Fields = Record<string, unknown>;
export type TestDocument = RxDocumentData<Fields>;
export type TestInstance = RxStorageInstance<Fields, unknown, unknown>;
export type TestSchema = RxJsonSchema<TestDocument>;

/** One implementation of RxDB's storage contract, opened for a test. */
export type OpenStorage = {
  createInstance(schema: TestSchema, name?: string): Promise<TestInstance>;
  close(): Promise<void>;
};

export const IMPLEMENTATIONS = [
  { name: 'RxDB memory storage', open: openMemory },
  { name: 'SQLCipher in process', open: openInProcess },
  { name: 'SQLCipher through a port', open: openThroughPort },
] as const;

export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'registre-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A register in a temporary folder, removed with `close`. */
export function openTestRegister(): { readonly connection: Connection; readonly store: DocumentStore; close(): void } {
  const directory = temporaryDirectory();
  const connection = openRegister({ directory: directory.path, key: TEST_KEY, create: true });
  return {
    connection,
    store: new DocumentStore(connection),
    close: () => {
      connection.close();
      directory.remove();
    },
  };
}

export function openMemory(): OpenStorage {
  return overStorage(getRxStorageMemory(), async () => {});
}

export function openInProcess(): OpenStorage {
  const register = openTestRegister();
  return overStorage(getRxStorageSqlcipher({ store: register.store }), async () => register.close());
}

/** Host and window in one process, with a real MessageChannel between them; the host accepts writes. */
export function openThroughPort(): OpenStorage {
  const register = openTestRegister();
  const [window] = openWindows(register.store, 1);
  if (!window) throw new Error('No window was opened');
  return {
    createInstance: window.createInstance,
    close: async () => {
      await window.close();
      register.close();
    },
  };
}

/** So many windows on one store, each on its own port. */
export function openWindows(store: DocumentStore, count: number): OpenStorage[] {
  const collections = new Map<string, DocumentSchema>();
  return Array.from({ length: count }, () => openWindow(store, collections));
}

function openWindow(store: DocumentStore, collections: Map<string, DocumentSchema>): OpenStorage {
  const { port1, port2 } = new MessageChannel();
  const host = new StorageHost({ store, collections, writable: true, post: (message) => port1.postMessage(message) });
  port1.on('message', (message) => host.handle(message));
  const channel = new DataChannel(toChannelPort(port2));
  const remote = overStorage(getRxStorageRemote({ channel }), async () => {
    channel.close();
    host.close();
    port1.close();
  });
  return {
    createInstance(schema, name = 'things') {
      collections.set(name, schema as unknown as DocumentSchema); // JSON all the same
      return remote.createInstance(schema, name);
    },
    close: () => remote.close(),
  };
}

/** A storage of RxDB as this suite uses it. */
export function overStorage<Internals, Options>(
  storage: RxStorage<Internals, Options>,
  close: () => Promise<void>,
): OpenStorage {
  // RxDB's memory storage shares its state between all its storages.
  const databaseName = `test-${randomToken(10)}`;
  const instances: TestInstance[] = [];
  return {
    async createInstance(schema, name = 'things') {
      const params: RxStorageInstanceCreationParams<Fields, Options> = {
        databaseInstanceToken: 'token',
        databaseName,
        collectionName: name,
        schema,
        options: {} as Options, // none of the three has any
        multiInstance: false,
        devMode: false,
      };
      const instance = (await storage.createStorageInstance<Fields>(params)) as TestInstance; // internals are not looked at
      instances.push(instance);
      return instance;
    },
    async close() {
      for (const instance of instances) await instance.close();
      await close();
    },
  };
}

/** Node's port has the DOM's methods; only the declared type of its events differs. */
export function toChannelPort(port: MessagePort): ChannelPort {
  return port as unknown as ChannelPort;
}

type SchemaInput = {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly indexes?: readonly (string | readonly string[])[];
  readonly version?: number;
};

/** A completed schema with the string key `id`. */
export function testSchema({ properties, indexes = [], version = 0 }: SchemaInput): TestSchema {
  const schema = {
    version,
    primaryKey: 'id',
    type: 'object',
    properties: { id: { type: 'string', maxLength: 60 }, ...properties },
    required: ['id'],
    indexes,
  };
  // Tests build schemas by program; RxDB's type follows the documents' type.
  return fillWithDefaultSettings(schema as unknown as RxJsonSchema<Fields>);
}

let lastTime = Date.now();

/** A document as RxDB would hand it to a storage. */
export function testDocument(
  fields: Fields,
  options: { revision?: string; deleted?: boolean; lwt?: number } = {},
): TestDocument {
  lastTime += 1;
  return {
    ...fields,
    _deleted: options.deleted ?? false,
    _attachments: {},
    _rev: options.revision ?? '1-test',
    _meta: { lwt: options.lwt ?? lastTime },
  };
}

/** The next state of a document. */
export function nextRevision(previous: TestDocument, changes: Fields, deleted = false): TestDocument {
  const height = Number.parseInt(previous._rev, 10) + 1;
  lastTime += 1;
  return { ...previous, ...changes, _deleted: deleted, _rev: `${height}-test`, _meta: { lwt: lastTime } };
}

export function prepare(schema: TestSchema, query: MangoQuery<Fields>): PreparedQuery<Fields> {
  const normalized = normalizeMangoQuery<Fields>(schema, query);
  return prepareQuery<Fields>(schema, normalized);
}

export async function insert(instance: TestInstance, documents: readonly TestDocument[]): Promise<void> {
  const { error } = await instance.bulkWrite(
    documents.map((document) => ({ document })),
    'insert',
  );
  if (error.length > 0) throw new Error(`${error.length} rows were refused`);
}

/** Comparable whatever the order of keys and the prototype: what JSON carries. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
