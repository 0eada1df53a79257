import { Type } from 'typebox';
import { AppError, toErrorData } from '#shared/domain/errors.ts';
import { type FilePart, type FilesState, MAX_FILES_ASKED } from '#shared/protocol/files.ts';
import { hasShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { BackOff } from '../replication/back-off.ts';
import type { Credentials } from '../replication/endpoint.ts';
import { readEpoch } from '../replication/epoch.ts';
import { LINE_TROUBLES } from '../replication/trouble.ts';
import type { FileClient } from './file-client.ts';
import { isDescribedAtEndpoint, latestThumbnails, readFileRow } from './file-rows.ts';
import type { FileStore } from './file-store.ts';
import { Pace } from './pace.ts';
import { CHUNK, type SealedWriter } from './sealed-file.ts';

/** Small pictures that come by themselves: of the last files. Older ones come when somebody looks at them. */
const AUTOMATIC_THUMBNAILS = 2000;
/**
 * Milliseconds after which a file that could not be sent or fetched is tried again, doubled each time up to the longest: the
 * row of a photo is often seconds ahead of its bytes, and sometimes weeks.
 */
const TRY_AGAIN = 2000;
const LONGEST_WAIT = 6 * 60 * 60 * 1000;
/** Bytes of a file that is sent in the request that announces it. */
const SENT_AT_ONCE = 64 * 1024;
/** Bytes that the lines around a request, or an answer, take about. */
const HEADERS = 400;
/** Milliseconds after which the endpoint is asked whether it still has what it had. */
const CHECK_INTERVAL = 7 * 24 * 60 * 60 * 1000;
const CHECKED = 'files.checked';
const Checked = Type.Object({ whom: Type.String(), at: Type.Number() });

type Job = {
  readonly direction: 'up' | 'down';
  readonly fileId: string;
  readonly hash: string;
  readonly bytes: number;
  readonly part: FilePart;
  /** A person waits for it. */
  readonly isAsked: boolean;
};

/** What a run speaks over, until it is given up. */
type Line = { readonly client: FileClient; readonly credentials: Credentials; readonly signal: AbortSignal };

/** Of the whole line, not of one file. */
const LINE_FAILURES: ReadonlySet<string> = new Set([...LINE_TROUBLES, 'SYNC_UNAUTHORISED', 'SYNC_TOO_MANY_REQUESTS']);
/** Of this desktop's disk. */
const DISK_FAILURES: ReadonlySet<string> = new Set(['STORE_DISK_FULL', 'STORE_READ_ONLY', 'STORE_IO']);

/**
 * Sends what the endpoint does not have and fetches what is wanted, one file at a time, in pieces, and only while no row
 * waits (SPEC F1): thumbnails first, then what a person asked for, then the rest.
 */
export class FileTransfer {
  readonly #register: Register;
  readonly #store: FileStore;
  readonly #client: FileClient | undefined;
  readonly #onChange: () => void;
  readonly #delays = new BackOff();
  readonly #pace = { up: new Pace(), down: new Pace() };
  /** By file and part, in the order of the asking. */
  readonly #asked = new Map<string, { readonly fileId: string; readonly part: FilePart }>();
  /** By hash: what failed, until when it is left alone, and for how long that was. */
  readonly #later = new Map<string, { readonly notBefore: number; readonly delay: number }>();
  /** Thumbnails to fetch by themselves; unknown until looked for. */
  #missing: Job[] | undefined;
  #abort = new AbortController();
  #isAllowed = false;
  /** Bytes of a file arrived on one side or the other in this run. */
  #hasMoved = false;
  #isClosed = false;
  #running: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #active: FilesState['active'];
  /** The download under way, or given up last: its bytes that fill no chunk are in memory. */
  #begun: { readonly hash: string; readonly writer: SealedWriter } | undefined;

  /** Without a client nothing travels. */
  constructor(register: Register, store: FileStore, client: FileClient | undefined, onChange: () => void) {
    this.#register = register;
    this.#store = store;
    this.#client = client;
    this.#onChange = onChange;
  }

  get active(): FilesState['active'] {
    return this.#active;
  }

  /** Something is being carried, or looked for. */
  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  isAsked(fileId: string, part: FilePart): boolean {
    return this.#asked.has(`${fileId} ${part}`);
  }

  /** Rows are in order on both sides: the line is free. */
  resume(): void {
    if (this.#isClosed) return;
    this.#isAllowed = true;
    this.#wake();
  }

  /** A row waits, or travels: what is under way is given up, and goes on later at the byte. */
  pause(): void {
    this.#isAllowed = false;
    clearTimeout(this.#retry);
    this.#abort.abort();
  }

  /** Rows of files came: there may be thumbnails to fetch. */
  noteRows(): void {
    this.#missing = undefined;
  }

  /** A window shows it, and does not have it. */
  ask(fileId: string, part: FilePart): void {
    const key = `${fileId} ${part}`;
    if (this.#asked.has(key)) return;
    this.#asked.set(key, { fileId, part });
    this.#wake();
  }

  /** A person wants this one now, also where it was not to be had a moment ago. */
  demand(fileId: string, hash: string): void {
    this.#later.delete(hash);
    this.#asked.set(`${fileId} file`, { fileId, part: 'file' });
    this.#wake();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.pause();
    await this.#running;
    await this.#letGo();
  }

  #wake(): void {
    if (!this.#isAllowed || this.#running || !this.#client) return;
    clearTimeout(this.#retry);
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#running = this.#run(this.#client, signal).finally(() => {
      this.#running = undefined;
      this.#active = undefined;
      if (this.#isClosed) return;
      this.#onChange();
      // Allowed again while the last piece was being given up.
      if (signal.aborted) this.#wake();
    });
  }

  async #run(client: FileClient, signal: AbortSignal): Promise<void> {
    const credentials = this.#register.identity.credentials();
    if (!credentials) return;
    const line: Line = { client, credentials, signal };
    this.#hasMoved = false;
    try {
      await this.#checkEndpoint(line);
      for (let job = this.#next(); job && !signal.aborted; job = this.#next()) {
        await this.#carry(job, line);
      }
      this.#delays.reset();
      if (!signal.aborted) this.#wakeLater();
    } catch {
      if (signal.aborted) return;
      // A line that is cut again and again still gets on: it is not to be waited for ever longer.
      if (this.#hasMoved) this.#delays.reset();
      this.#pace.up.reset();
      this.#pace.down.reset();
      this.#retry = setTimeout(() => this.#wake(), this.#delays.next());
    }
  }

  /** @throws AppError for what stands against every file */
  async #carry(job: Job, line: Line): Promise<void> {
    try {
      if (job.direction === 'up') await this.#send(job, line);
      else await this.#fetch(job, line);
      this.#later.delete(job.hash);
      this.#onChange();
    } catch (error) {
      const { code } = toErrorData(error);
      if (line.signal.aborted || LINE_FAILURES.has(code) || DISK_FAILURES.has(code)) throw error;
      const delay = Math.min(LONGEST_WAIT, (this.#later.get(job.hash)?.delay ?? TRY_AGAIN / 2) * 2);
      this.#later.set(job.hash, { notBefore: this.#register.environment.now() + delay, delay });
    }
  }

  async #send(job: Job, { client, credentials, signal }: Line): Promise<void> {
    const { hash, bytes } = job;
    const isSmall = bytes <= SENT_AT_ONCE;
    const body = isSmall ? this.#store.read(hash, { offset: 0, length: bytes }) : undefined;
    let offset = await client.begin(credentials, job, body, signal);
    this.#register.traffic.note((body?.length ?? 0) + HEADERS, HEADERS);
    while (offset < bytes) {
      this.#tell(job, offset);
      if (this.#mustGiveWay(job)) return;
      const data = this.#store.read(hash, { offset, length: this.#pace.up.size });
      const begun = performance.now();
      offset = await client.send(credentials, job, { offset, data }, signal);
      this.#hasMoved = true;
      this.#register.traffic.note(data.length + HEADERS, HEADERS);
      this.#pace.up.note(data.length, performance.now() - begun);
    }
    this.#store.markReceived(hash, this.#register.instant());
  }

  async #fetch(job: Job, { client, credentials, signal }: Line): Promise<void> {
    const { hash, bytes, fileId, part } = job;
    const writer = await this.#openWriter(hash);
    this.#begun = { hash, writer };
    try {
      while (writer.bytes < bytes) {
        this.#tell(job, writer.bytes);
        if (this.#mustGiveWay(job)) return;
        const start = writer.bytes;
        const end = Math.min(bytes, start + this.#pace.down.size) - 1;
        const begun = performance.now();
        const { data, isCut } = await client.receive(credentials, hash, { start, end }, signal);
        this.#hasMoved = true;
        this.#register.traffic.note(HEADERS, data.length + HEADERS);
        this.#pace.down.note(data.length, performance.now() - begun);
        await writer.write(data);
        // What was fetched is gone on with after a restart; less than a chunk is not worth it.
        if (writer.bytes >= CHUNK) this.#store.keep({ hash, bytes, place: writer.place, fileId, part, isWhole: false });
        if (isCut) throw new AppError('SYNC_UNREACHABLE', 'The line was cut', { action: 'retry' });
      }
      await this.#finish(job, writer);
      await this.#letGo();
    } catch (error) {
      // What came over the line is gone on with; a disk that failed, or wrong bytes, are not.
      if (!signal.aborted && !LINE_FAILURES.has(toErrorData(error).code)) await this.#letGo();
      throw error;
    }
  }

  /** The download that was begun and given up is left: what a row names stays on the disk. */
  async #letGo(): Promise<void> {
    const begun = this.#begun;
    this.#begun = undefined;
    if (!begun) return;
    await begun.writer.close();
    if (!this.#store.isNamed(begun.writer.place)) await this.#store.discard(begun.writer);
  }

  async #openWriter(hash: string): Promise<SealedWriter> {
    if (this.#begun?.hash === hash) return this.#begun.writer;
    await this.#letGo();
    const known = this.#store.find(hash);
    if (!known) return this.#store.create();
    try {
      return await this.#store.resume(known);
    } catch {
      // The beginning is gone from the disk.
      await this.#store.forget(known);
      return this.#store.create();
    }
  }

  async #finish({ hash, bytes, fileId, part }: Job, writer: SealedWriter): Promise<void> {
    const { place } = writer;
    const written = await writer.finish();
    if (written.hash !== hash) {
      await this.#store.forget({ hash, place });
      throw new AppError('SYNC_BAD_ANSWER', 'The endpoint gave other bytes than those of this file');
    }
    this.#store.settle(writer);
    const receivedAt = this.#register.instant();
    this.#store.keep({ hash, bytes, place, fileId, part, receivedAt });
    this.#asked.delete(`${fileId} ${part}`);
  }

  /** Somebody asked for another file meanwhile. A thumbnail that is sent comes before that: it would be the next again. */
  #mustGiveWay({ isAsked, direction, part }: Job): boolean {
    const isFirst = isAsked || (direction === 'up' && part === 'thumbnail');
    return !isFirst && this.#nextAsked() !== undefined;
  }

  #next(): Job | undefined {
    const waiting = this.#store
      .waiting(MAX_FILES_ASKED)
      .flatMap((file): Job[] =>
        this.#isDue(file.hash) && this.#mayTravel(file) && isDescribedAtEndpoint(this.#register, file.fileId)
          ? [{ ...file, direction: 'up', isAsked: false }]
          : [],
      );
    const [first] = waiting;
    if (first?.part === 'thumbnail') return first;
    return this.#nextAsked() ?? this.#nextMissing() ?? first;
  }

  #nextAsked(): Job | undefined {
    for (const [key, { fileId, part }] of this.#asked) {
      const row = readFileRow(this.#register, fileId);
      const content = part === 'file' ? row : row?.thumbnail;
      if (!content || this.#store.hasWhole(content.hash)) this.#asked.delete(key);
      else if (this.#isDue(content.hash) && this.#mayTravel({ part, bytes: content.bytes }, part === 'file')) {
        return { direction: 'down', fileId, part, hash: content.hash, bytes: content.bytes, isAsked: true };
      }
    }
    return undefined;
  }

  #nextMissing(): Job | undefined {
    this.#missing ??= latestThumbnails(this.#register, AUTOMATIC_THUMBNAILS)
      .filter(({ hash }) => !this.#store.hasWhole(hash) && this.#isDue(hash))
      .map(
        ({ id, ...content }): Job => ({ ...content, direction: 'down', fileId: id, part: 'thumbnail', isAsked: false }),
      );
    for (let job = this.#missing.shift(); job; job = this.#missing.shift()) {
      if (!this.#store.hasWhole(job.hash) && this.#isDue(job.hash) && this.#mayTravel(job)) return job;
    }
    return undefined;
  }

  /** SPEC S16. A thumbnail that a screen shows is not what a person asked for: the screen says so without it. */
  #mayTravel({ part, bytes }: Pick<Job, 'part' | 'bytes'>, isAsked = false): boolean {
    return this.#register.traffic.mayTransfer(part === 'file' ? 'original' : 'thumbnail', bytes, isAsked);
  }

  #isDue(hash: string): boolean {
    return this.#waitOf(this.#later.get(hash)) === 0;
  }

  /** Milliseconds. Far longer than it was to be, where somebody put the clock back: then it is over. */
  #waitOf(later: { readonly notBefore: number; readonly delay: number } | undefined): number {
    const wait = later ? later.notBefore - this.#register.environment.now() : 0;
    return later && wait < 2 * later.delay ? Math.max(0, wait) : 0;
  }

  /** Nothing is left that may travel now: what failed is tried again in its time. */
  #wakeLater(): void {
    const waits = [...this.#later.values()].map((later) => this.#waitOf(later)).filter((wait) => wait > 0);
    if (waits.length === 0) return;
    this.#retry = setTimeout(
      () => {
        this.#missing = undefined;
        this.#wake();
      },
      Math.min(...waits),
    );
  }

  /** An endpoint that was restored or replaced may have lost files: what it lacks is sent again. */
  async #checkEndpoint({ client, credentials, signal }: Line): Promise<void> {
    const { meta, identity, environment } = this.#register;
    // One that came back from a backup is another one (SPEC S19).
    const epoch = readEpoch(this.#register)?.number ?? '';
    const whom = `${credentials.server} ${identity.require().device.id} ${epoch}`;
    const last = meta.get(CHECKED);
    const isSame = hasShape(Checked, last) && last.whom === whom;
    const age = isSame ? environment.now() - last.at : Number.POSITIVE_INFINITY;
    // Asked in the future: somebody put the clock back since.
    if (age >= 0 && age < CHECK_INTERVAL) return;
    for (let page = this.#store.received('', MAX_FILES_ASKED); page.length > 0; ) {
      const known = await client.known(credentials, page, signal);
      for (const hash of page) if (!known.has(hash)) this.#store.markReceived(hash, null);
      page = this.#store.received(page.at(-1) ?? '', MAX_FILES_ASKED);
    }
    meta.set(CHECKED, { whom, at: environment.now() });
  }

  #tell({ fileId, direction, bytes }: Job, done: number): void {
    this.#active = { fileId, direction, done, total: bytes };
    this.#onChange();
  }
}
