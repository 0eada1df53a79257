import { AppError, type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { Identity, SyncState } from '#shared/protocol/data-port.ts';
import type { ParcelCommandOutput } from '#shared/protocol/parcel-port.ts';
import type { LoadProgress, SnapshotCommandOutput } from '#shared/protocol/snapshot-port.ts';
import { Courier } from '../parcels/courier.ts';
import type { Register } from '../register.ts';
import { readCheckpoint } from './checkpoint.ts';
import { readClock } from './client-report.ts';
import type { Credentials, Endpoint } from './endpoint.ts';
import { type EnrolInput, Enrolment, HOPELESS_ENROLMENTS } from './enrolment.ts';
import { startOverAfterUpdate } from './exchange.ts';
import { Exchanger } from './exchanger.ts';
import { KeyExchange } from './key-exchange.ts';
import { PushesDuringLoad } from './pushes-during-load.ts';
import { Schedule } from './schedule.ts';
import { countSetAside } from './set-aside.ts';
import { loadSnapshotFile } from './snapshot-by-file.ts';
import { SnapshotLoad } from './snapshot-load.ts';
import { StateTeller } from './state-teller.ts';
import { StreamNews } from './stream-news.ts';
import { WakeUpStream } from './wake-up-stream.ts';

/** Milliseconds between exchanges when nothing wakes this desktop and the stream is down. */
const POLL_INTERVAL = 60_000;

/** The same while the stream is open and would tell of news: a look from time to time for what it may have missed. */
const STREAM_POLL_INTERVAL = 15 * 60_000;

/** Longest wait for a night or a new day, in milliseconds: the clock and the settings may change meanwhile. */
const LONGEST_PAUSE = 60 * 60 * 1000;

const LAST_SUCCESS = 'sync.lastSuccess';

type Phase = SyncState['phase'];

/** The endpoint answers, and takes or gives nothing until a person acts. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SYNC_UNAUTHORISED',
  'SYNC_CLIENT_TOO_OLD',
  'SYNC_SERVER_TOO_OLD',
  'SYNC_MUST_UPDATE',
]);

/**
 * Keeps this desktop and its endpoint equal, whenever there is a connection: an exchange after every local act, at
 * every wake-up of the stream and from time to time. The network is found by trying. Nothing waits for it.
 */
export class Replicator {
  readonly #register: Register;
  readonly #abort = new AbortController();
  readonly #teller: StateTeller;
  readonly #schedule: Schedule;
  readonly #stream: WakeUpStream;
  readonly #news: StreamNews;
  readonly #keys: KeyExchange;
  readonly #enrolment: Enrolment;
  readonly #courier: Courier;
  readonly #exchanger: Exchanger;
  readonly #snapshots: SnapshotLoad;
  readonly #pushesDuringLoad: PushesDuringLoad;
  /** Of a snapshot that comes from a file. */
  #fileProgress: LoadProgress | undefined;
  #loadingFile: Promise<void> | undefined;
  #phase: Phase = 'not-enrolled';
  #lastError: SyncState['lastError'];
  #running: Promise<void> | undefined;
  #isWanted = false;
  /** A person pressed the button: nothing is held back (SPEC S16). */
  #isAsked = false;

  constructor(register: Register, endpoint: Endpoint, publish: (state: SyncState) => void) {
    this.#register = register;
    this.#teller = new StateTeller(() => publish(this.state));
    this.#schedule = new Schedule({ now: () => register.environment.now() });
    this.#news = new StreamNews(register);
    this.#keys = new KeyExchange(register, endpoint);
    this.#enrolment = new Enrolment({ register, endpoint, keys: this.#keys });
    this.#courier = new Courier(register, endpoint);
    this.#exchanger = new Exchanger({
      register,
      endpoint,
      courier: this.#courier,
      signal: this.#abort.signal,
      credentials: () => this.#credentials(),
      isPaused: () => this.#isPaused(),
      onRound: () => this.#teller.tell(),
    });
    this.#snapshots = new SnapshotLoad({
      register,
      endpoint,
      onBytes: (bytes) => this.#exchanger.noteReceived(bytes),
      onProgress: () => {
        this.#pushesDuringLoad.offer();
        this.#teller.tell();
      },
    });
    this.#pushesDuringLoad = new PushesDuringLoad({
      isWaiting: () => this.#snapshots.seq !== undefined && register.waiting.count() > 0,
      push: () => this.#exchanger.pushOnly(this.#snapshots.seq ?? 0),
    });
    this.#stream = new WakeUpStream({
      endpoint,
      onSequence: (seq) => this.#hear(seq),
      onOpen: () => this.#lookAgainAfter(STREAM_POLL_INTERVAL),
      onEnd: (delay) => this.#lookAgainAfter(delay),
    });
  }

  get state(): SyncState {
    const register = this.#register;
    const loading = this.#fileProgress ?? this.#snapshots.progress;
    const lastSuccess = register.meta.get(LAST_SUCCESS);
    const pausedBy = register.traffic.pausedBy();
    const clockSkew = readClock(register);
    const server = register.identity.get()?.server;
    const { nextTry } = this.#schedule;
    const { sent, received } = this.#exchanger.bytes;
    return {
      phase: this.#phase,
      waiting: register.waiting.count(),
      ...(typeof lastSuccess === 'string' && { lastSuccess }),
      ...(this.#lastError && { lastError: this.#lastError }),
      ...(nextTry !== undefined && { nextTry }),
      openReviews: register.countOpenReviews(),
      setAside: countSetAside(register.meta),
      bytesSent: sent,
      bytesReceived: received,
      ...(pausedBy && { pausedBy }),
      ...(clockSkew !== undefined && { clockSkew }),
      ...(loading && { loading }),
      ...(server && { server }),
    };
  }

  /** Begins when this desktop is enrolled; does nothing before. */
  start(): void {
    if (!this.#register.identity.get() || this.#phase !== 'not-enrolled') return;
    startOverAfterUpdate(this.#register);
    this.#phase = 'idle';
    this.wake();
  }

  /** Throws `ENROLMENT_CODE_INVALID`, or `COMMAND_CONFLICT` where this desktop holds the rows of another ministry. */
  async enrol(input: EnrolInput): Promise<Identity> {
    const identity = await this.#enrolment.enrol(input, this.#abort.signal);
    this.#snapshots.askAgain();
    this.#lastError = undefined;
    if (this.#phase === 'not-enrolled') this.start();
    else this.reconnect();
    return identity;
  }

  /** Calls `enrol` until it succeeds, the code is refused, or somebody enrols this desktop by hand. */
  async enrolWhenPossible(enrol: () => Promise<unknown>): Promise<void> {
    this.#schedule.begin();
    try {
      await enrol();
    } catch (error) {
      if (this.#abort.signal.aborted || this.#phase !== 'not-enrolled') return;
      const data = toErrorData(error);
      this.#lastError = { ...data, at: this.#register.instant() };
      if (!HOPELESS_ENROLMENTS.has(data.code)) {
        this.#schedule.afterFailure(toldDelay(data), () => void this.enrolWhenPossible(enrol));
      }
      this.#teller.tell();
    }
  }

  /** The endpoint has another address: what is open to the old one is of no use. */
  reconnect(): void {
    this.#stream.close();
    this.#schedule.reset();
    this.wake();
  }

  /** Something is to be sent or fetched: exchange now, or once more after the exchange that runs. */
  wake(): void {
    if (this.#phase === 'not-enrolled' || this.#abort.signal.aborted) return;
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // The register may be closed by now.
      if (!this.#abort.signal.aborted && (this.#isWanted || this.#news.take())) this.wake();
    });
  }

  /** A local act: wakes an idle desktop; one that is offline keeps its schedule and only shows the new count. */
  noteLocalChange(): void {
    if (this.#phase === 'idle') this.wake();
    else this.#pushesDuringLoad.offer();
    this.#teller.tell();
  }

  /** Stops the first load, or lets it go on. Rows go out meanwhile (SPEC S20). */
  pauseFirstLoad(isPaused: boolean): void {
    if (isPaused) this.#snapshots.pause();
    else {
      this.#snapshots.resume();
      this.#schedule.reset();
      this.wake();
    }
    this.#teller.tell();
  }

  /** Brings what this desktop carries for others. Throws where the endpoint is not reached. */
  sendCarried(isAsked = true): Promise<ParcelCommandOutput['sendCarried']> {
    return this.#courier.carry(this.#credentials(), this.#abort.signal, isAsked);
  }

  /** Tries now, whatever the schedule says, and answers how it went. */
  async syncNow(): Promise<SyncState> {
    this.#isAsked = true;
    this.wake();
    await this.#running;
    this.#isAsked = false;
    return this.state;
  }

  /** SPEC S20, X6: a snapshot that came by hand. */
  async loadFile(bytes: unknown): Promise<SnapshotCommandOutput['loadSnapshot']> {
    if (this.#loadingFile) {
      throw new AppError('COMMAND_CONFLICT', 'A snapshot is being taken in', { details: { problem: 'loading' } });
    }
    const loading = loadSnapshotFile(this.#register, bytes, {
      signal: this.#abort.signal,
      onProgress: (progress) => {
        this.#fileProgress = progress;
        this.#teller.tell();
      },
    });
    this.#loadingFile = loading.then(
      () => {},
      () => {},
    );
    try {
      return await loading;
    } finally {
      this.#loadingFile = undefined;
      this.#fileProgress = undefined;
      this.#teller.tell();
    }
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#register.traffic.keep();
    this.#stream.close();
    this.#schedule.close();
    this.#teller.close();
    await this.#running;
    await this.#loadingFile;
  }

  #hear(seq: number): void {
    this.#news.hear(seq);
    if (!this.#running && !this.#abort.signal.aborted && this.#news.take()) this.wake();
  }

  async #run(): Promise<void> {
    this.#schedule.begin();
    if (this.#isPaused()) return this.#pause();
    this.#setPhase('exchanging');
    try {
      // Without the endpoint's key no snapshot is believed: a device enrolled before there were keys asks for it first.
      if (readCheckpoint(this.#register).seq === 0) await this.#keys.exchange(this.#credentials(), this.#abort.signal);
      await this.#loadFirst();
      // A local act after the last answer finds this desktop still exchanging, and wakes nobody.
      while ((this.#isWanted || this.#register.waiting.count() > 0) && !this.#isPaused()) {
        this.#isWanted = false;
        await this.#exchangeAll();
      }
      await this.#keys.exchange(this.#credentials(), this.#abort.signal);
      if (!this.#abort.signal.aborted) this.#succeed();
      if (this.#register.carriedFiles.toSend().length > 0) void this.#carryBehind();
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#fail(toErrorData(error));
    }
  }

  /** Returns when the first load has ended, was not needed, or was stopped by a person. */
  async #loadFirst(): Promise<void> {
    this.#pushesDuringLoad.begin();
    try {
      await this.#snapshots.run(this.#credentials(), this.#abort.signal);
    } finally {
      await this.#pushesDuringLoad.end();
    }
  }

  /** What is missing here comes by the load, once it goes on: until then rows go out only. */
  async #exchangeAll(): Promise<void> {
    for (;;) {
      const seq = this.#snapshots.seq;
      if (seq === undefined) return this.#exchanger.untilEqual();
      if (this.#register.waiting.count() === 0) return;
      if (!(await this.#exchanger.pushOnly(seq)))
        throw new AppError('SYNC_BAD_ANSWER', 'The exchange moved nothing', { action: 'retry' });
    }
  }

  /** Nothing waits for the parcels of others: they may be large. */
  async #carryBehind(): Promise<void> {
    try {
      await this.sendCarried(false);
    } catch {
      // They are kept: the next exchange that succeeds tries again.
    }
    this.#teller.tell();
  }

  #isPaused(): boolean {
    return !this.#isAsked && this.#register.traffic.pausedBy() !== undefined;
  }

  /** SPEC S16: nothing is asked or sent before the night, or the new day, unless a person asks. */
  #pause(): void {
    this.#isWanted = false;
    this.#stream.close();
    this.#schedule.after(Math.min(LONGEST_PAUSE, this.#register.traffic.untilFree()), () => this.wake());
    this.#setPhase('idle');
  }

  #succeed(): void {
    this.#schedule.reset();
    this.#exchanger.succeed();
    this.#lastError = undefined;
    if (this.#snapshots.seq === undefined) this.#register.meta.set(LAST_SUCCESS, this.#register.instant());
    this.#setPhase('idle');
    this.#lookAgainAfter(this.#stream.isHearing ? STREAM_POLL_INTERVAL : POLL_INTERVAL);
    void this.#stream.listen(this.#credentials());
  }

  #fail(error: ErrorData): void {
    this.#lastError = { ...error, at: this.#register.instant() };
    // A line that is cut often and carries something each time is not given up for longer and longer (SPEC S14).
    if (this.#exchanger.takeProgress()) this.#schedule.reset();
    this.#schedule.afterFailure(toldDelay(error), () => this.wake());
    this.#isWanted = false;
    this.#news.forget();
    this.#setPhase(REFUSALS.has(error.code) ? 'refused' : 'offline');
  }

  #lookAgainAfter(delay: number): void {
    if (this.#phase === 'idle') this.#schedule.after(delay, () => this.wake());
  }

  #credentials(): Credentials {
    const credentials = this.#register.identity.credentials();
    if (!credentials) throw new AppError('COMMAND_NOT_ENROLLED', 'This desktop is not enrolled with an endpoint yet');
    return credentials;
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.#teller.tell();
  }
}

/** SPEC S15: what a busy endpoint, or one that still makes the snapshot, asks for. */
function toldDelay({ details }: ErrorData): number | undefined {
  return typeof details?.retryAfter === 'number' ? details.retryAfter : undefined;
}
