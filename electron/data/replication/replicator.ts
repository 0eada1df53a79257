import { createParser } from 'eventsource-parser';
import { AppError, type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { Identity, SyncState } from '#shared/protocol/data-port.ts';
import type { Register } from '../register.ts';
import type { Credentials, Endpoint } from './endpoint.ts';
import { applyAnswer, prepareExchange, readCheckpoint } from './exchange.ts';

/** Milliseconds before the second try after a failure; doubled each time up to the longest. */
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 60_000;

/** Milliseconds between exchanges when nothing wakes this desktop and the stream is down. */
const POLL_INTERVAL = 60_000;

/** Rounds in a row that may move nothing before it counts as trouble. */
const MAX_IDLE_ROUNDS = 3;

/** Milliseconds between two states told to the windows. */
const TELL_INTERVAL = 100;

const LAST_SUCCESS = 'sync.lastSuccess';

type Phase = SyncState['phase'];

/**
 * Keeps this desktop and its endpoint equal, whenever there is a connection: an exchange after every local act, at
 * every wake-up of the stream and from time to time. The network is found by trying. Nothing waits for it.
 */
export class Replicator {
  readonly #register: Register;
  readonly #endpoint: Endpoint;
  readonly #publish: (state: SyncState) => void;
  readonly #abort = new AbortController();
  #phase: Phase = 'not-enrolled';
  #lastError: SyncState['lastError'];
  #nextTry: number | undefined;
  #failures = 0;
  #sent = 0;
  #received = 0;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isWanted = false;
  #isListening = false;

  constructor(register: Register, endpoint: Endpoint, publish: (state: SyncState) => void) {
    this.#register = register;
    this.#endpoint = endpoint;
    this.#publish = publish;
  }

  get state(): SyncState {
    const lastSuccess = this.#register.meta.get(LAST_SUCCESS);
    const server = this.#register.identity.get()?.server;
    return {
      phase: this.#phase,
      waiting: this.#register.waiting.count(),
      ...(typeof lastSuccess === 'string' && { lastSuccess }),
      ...(this.#lastError && { lastError: this.#lastError }),
      ...(this.#nextTry !== undefined && { nextTry: new Date(this.#nextTry).toISOString() }),
      openReviews: this.#register.countOpenReviews(),
      bytesSent: this.#sent,
      bytesReceived: this.#received,
      ...(server && { server }),
    };
  }

  /** Begins when this desktop is enrolled; does nothing before. */
  start(): void {
    if (!this.#register.identity.get() || this.#phase !== 'not-enrolled') return;
    this.#phase = 'idle';
    this.wake();
  }

  async enrol(input: {
    readonly server: string;
    readonly code: string;
    readonly deviceName: string;
  }): Promise<Identity> {
    const answer = await this.#endpoint.enrol(input);
    const identity = this.#register.transaction(() => this.#register.identity.save(answer, input.server));
    this.start();
    return identity;
  }

  /** Something is to be sent or fetched: exchange now, or once more after the exchange that runs. */
  wake(): void {
    if (this.#phase === 'not-enrolled' || this.#abort.signal.aborted) return;
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#isWanted) this.wake();
    });
  }

  /** A local act: wakes an idle desktop; one that is offline keeps its schedule and only shows the new count. */
  noteLocalChange(): void {
    if (this.#phase === 'idle') this.wake();
    else this.#tell();
  }

  /** Tries now, whatever the schedule says, and answers how it went. */
  async syncNow(): Promise<SyncState> {
    this.wake();
    await this.#running;
    return this.state;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#telling);
    await this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#nextTry = undefined;
    this.#setPhase('exchanging');
    try {
      while (this.#isWanted) {
        this.#isWanted = false;
        await this.#exchangeAll();
      }
      this.#succeed();
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#fail(toErrorData(error));
    }
  }

  /** Rounds until both sides have everything. */
  async #exchangeAll(): Promise<void> {
    let idleRounds = 0;
    for (;;) {
      const credentials = this.#credentials();
      const { request, pushed } = prepareExchange(this.#register);
      const { answer, sentBytes, receivedBytes } = await this.#endpoint.exchange(
        credentials,
        request,
        this.#abort.signal,
      );
      this.#sent += sentBytes;
      this.#received += receivedBytes;
      const before = request.checkpoint.seq;
      const outcome = applyAnswer(this.#register, pushed, answer);
      const hasMoved = outcome.accepted > 0 || readCheckpoint(this.#register).seq > before;
      idleRounds = hasMoved ? 0 : idleRounds + 1;
      if (!outcome.more && this.#register.waiting.count() === 0) return;
      if (idleRounds > MAX_IDLE_ROUNDS)
        throw new AppError('SYNC_BAD_ANSWER', 'The exchanges move nothing', { action: 'contact' });
      this.#tell();
    }
  }

  #succeed(): void {
    this.#failures = 0;
    this.#lastError = undefined;
    this.#register.meta.set(LAST_SUCCESS, this.#register.instant());
    this.#schedule(POLL_INTERVAL);
    this.#setPhase('idle');
    void this.#listen();
  }

  #fail(error: ErrorData): void {
    this.#lastError = { ...error, at: this.#register.instant() };
    const isRefused = error.code === 'SYNC_UNAUTHORISED' || error.code === 'SYNC_CLIENT_TOO_OLD';
    const delay = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#failures++);
    // Jitter: 2,400 desktops that lost the network together must not come back in the same second.
    this.#schedule(delay * (0.75 + Math.random() / 2));
    this.#isWanted = false;
    this.#setPhase(isRefused ? 'refused' : 'offline');
  }

  #schedule(delay: number): void {
    this.#nextTry = this.#register.environment.now() + delay;
    this.#timer = setTimeout(() => this.wake(), delay);
  }

  /** Holds the endpoint's stream open; every event is a wake-up. When it ends, an exchange finds out why. */
  async #listen(): Promise<void> {
    if (this.#isListening) return;
    this.#isListening = true;
    try {
      const parser = createParser({ onEvent: (event) => this.#handleStreamEvent(event.data) });
      const decoder = new TextDecoder();
      for await (const piece of await this.#endpoint.stream(this.#credentials(), this.#abort.signal)) {
        parser.feed(decoder.decode(piece, { stream: true }));
      }
    } catch {
      // The exchange that follows tells what is wrong.
    } finally {
      this.#isListening = false;
    }
    if (this.#phase === 'idle' && !this.#abort.signal.aborted) {
      clearTimeout(this.#timer);
      this.#schedule(FIRST_RETRY);
    }
  }

  #handleStreamEvent(data: string): void {
    const event: unknown = JSON.parse(data);
    const seq = typeof event === 'object' && event !== null && 'seq' in event ? event.seq : 0;
    if (typeof seq === 'number' && seq > readCheckpoint(this.#register).seq) this.wake();
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
    if (this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      if (!this.#abort.signal.aborted) this.#publish(this.state);
    }, TELL_INTERVAL);
  }
}
