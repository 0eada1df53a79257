import { AppError } from '#shared/domain/errors.ts';
import { MAX_MESSAGE_BYTES } from '#shared/protocol/files.ts';
import { MAX_FILE_BYTES } from '#shared/schema/file.ts';
import type { FileStore } from './file-store.ts';
import { HEAD, TAIL } from './media-type.ts';
import type { SealedWriter } from './sealed-file.ts';

/** Stages open at once: the oldest of more belonged to a window that is gone. */
const MAX_STAGES = 16;

/** What came of a window so far: sealed on the disk, its ends in memory to tell what it is. */
export type Stage = { readonly writer: SealedWriter; readonly head: Buffer; readonly tail: Buffer };

type Open = { -readonly [Key in keyof Stage]: Stage[Key] } & { last: Promise<void> };

/** Bytes that windows bring piece by piece, until they are attached or given up. */
export class Stages {
  readonly #store: FileStore;
  readonly #newId: () => string;
  readonly #open = new Map<string, Open>();

  constructor(store: FileStore, newId: () => string) {
    this.#store = store;
    this.#newId = newId;
  }

  /** @throws AppError STORE_DISK_FULL, STORE_READ_ONLY, STORE_IO */
  async open(): Promise<{ readonly stageId: string }> {
    const writer = await this.#store.create();
    const stageId = this.#newId();
    this.#open.set(stageId, { writer, head: Buffer.alloc(0), tail: Buffer.alloc(0), last: Promise.resolve() });
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size > MAX_STAGES) await this.drop(oldest);
    return { stageId };
  }

  /** In the order of the calls. @throws AppError COMMAND_NOT_FOUND, COMMAND_INVALID, STORE_DISK_FULL … */
  async write(stageId: string, bytes: Uint8Array): Promise<null> {
    const stage = this.#require(stageId);
    if (!(bytes instanceof Uint8Array) || bytes.length > MAX_MESSAGE_BYTES) throw invalid('bytes', 'shape');
    const writing = stage.last.then(() => this.#append(stage, bytes));
    stage.last = writing.catch(() => undefined);
    try {
      await writing;
    } catch (error) {
      await this.drop(stageId);
      throw error;
    }
    return null;
  }

  /** Ends the stage and gives what it holds; the caller keeps or discards it. @throws AppError COMMAND_NOT_FOUND */
  async take(stageId: string): Promise<Stage> {
    const stage = this.#require(stageId);
    this.#open.delete(stageId);
    await stage.last;
    return stage;
  }

  async drop(stageId: string): Promise<null> {
    const stage = this.#open.get(stageId);
    this.#open.delete(stageId);
    if (stage) {
      await stage.last;
      await this.#store.discard(stage.writer);
    }
    return null;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((stageId) => this.drop(stageId)));
  }

  async #append(stage: Open, bytes: Uint8Array): Promise<void> {
    if (stage.writer.bytes + bytes.length > MAX_FILE_BYTES) throw invalid('file', 'too-large');
    if (stage.head.length < HEAD) stage.head = Buffer.concat([stage.head, bytes.subarray(0, HEAD - stage.head.length)]);
    stage.tail = Buffer.from(Buffer.concat([stage.tail, bytes]).subarray(-TAIL));
    await stage.writer.write(bytes);
  }

  #require(stageId: string): Open {
    const stage = this.#open.get(stageId);
    if (stage) return stage;
    throw new AppError('COMMAND_NOT_FOUND', 'There is no such stage', { details: { field: 'stageId' } });
  }
}

export function invalid(field: string, problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'The file cannot be attached', { details: { field, problem } });
}
