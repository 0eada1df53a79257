import { AppError } from '#shared/domain/errors.ts';
import { countChunkBytes, countRows, MAX_HEAD_BYTES, type SnapshotHead } from '#shared/protocol/snapshot.ts';
import type { LoadProgress } from '#shared/protocol/snapshot-port.ts';
import { endpointKeys } from '../parcels/device-keys.ts';
import type { Register } from '../register.ts';
import { keepAhead, readCheckpoint } from './checkpoint.ts';
import type { Credentials, Endpoint } from './endpoint.ts';
import { enterEpoch } from './epoch.ts';
import { addSetAside } from './set-aside.ts';
import { checkChunk, type Expected, openChunk, readHead, snapshotRefused } from './snapshot-file.ts';
import { applyRows } from './snapshot-rows.ts';
import { type Begun, SnapshotSpool } from './snapshot-spool.ts';

/** Snapshots in a row that may be refused before the rows come by exchanges instead. */
const MAX_REFUSED = 3;

const NEW_LINE = 10;

/** True while a person has stopped the load, across restarts. */
const PAUSED = 'sync.snapshotPaused';

type Options = {
  readonly register: Register;
  readonly endpoint: Endpoint;
  readonly onBytes: (bytes: number) => void;
  readonly onProgress: () => void;
};

type Load = { readonly head: SnapshotHead; begun: Begun; rows: number };

/**
 * The first load (SPEC S20): a snapshot instead of a hundred exchanges. What arrives is on the disk at once and asked for
 * once; chunks are applied while the next ones arrive, and the desktop is used meanwhile.
 */
export class SnapshotLoad {
  readonly #options: Options;
  readonly #spool: SnapshotSpool;
  #load: Load | undefined;
  /** Of a load that a person stopped: where it is. */
  #paused: Load | undefined;
  #stop: AbortController | undefined;
  #refused = 0;
  /** The endpoint said that it has none: it is not asked again at every exchange of an empty ministry. */
  #isNone = false;

  constructor(options: Options) {
    this.#options = options;
    this.#spool = new SnapshotSpool(options.register);
  }

