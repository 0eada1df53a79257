import {
  type BulkWriteRow,
  type EventBulk,
  getPrimaryFieldOfPrimaryKey,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageBulkWriteResponse,
  type RxStorageChangeEvent,
  type RxStorageCountResult,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
} from 'rxdb';
import { firstValueFrom, type Observable, Subject, Subscription } from 'rxjs';
import { AppError } from '#shared/domain/errors.ts';
import type { PortEvent, StorageMethod, StorageOpened } from '#shared/protocol/data-port.ts';
import type { DataChannel } from './data-channel.ts';
import { EventPacer } from './event-pacer.ts';
import type { NoInternals } from './remote-storage.ts';
import { forgetfulBulks, resyncBulks } from './resync.ts';

/** Position in the file's sequence of writes. */
export type RemoteCheckpoint = { readonly seq: number };
type Bulk<RxDocType> = EventBulk<RxStorageChangeEvent<RxDocType>, RemoteCheckpoint>;

const UTF8 = new TextDecoder();

/** Rows of one page when the window catches up after a reconnection. */
const RESYNC_PAGE = 1000;

/** One collection of the data process, as RxDB in a window sees it. Documents arrive as JSON and are parsed here, once. */
export class RemoteStorageInstance<RxDocType>
  implements RxStorageInstance<RxDocType, NoInternals, NoInternals, RemoteCheckpoint>
{
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>;
  readonly internals: NoInternals = {};
  readonly options: NoInternals;
  readonly #channel: DataChannel;
  readonly #changes$ = new Subject<Bulk<RxDocType>>();
  readonly #pacer = new EventPacer<Bulk<RxDocType>>((bulks, isOvertaken) => this.#tell(bulks, isOvertaken));
  readonly #subscription = new Subscription();
  readonly #reopened$ = new Subject<void>();
  /** Undefined while there is no line to the data process. */
  #handle: number | undefined;
  /** Everything up to here was told to RxDB. */
  #checkpoint: RemoteCheckpoint | undefined;
  #isCatchingUp = false;
  #closing: Promise<void> | undefined;

  private constructor(channel: DataChannel, params: RxStorageInstanceCreationParams<RxDocType, NoInternals>) {
    this.#channel = channel;
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.#subscription.add(channel.events$.subscribe((event) => this.#receive(event)));
    this.#subscription.add(
      channel.connections$.subscribe({ next: () => void this.#reopen(), complete: () => this.#reopened$.complete() }),
    );
  }

  static async open<RxDocType>(
    channel: DataChannel,
    params: RxStorageInstanceCreationParams<RxDocType, NoInternals>,
  ): Promise<RemoteStorageInstance<RxDocType>> {
    const instance = new RemoteStorageInstance<RxDocType>(channel, params);
    try {
      if (channel.isConnected) await instance.#open();
    } catch (error) {
      if (!isPortClosed(error)) {
        await instance.close();
        throw error;
      }
    }
    return instance;
  }

  async bulkWrite(rows: BulkWriteRow<RxDocType>[], context: string): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    // What the host answers for this method; the same for the casts below.
    const answer = await this.#call('bulkWrite', [rows, context]);
    this.#pacer.flush();
    return answer as RxStorageBulkWriteResponse<RxDocType>;
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<RxDocType>[]> {
    return this.#read(() => this.#documents('findDocumentsById', [ids, withDeleted]));
  }

  async query({ query }: PreparedQuery<RxDocType>): Promise<{ documents: RxDocumentData<RxDocType>[] }> {
    return { documents: await this.#read(() => this.#documents('query', [query])) };
  }

  async count({ query }: PreparedQuery<RxDocType>): Promise<RxStorageCountResult> {
    return { count: (await this.#read(() => this.#call('count', [query]))) as number, mode: 'fast' };
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: RemoteCheckpoint,
  ): Promise<{ documents: RxDocumentData<RxDocType>[]; checkpoint: RemoteCheckpoint }> {
    return this.#read(() => this.#changedSince(Math.min(limit, Number.MAX_SAFE_INTEGER), checkpoint));
  }

  changeStream(): Observable<Bulk<RxDocType>> {
    return this.#changes$.asObservable();
  }

  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    return (await this.#call('cleanup', [minimumDeletedTime])) as boolean;
  }

  /** Never reached: RxDB has no attachments where the schema has none (SPEC D4). */
  getAttachmentData(): Promise<Blob> {
    return Promise.reject(
      new AppError('STORE_ATTACHMENTS_UNSUPPORTED', 'Files travel apart: a document has no attachments'),
    );
  }

  async remove(): Promise<void> {
    await this.#call('remove', []);
    await this.close();
  }

  close(): Promise<void> {
    this.#closing ??= this.#release();
    return this.#closing;
  }

  async #release(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#pacer.clear();
    this.#subscription.unsubscribe();
    this.#reopened$.complete();
    this.#changes$.complete();
    if (handle === undefined) return;
    try {
      await this.#channel.closeStorage(handle);
    } catch (error) {
      // Without a line there is nothing to release on the other side.
      if (!isPortClosed(error)) throw error;
    }
  }

  async #open(): Promise<void> {
    const answer = await this.#channel.openStorage({
      databaseName: this.databaseName,
      collectionName: this.collectionName,
      schema: this.schema,
    });
    const { handle, checkpoint } = answer as StorageOpened;
    this.#handle = handle;
    // A sequence that went back is another file (a backup was restored): everything is news.
    if (this.#checkpoint && checkpoint.seq < this.#checkpoint.seq) this.#checkpoint = { seq: 0 };
    this.#checkpoint ??= checkpoint;
  }

  /** A fresh port: open again, tell RxDB what was missed, then let waiting reads go. */
  async #reopen(): Promise<void> {
    this.#handle = undefined;
    this.#pacer.clear();
    try {
      await this.#open();
      await this.#catchUp();
      this.#reopened$.next();
    } catch (error) {
      // The port went away meanwhile: the next one starts this again. Anything else is for the live queries to show.
      if (!isPortClosed(error)) this.#changes$.error(error);
    }
  }

  /** What comes live meanwhile is passed on, but does not count as told: the pages before it are still missing. */
  async #catchUp(): Promise<void> {
    const primaryPath = getPrimaryFieldOfPrimaryKey(this.schema.primaryKey);
    this.#isCatchingUp = true;
    try {
      for (;;) {
        const { documents, checkpoint } = await this.#changedSince(RESYNC_PAGE, this.#checkpoint);
        if (documents.length === 0) return;
        this.#checkpoint = checkpoint;
        for (const bulk of resyncBulks(documents, primaryPath, checkpoint)) this.#changes$.next(bulk);
      }
    } finally {
      this.#isCatchingUp = false;
    }
  }

  async #changedSince(limit: number, checkpoint: RemoteCheckpoint | undefined) {
    const answer = await this.#call('getChangedDocumentsSince', [limit, checkpoint]);
    const changed = answer as { readonly documents: unknown; readonly checkpoint: RemoteCheckpoint };
    return { documents: this.#parse(changed.documents), checkpoint: changed.checkpoint };
  }

  #receive(event: PortEvent): void {
    if (event.event !== 'storage-changes' || event.handle !== this.#handle) return;
    // The host sends the bulk as JSON text, made once for all windows.
    const bulk = JSON.parse(event.bulk as string) as Bulk<RxDocType>;
    this.#pacer.receive(bulk);
  }

  #tell(bulks: readonly Bulk<RxDocType>[], isOvertaken: boolean): void {
    for (const bulk of bulks) {
      if (!this.#isCatchingUp) this.#checkpoint = bulk.checkpoint;
      this.#changes$.next(bulk);
    }
    const last = bulks.at(-1);
    if (isOvertaken && last) for (const bulk of forgetfulBulks(last)) this.#changes$.next(bulk);
  }

  /** Parses each part while the data process makes the next. */
  async #documents(method: StorageMethod, args: readonly unknown[]): Promise<RxDocumentData<RxDocType>[]> {
    const documents: RxDocumentData<RxDocType>[] = [];
    const add = (json: unknown): void => void documents.push(...this.#parse(json));
    add(await this.#call(method, args, add));
    return documents;
  }

  /** Reading twice does no harm: a read that lost its port waits for the next one. */
  async #read<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      try {
        return await this.#pacer.read(ask());
      } catch (error) {
        if (!isPortClosed(error) || this.#closing || this.#channel.isClosed) throw error;
      }
      if (this.#handle === undefined) await firstValueFrom(this.#reopened$, { defaultValue: undefined });
    }
  }

  #call(method: StorageMethod, args: readonly unknown[], onPart?: (value: unknown) => void): Promise<unknown> {
    if (this.#handle === undefined)
      return Promise.reject(new AppError('PORT_CLOSED', 'The line to the data process is closed', { action: 'retry' }));
    return this.#channel.callStorage(this.#handle, method, args, onPart);
  }

  #parse(json: unknown): RxDocumentData<RxDocType>[] {
    return JSON.parse(UTF8.decode(json as Uint8Array<ArrayBuffer>)) as RxDocumentData<RxDocType>[];
  }
}

function isPortClosed(error: unknown): boolean {
  return error instanceof AppError && error.code === 'PORT_CLOSED';
}
