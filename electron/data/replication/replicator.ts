import { AppError, type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { Identity, SyncState } from '#shared/protocol/data-port.ts';
import type { NumberedRow, SenderFacts } from '#shared/protocol/packed/rows.ts';
import type { ParcelCommandOutput } from '#shared/protocol/parcel-port.ts';
import { type EnrolAnswer, type ExchangeRequest, MAX_ROWS } from '#shared/protocol/replication.ts';
import type { LoadProgress, SnapshotCommandOutput } from '#shared/protocol/snapshot-port.ts';
import { Courier } from '../parcels/courier.ts';
import { endpointKeys, keepEndpointKeys } from '../parcels/device-keys.ts';
import type { Register } from '../register.ts';
import { BackOff } from './back-off.ts';
import { readCheckpoint } from './checkpoint.ts';
import { noteClock, noteReported, readClock } from './client-report.ts';
import type { Credentials, Endpoint, WireAnswer } from './endpoint.ts';
import {
  applyAnswer,
  type Pushed,
  prepareExchange,
  refuseTooLarge,
  startOver,
  startOverAfterUpdate,
} from './exchange.ts';
import { KeyExchange } from './key-exchange.ts';
import { Link } from './link.ts';
import { countSetAside } from './set-aside.ts';
import { loadSnapshotFile } from './snapshot-by-file.ts';
import { SnapshotLoad } from './snapshot-load.ts';
import { isTooLargeForProxy, proxyRefusesAll } from './trouble.ts';
import { forgetUnanswered } from './unanswered-push.ts';
import { WakeUpStream } from './wake-up-stream.ts';

/** Milliseconds between exchanges when nothing wakes this desktop and the stream is down. */
const POLL_INTERVAL = 60_000;

/** The same while the stream is open and would tell of news: a look from time to time for what it may have missed. */
const STREAM_POLL_INTERVAL = 15 * 60_000;

/** Rounds in a row that may move nothing before it counts as trouble. */
const MAX_IDLE_ROUNDS = 3;

/** Milliseconds between two states told to the windows. */
const TELL_INTERVAL = 100;

const LAST_SUCCESS = 'sync.lastSuccess';

type Phase = SyncState['phase'];
type EnrolInput = { readonly server: string; readonly code: string; readonly deviceName: string };

/** How many times smaller than its rows an answer is on the wire, about. */
const PACKED_TIMES = 5;

/** The line failed under way: the next batches are smaller (SPEC S14). */
const CUTS: ReadonlySet<string> = new Set(['SYNC_UNREACHABLE', 'SYNC_TIMEOUT']);

/** The endpoint answers, and takes or gives nothing until a person acts. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SYNC_UNAUTHORISED',
  'SYNC_CLIENT_TOO_OLD',
  'SYNC_SERVER_TOO_OLD',
  'SYNC_MUST_UPDATE',
]);

/** Longest wait for a night or a new day, in milliseconds: the clock and the settings may change meanwhile. */
const LONGEST_PAUSE = 60 * 60 * 1000;

/** After these another try with the same code and address is of no use. */
const HOPELESS_ENROLMENTS: ReadonlySet<string> = new Set([
  'ENROLMENT_CODE_INVALID',
  'COMMAND_CONFLICT',
  'COMMAND_INVALID',
]);

/**
 * Keeps this desktop and its endpoint equal, whenever there is a connection: an exchange after every local act, at
 * every wake-up of the stream and from time to time. The network is found by trying. Nothing waits for it.
 */
export class Replicator {
  readonly #register: Register;
  readonly #endpoint: Endpoint;
  readonly #publish: (state: SyncState) => void;
  readonly #abort = new AbortController();
  readonly #stream: WakeUpStream;
  readonly #delays = new BackOff();
  readonly #keys: KeyExchange;
  readonly #courier: Courier;
  readonly #snapshots: SnapshotLoad;
  /** Of a snapshot that comes from a file. */
  #fileProgress: LoadProgress | undefined;
  #loadingFile: Promise<void> | undefined;
  #phase: Phase = 'not-enrolled';
  #lastError: SyncState['lastError'];
  #nextTry: number | undefined;
  #sent = 0;
  #received = 0;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isWanted = false;
  /** The highest sequence that the stream told of during an exchange. */
  #heard = 0;
  /** Rows of one push: fewer after the endpoint found a push too large. */
  #maxRows = MAX_ROWS;
  readonly #link = new Link();
  /** A person pressed the button: nothing is held back (SPEC S16). */
  #isAsked = false;

  constructor(register: Register, endpoint: Endpoint, publish: (state: SyncState) => void) {
    this.#register = register;
    this.#endpoint = endpoint;
    this.#publish = publish;
    this.#keys = new KeyExchange(register, endpoint);
    this.#courier = new Courier(register, endpoint);
    this.#snapshots = new SnapshotLoad({
      register,
      endpoint,
      onBytes: (bytes) => {
        this.#received += bytes;
      },
      onProgress: () => this.#tell(),
    });
    this.#stream = new WakeUpStream({
      endpoint,
      onSequence: (seq) => this.#hear(seq),
      onOpen: () => {
        if (this.#phase === 'idle') this.#schedule(STREAM_POLL_INTERVAL);
      },
      onEnd: (delay) => {
        if (this.#phase === 'idle') this.#schedule(delay);
      },
    });
  }

  get state(): SyncState {
    const loading = this.#fileProgress ?? this.#snapshots.progress;
    const lastSuccess = this.#register.meta.get(LAST_SUCCESS);
    const pausedBy = this.#register.traffic.pausedBy();
    const clockSkew = readClock(this.#register);
    const server = this.#register.identity.get()?.server;
    return {
      phase: this.#phase,
      waiting: this.#register.waiting.count(),
      ...(typeof lastSuccess === 'string' && { lastSuccess }),
      ...(this.#lastError && { lastError: this.#lastError }),
      ...(this.#nextTry !== undefined && { nextTry: new Date(this.#nextTry).toISOString() }),
      openReviews: this.#register.countOpenReviews(),
      setAside: countSetAside(this.#register.meta),
      bytesSent: this.#sent,
      bytesReceived: this.#received,
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
    const secret = this.#register.identity.enrolmentSecret();
    const keys = await this.#keys.ownKeys();
    const answer = await this.#endpoint.enrol({ ...input, secret, keys }, this.#abort.signal);
    const identity = this.#register.transaction(() => this.#adopt(answer, input.server));
    this.#lastError = undefined;
    if (this.#phase === 'not-enrolled') this.start();
    else this.reconnect();
    return identity;
  }

  /** Calls `enrol` until it succeeds, the code is refused, or somebody enrols this desktop by hand. */
  async enrolWhenPossible(enrol: () => Promise<unknown>): Promise<void> {
    this.#nextTry = undefined;
    try {
      await enrol();
    } catch (error) {
      if (this.#abort.signal.aborted || this.#phase !== 'not-enrolled') return;
      const data = toErrorData(error);
      this.#lastError = { ...data, at: this.#register.instant() };
      if (!HOPELESS_ENROLMENTS.has(data.code)) {
        this.#schedule(this.#delays.next(toldDelay(data)), () => void this.enrolWhenPossible(enrol));
      }
      this.#tell();
    }
  }

  /** The endpoint has another address: what is open to the old one is of no use. */
  reconnect(): void {
    this.#stream.close();
    this.#delays.reset();
    this.wake();
  }

  /** Something is to be sent or fetched: exchange now, or once more after the exchange that runs. */
  wake(): void {
    if (this.#phase === 'not-enrolled' || this.#abort.signal.aborted) return;
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // The register may be closed by now.
      if (!this.#abort.signal.aborted && (this.#isWanted || this.#takeNews())) this.wake();
    });
  }

  /** The stream tells of this desktop's own rows before their answer has arrived: what an exchange brings is no news. */
  #hear(seq: number): void {
    this.#heard = Math.max(this.#heard, seq);
    if (!this.#running && !this.#abort.signal.aborted && this.#takeNews()) this.wake();
  }

  /** Once: sequences of an epoch that has ended are never reached. */
  #takeNews(): boolean {
    const heard = this.#heard;
    this.#heard = 0;
    return heard > 0 && heard > readCheckpoint(this.#register).seq;
  }

  /** A local act: wakes an idle desktop; one that is offline keeps its schedule and only shows the new count. */
  noteLocalChange(): void {
    if (this.#phase === 'idle') this.wake();
    else this.#tell();
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
        this.#tell();
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
      this.#tell();
    }
  }

  async close(): Promise<void> {
    this.#abort.abort();
    this.#register.traffic.keep();
    this.#stream.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    await this.#running;
    await this.#loadingFile;
  }

  #adopt(answer: EnrolAnswer, server: string): Identity {
    const before = this.#register.identity.get();
    if (before && before.ministry.id !== answer.ministry.id) {
      throw new AppError('COMMAND_CONFLICT', 'This register belongs to another ministry', { action: 'contact' });
    }
    // A device that is enrolled anew may meet an endpoint that was set up anew.
    if (before) {
      this.#snapshots.askAgain();
      startOver(this.#register);
      forgetUnanswered(this.#register.meta);
      // Sequences of another endpoint say nothing of this one's.
      if (endpointKeys(this.#register)?.signing !== answer.endpointKeys?.signing)
        this.#register.waiting.forgetReceipts();
    }
    const { endpointKeys: keys, ...identity } = answer;
    if (keys) keepEndpointKeys(this.#register, keys);
    return this.#register.identity.save(identity, server);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#nextTry = undefined;
    if (this.#isPaused()) return this.#pause();
    this.#setPhase('exchanging');
    try {
      // Without the endpoint's key no snapshot is believed: a device enrolled before there were keys asks for it first.
      if (readCheckpoint(this.#register).seq === 0) await this.#keys.exchange(this.#credentials(), this.#abort.signal);
      await this.#snapshots.run(this.#credentials(), this.#abort.signal);
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

  /** Nothing waits for the parcels of others: they may be large. */
  async #carryBehind(): Promise<void> {
    try {
      await this.sendCarried(false);
    } catch {
      // They are kept: the next exchange that succeeds tries again.
    }
    this.#tell();
  }

  /** Rounds until both sides have everything. */
  async #exchangeAll(): Promise<void> {
    let idleRounds = 0;
    for (;;) {
      const { hasMoved, more } = await this.#exchange();
      idleRounds = hasMoved ? 0 : idleRounds + 1;
      if (!more && this.#register.waiting.count() === 0) return;
      if (idleRounds > MAX_IDLE_ROUNDS)
        throw new AppError('SYNC_BAD_ANSWER', 'The exchanges move nothing', { action: 'contact' });
      this.#tell();
      // The day's bytes may be used up under way; what waits goes on waiting.
      if (this.#isPaused()) return;
    }
  }

  #isPaused(): boolean {
    return !this.#isAsked && this.#register.traffic.pausedBy() !== undefined;
  }

  /** SPEC S16: nothing is asked or sent before the night, or the new day, unless a person asks. */
  #pause(): void {
    this.#isWanted = false;
    this.#stream.close();
    this.#schedule(Math.min(LONGEST_PAUSE, this.#register.traffic.untilFree()));
    this.#setPhase('idle');
  }

  async #exchange(): Promise<{ readonly hasMoved: boolean; readonly more: boolean }> {
    await this.#courier.closeOwn(this.#credentials(), this.#abort.signal);
    const { request, pushed } = prepareExchange(this.#register, {
      maxRows: this.#maxRows,
      pushBytes: this.#link.size('push'),
      pullBytes: this.#link.size('pull'),
    });
    try {
      const wire = await this.#endpoint.exchange(
        { credentials: this.#credentials(), request, rows: pushed.map(toNumbered), facts: senderOf(this.#register) },
        this.#abort.signal,
      );
      this.#noteWire(wire, pushed, request);
      const { settled, more } = applyAnswer(this.#register, pushed, wire.answer);
      if (wire.answer.mustUpdate && this.#register.waiting.count() === 0) {
        throw new AppError('SYNC_MUST_UPDATE', 'Everything was sent; to receive, this program must be updated');
      }
      return { hasMoved: settled > 0 || readCheckpoint(this.#register).seq > request.checkpoint.seq, more };
    } catch (error) {
      const data = toErrorData(error);
      if (CUTS.has(data.code)) this.#link.cut();
      if (isTooLargeForProxy(data) && pushed.length <= 1) throw proxyRefusesAll(error);
      if (!this.#divide(data, pushed)) throw error;
      return { hasMoved: true, more: true };
    }
  }

  /** Bytes and times of an exchange: what is counted (SPEC S16), how wide the line is (S14), how wrong the clock (S17). */
  #noteWire(wire: WireAnswer, pushed: readonly Pushed[], { client }: ExchangeRequest): void {
    const { answer, sentBytes, receivedBytes, milliseconds } = wire;
    this.#sent += sentBytes;
    this.#received += receivedBytes;
    this.#register.traffic.note(sentBytes, receivedBytes);
    noteClock(this.#register, answer.time, milliseconds);
    if (!answer.epoch) noteReported(this.#register, client);
    if (pushed.length > 0) this.#link.carried('push', JSON.stringify(pushed).length / 2, milliseconds);
    this.#link.carried('pull', receivedBytes * PACKED_TIMES, milliseconds);
  }

  /** SPEC S4: a push that is refused as a whole is halved until the row that is too large stands alone. */
  #divide({ code }: ErrorData, pushed: readonly Pushed[]): boolean {
    if (code !== 'SYNC_TOO_LARGE' && code !== 'SYNC_BAD_REQUEST') return false;
    const [first] = pushed;
    forgetUnanswered(this.#register.meta);
    if (code !== 'SYNC_TOO_LARGE' || !first) return false;
    if (pushed.length === 1) refuseTooLarge(this.#register, first);
    else this.#maxRows = Math.ceil(pushed.length / 2);
    return true;
  }

  #succeed(): void {
    this.#delays.reset();
    this.#maxRows = MAX_ROWS;
    this.#lastError = undefined;
    this.#register.meta.set(LAST_SUCCESS, this.#register.instant());
    this.#schedule(this.#stream.isHearing ? STREAM_POLL_INTERVAL : POLL_INTERVAL);
    this.#setPhase('idle');
    void this.#stream.listen(this.#credentials());
  }

  #fail(error: ErrorData): void {
    this.#lastError = { ...error, at: this.#register.instant() };
    this.#schedule(this.#delays.next(toldDelay(error)));
    this.#isWanted = false;
    this.#heard = 0;
    this.#setPhase(REFUSALS.has(error.code) ? 'refused' : 'offline');
  }

  #schedule(delay: number, act = () => this.wake()): void {
    clearTimeout(this.#timer);
    if (this.#abort.signal.aborted) return;
    this.#nextTry = this.#register.environment.now() + delay;
    this.#timer = setTimeout(act, delay);
  }

  #credentials(): Credentials {
    const credentials = this.#register.identity.credentials();
    if (!credentials) throw new AppError('COMMAND_NOT_ENROLLED', 'This desktop is not enrolled with an endpoint yet');
    return credentials;
  }

  #setPhase(phase: Phase): void {
    this.#phase = phase;
    this.#tell();
  }

  /** At most once per interval, the last state always: an import changes it a thousand times a second. */
  #tell(): void {
    if (this.#telling || this.#abort.signal.aborted) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (!this.#abort.signal.aborted) this.#publish(this.state);
    }, TELL_INTERVAL);
  }
}

function toNumbered({ row: { collection, baseSeq }, sent }: Pushed): NumberedRow {
  return { collection, row: sent, ...(baseSeq !== undefined && { baseSeq }) };
}

/** SPEC S15: what a busy endpoint, or one that still makes the snapshot, asks for. */
function toldDelay({ details }: ErrorData): number | undefined {
  return typeof details?.retryAfter === 'number' ? details.retryAfter : undefined;
}

function senderOf(register: Register): SenderFacts {
  const { ministry, device, person } = register.identity.require();
  const { id: personId, name, role } = person;
  return { ministryId: ministry.id, deviceId: device.id, person: { personId, name, role } };
}
