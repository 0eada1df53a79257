import {
  type BulkWriteRow,
  type PreparedQuery,
  RXDB_VERSION,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorage,
  type RxStorageBulkWriteResponse,
  type RxStorageCountResult,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
} from 'rxdb';
import type { Observable } from 'rxjs';
import { AppError } from '#shared/domain/errors.ts';
import type { DocumentStore } from './document-store.ts';
import type { DocumentTable, StoreCheckpoint, StoreEventBulk } from './document-table.ts';
import type { Query } from './memory-query.ts';
import { attachmentsUnsupported, type StoredDocument } from './table-schema.ts';

/** RxDB asks for both as type parameters; this storage has neither. */
export type NoInternals = Readonly<Record<string, never>>;

export type SqlcipherStorageOptions = {
  readonly store: DocumentStore;
  /** Which table a collection has: by default one per database and collection name. */
  readonly nameTable?: (databaseName: string, collectionName: string) => string;
};

/** RxDB's storage contract on the document tables of one open file, in the same process. */
export function getRxStorageSqlcipher(options: SqlcipherStorageOptions): RxStorage<NoInternals, NoInternals> {
  const { store, nameTable = (databaseName, collectionName) => `${databaseName}/${collectionName}` } = options;
  return {
    name: 'registre-sqlcipher',
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance<RxDocType>(params: RxStorageInstanceCreationParams<RxDocType, NoInternals>) {
      // Of the schema only what is JSON is read.
      const schema = params.schema as unknown as Parameters<DocumentStore['table']>[1];
      const table = store.table(nameTable(params.databaseName, params.collectionName), schema);
      return new SqlcipherStorageInstance<RxDocType>(table, params);
    },
  };
}

/**
 * Casts between `RxDocType` and what a table holds are safe throughout: a table gives back the documents it was given.
 */
class SqlcipherStorageInstance<RxDocType>
  implements RxStorageInstance<RxDocType, NoInternals, NoInternals, StoreCheckpoint>
{
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>;
  readonly internals: NoInternals = {};
  readonly options: NoInternals;
  readonly #table: DocumentTable;
  #isClosed = false;

  constructor(table: DocumentTable, params: RxStorageInstanceCreationParams<RxDocType, NoInternals>) {
    this.#table = table;
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
  }

  async bulkWrite(rows: BulkWriteRow<RxDocType>[], context: string): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    const answer = this.#open().bulkWrite(rows as unknown as BulkWriteRow<StoredDocument>[], context);
    return answer as unknown as RxStorageBulkWriteResponse<RxDocType>;
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<RxDocType>[]> {
    return this.#open().findByIds(ids, withDeleted) as unknown as RxDocumentData<RxDocType>[];
  }

  async query(prepared: PreparedQuery<RxDocType>): Promise<{ documents: RxDocumentData<RxDocType>[] }> {
    const documents = this.#open().query(prepared as unknown as Query);
    return { documents: documents as unknown as RxDocumentData<RxDocType>[] };
  }

  async count(prepared: PreparedQuery<RxDocType>): Promise<RxStorageCountResult> {
    return { count: this.#open().count(prepared as unknown as Query), mode: 'fast' };
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: StoreCheckpoint,
  ): Promise<{ documents: RxDocumentData<RxDocType>[]; checkpoint: StoreCheckpoint }> {
    const changed = this.#open().changedSince(limit, checkpoint);
    return changed as unknown as { documents: RxDocumentData<RxDocType>[]; checkpoint: StoreCheckpoint };
  }

  changeStream(): ReturnType<RxStorageInstance<RxDocType, NoInternals, NoInternals, StoreCheckpoint>['changeStream']> {
    const changes: Observable<StoreEventBulk> = this.#table.changes$;
    return changes as unknown as ReturnType<this['changeStream']>;
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    return this.#open().cleanup(minimumDeletedTime);
  }

  getAttachmentData(): Promise<Blob> {
    return Promise.reject(attachmentsUnsupported());
  }

  async remove(): Promise<void> {
    this.#open().remove();
    await this.close();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  #open(): DocumentTable {
    if (this.#isClosed) throw new AppError('STORE_CLOSED', 'This storage instance is closed');
    return this.#table;
  }
}