  get progress(): LoadProgress | undefined {
    const load = this.#current;
    if (!load) return undefined;
    const { head, begun, rows } = load;
    const opening = Buffer.byteLength(begun.line) + 1;
    return {
      bytes: Math.max(0, this.#spool.received(begun) - opening),
      totalBytes: countChunkBytes(head),
      rows,
      totalRows: countRows(head),
      isPaused: this.isPaused,
    };
  }

  /** The last sequence of the snapshot that is being loaded, or whose load is paused. */
  get seq(): number | undefined {
    return this.#current?.head.seq;
  }

  get isPaused(): boolean {
    return this.#options.register.meta.get(PAUSED) === true;
  }

  /** Stops the load until `resume`; what arrived stays. Nothing where there is none. */
  pause(): void {
    if (!this.#current) return;
    this.#options.register.meta.set(PAUSED, true);
    this.#stop?.abort();
  }

  resume(): void {
    this.#options.register.meta.set(PAUSED, null);
    this.#paused = undefined;
  }

  /** Under way, or stopped by a person. */
  get #current(): Load | undefined {
    if (this.#load) return this.#load;
    if (!this.isPaused) return undefined;
    const expected = expectedBy(this.#options.register);
    this.#paused ??= expected && this.#resume(expected);
    return this.#paused;
  }

  /** Another endpoint may have what the one before had not. */
  askAgain(): void {
    this.#isNone = false;
    this.#refused = 0;
    this.#paused = undefined;
  }

  /**
   * Returns once everything is applied, or at once where exchanges do it; where a person stopped the load, `seq` says that
   * it has not ended. Throws what ends an exchange too.
   */
  async run(credentials: Credentials, signal: AbortSignal): Promise<void> {
    const { register } = this.#options;
    const expected = expectedBy(register);
    if (!expected || readCheckpoint(register).seq > 0) {
      if (this.#spool.read()) this.#spool.forget();
      if (this.isPaused) this.resume();
      return;
    }
    if (this.#isNone || this.#refused >= MAX_REFUSED) return;
    if (this.isPaused && this.#current) return;
    if (this.isPaused) this.resume();
    const stop = new AbortController();
    const end = () => stop.abort();
    signal.addEventListener('abort', end, { once: true });
    this.#stop = stop;
    try {
      await this.#continue(credentials, expected, stop.signal);
      this.#refused = 0;
    } catch (error) {
      if (stop.signal.aborted && !signal.aborted) return;
      if (isRefusal(error)) this.#refused += 1;
      throw isRefusal(error) ? badAnswer(error) : error;
    } finally {
      signal.removeEventListener('abort', end);
      this.#stop = undefined;
      this.#load = undefined;
      this.#paused = undefined;
      this.#options.onProgress();
    }
  }

  async #continue(credentials: Credentials, expected: Expected, signal: AbortSignal): Promise<void> {
    const { endpoint } = this.#options;
    this.#load = this.#resume(expected);
    const begun = this.#load?.begun;
    if (this.#load && begun && this.#isComplete(this.#load)) return this.#apply(this.#load, signal);
    const bytes = await endpoint.snapshot(
      credentials,
      begun && { id: begun.id, from: this.#spool.received(begun) },
      signal,
    );
    if (bytes) return this.#take(bytes, expected, signal);
    if (!begun) {
      this.#isNone = true;
      return;
    }
    // A newer one took its place.
    this.#spool.forget();
    this.#load = undefined;
    return this.#continue(credentials, expected, signal);
  }

  #resume(expected: Expected): Load | undefined {
    const begun = this.#spool.read();
    if (!begun) return undefined;
    try {
      const head = readHead(begun.line, expected);
      const rows = head.chunks.slice(0, begun.chunks).reduce((sum, chunk) => sum + chunk.rows, 0);
      return { head, begun, rows };
    } catch {
      // Enrolled anew with another endpoint meanwhile.
      this.#spool.forget();
      return undefined;
    }
  }

  #isComplete({ head, begun }: Load): boolean {
    return this.#spool.received(begun) >= Buffer.byteLength(begun.line) + 1 + countChunkBytes(head);
  }

  /** Reads on while chunks that are whole are applied. */
  async #take(bytes: AsyncIterable<Buffer>, expected: Expected, signal: AbortSignal): Promise<void> {
    let opening: Buffer | undefined = Buffer.alloc(0);
    let applying: Promise<void> | undefined;
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const piece of bytes) {
        signal.throwIfAborted();
        this.#options.onBytes(piece.length);
        if (this.#load) this.#spool.add(this.#load.begun, piece);
        else opening = this.#open(Buffer.concat([opening ?? Buffer.alloc(0), piece]), expected);
        this.#options.onProgress();
        if (failure) throw failure.error;
        if (!this.#load || applying) continue;
        applying = this.#apply(this.#load, signal)
          .catch((error: unknown) => {
            failure = { error };
          })
          .finally(() => {
            applying = undefined;
          });
      }
    } finally {
      await applying;
      if (this.#load && !this.#options.register.connection.isClosed) this.#spool.flush(this.#load.begun);
    }
    if (failure) throw failure.error;
    if (!this.#load || !this.#isComplete(this.#load)) {
      throw new AppError('SYNC_UNREACHABLE', 'The snapshot ended before its end', { action: 'retry' });
    }
    await this.#apply(this.#load, signal);
  }

  /** @returns what came of the first line, until it is whole */
  #open(opening: Buffer, expected: Expected): Buffer | undefined {
    const end = opening.indexOf(NEW_LINE);
    if (end < 0) {
      if (opening.length > MAX_HEAD_BYTES) throw snapshotRefused('not-a-snapshot');
      return opening;
    }
    const line = opening.toString('utf8', 0, end);
    const head = readHead(line, expected);
    const { register } = this.#options;
    if (!register.transaction(() => enterEpoch(register, head.epoch, head.seq))) throw snapshotRefused('outdated');
    const begun = this.#spool.begin(head.id, line);
    this.#load = { head, begun, rows: 0 };
    if (opening.length > end + 1) this.#spool.add(begun, opening.subarray(end + 1));
    return undefined;
  }

  /** Applies the chunks that are there; after the last one only deltas are wanting. */
  async #apply(load: Load, signal: AbortSignal): Promise<void> {
    const { register } = this.#options;
    for (;;) {
      const chunk = load.head.chunks[load.begun.chunks];
      const data = chunk && this.#spool.chunk(load.begun, chunk.bytes);
      if (!chunk || !data) break;
      const done = load.rows;
      const setAside = await this.#applyChunk(load, chunk, data, signal);
      load.rows = done + chunk.rows;
      const { begun } = load;
      load.begun = {
        ...begun,
        chunks: begun.chunks + 1,
        start: begun.start + chunk.bytes,
        setAside: begun.setAside + setAside,
      };
      register.transaction(() => this.#spool.advance(load.begun));
    }
    if (load.begun.chunks < load.head.chunks.length) return;
    register.transaction(() => {
      addSetAside(register.meta, load.begun.setAside);
      keepAhead(register, { seq: load.head.seq });
      this.#spool.forget();
    });
  }

  async #applyChunk(
    load: Load,
    chunk: SnapshotHead['chunks'][number],
    data: Buffer,
    signal: AbortSignal,
  ): Promise<number> {
    try {
      checkChunk(data, chunk);
    } catch (error) {
      this.#spool.dropFrom(load.begun);
      throw error;
    }
    return applyRows(chunk.collection, await openChunk(data, chunk), {
      register: this.#options.register,
      time: load.head.madeAt,
      signal,
      onApplied: (rows) => {
        load.rows += rows;
        this.#options.onProgress();
      },
    });
  }
}

/** Whose snapshots this desktop believes. Nothing before it knows the endpoint's key. */
export function expectedBy(register: Register): Expected | undefined {
  const key = endpointKeys(register)?.signing;
  const ministryId = register.identity.get()?.ministry.id;
  return key && ministryId ? { key, ministryId } : undefined;
}

function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.code === 'COMMAND_INVALID';
}

/** On the network nobody chose a file: what came was altered on its way, or is of somebody else. */
function badAnswer(cause: AppError): AppError {
  return new AppError('SYNC_BAD_ANSWER', 'The snapshot is refused', {
    ...(cause.details && { details: cause.details }),
    action: 'retry',
    cause,
  });
}
