import { AppError } from '#shared/domain/errors.ts';
import type { RequestOptions, Transport } from '../../electron/data/replication/http-client.ts';
import { refusal } from '../../electron/data/replication/trouble.ts';

export type WireRequest = {
  readonly path: string;
  readonly token?: string;
  readonly text: string;
  /** Instead of the text. */
  readonly octets?: Uint8Array;
};
export type WireAnswer = { readonly status: number; readonly text: string };

/** The program at the other end of every line. */
export type Receiver = {
  handle(request: WireRequest): Promise<WireAnswer>;
};

export const WEATHERS = ['up', 'down', 'portal'] as const;
export type Weather = (typeof WEATHERS)[number];

/** What a request meets on its way, and its answer on the way back. */
export const FATES = ['whole', 'twice', 'lost', 'late'] as const;
export type Fate = (typeof FATES)[number];
export const ANSWER_FATES = ['whole', 'lost', 'garbled', 'cut'] as const;
export type AnswerFate = (typeof ANSWER_FATES)[number];

/** Changes what an honest line carries: the proof that the oracle sees when something is wrong. */
export type Sabotage = {
  readonly request?: (request: WireRequest) => WireRequest;
  readonly answer?: (answer: WireAnswer, request: WireRequest) => WireAnswer;
};

type Call = {
  readonly request: WireRequest;
  readonly resolve: (value: Awaited<ReturnType<Transport['post']>>) => void;
  readonly reject: (error: unknown) => void;
  answer?: WireAnswer;
  /** Stops listening to whoever may give it up. */
  release?: () => void;
};

type Options = {
  readonly receiver: Receiver;
  /** Every answer that reaches the desktop. */
  readonly onArrival: (answer: WireAnswer) => void;
  readonly sabotage: Sabotage | undefined;
};

/**
 * The line of one desktop. Nothing moves on it by itself: each request waits until the history says what becomes of it,
 * then its answer does. Fair weather carries both at once.
 */
export class Line implements Transport {
  weather: Weather = 'up';
  readonly #options: Options;
  readonly #calls: Call[] = [];
  /** Requests whose sender has given up: the network may still carry them to the endpoint. */
  readonly #ghosts: WireRequest[] = [];
  readonly #streams = new Set<EventStream>();
  #bytes = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Bytes of bodies that went over this line, both ways. */
  get bytes(): number {
    return this.#bytes;
  }

  get isWaiting(): boolean {
    return this.#calls.length > 0;
  }

  /** Takes the bodies of one call after the other, as text. */
  post(url: URL, { token, body, octets, signal }: RequestOptions): ReturnType<Transport['post']> {
    const text = JSON.stringify(body ?? {});
    if (this.weather !== 'up') return Promise.reject(this.#trouble());
    return new Promise((resolve, reject) => {
      const request = { path: url.pathname, text, ...(token && { token }), ...(octets && { octets }) };
      const call: Call = { request, resolve, reject };
      this.#calls.push(call);
      const abort = () => {
        // The program has ended; the network may have the request all the same.
        if (this.#end(call)) this.#ghosts.push(request);
        reject(cut());
      };
      signal?.addEventListener('abort', abort, { once: true });
      call.release = () => signal?.removeEventListener('abort', abort);
    });
  }

  async stream(_url: URL, { signal }: RequestOptions): Promise<AsyncIterable<Buffer>> {
    if (this.weather !== 'up') throw this.#trouble();
    const stream = new EventStream();
    this.#streams.add(stream);
    signal?.addEventListener('abort', () => this.#streams.delete(stream) && stream.end(), { once: true });
    return stream;
  }

  close(): void {
    this.cut();
  }

  /** What is open breaks; what was sent may still arrive. */
  cut(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
    for (const call of this.#calls.splice(0)) {
      call.release?.();
      if (!call.answer) this.#ghosts.push(call.request);
      call.reject(cut());
    }
  }

  /** Rows up to this sequence are there, says the endpoint. */
  announce(seq: number): void {
    for (const stream of this.#streams) stream.push(`data: ${JSON.stringify({ seq })}\n\n`);
  }

  /** The fate of the first request that no one has carried yet. Says whether there was one. */
  async deliver(fate: Fate): Promise<boolean> {
    const call = this.#calls.find(({ answer }) => !answer);
    if (!call) return false;
    if (fate === 'lost' || fate === 'late') {
      this.#end(call);
      if (fate === 'late') this.#ghosts.push(call.request);
      call.reject(cut());
      return true;
    }
    const first = await this.#carry(call.request);
    call.answer = fate === 'twice' ? await this.#carry(call.request) : first;
    return true;
  }

  /** The fate of the first answer that is under way. Says whether there was one. */
  answer(fate: AnswerFate): boolean {
    const call = this.#calls.find(({ answer }) => answer);
    if (!call?.answer) return false;
    this.#end(call);
    if (fate === 'lost' || fate === 'cut') call.reject(cut());
    else if (fate === 'garbled') call.reject(badAnswer());
    else this.#arrive(call, call.answer);
    return true;
  }

  /** A request that its sender gave up arrives at last; nobody hears the answer. */
  async deliverGhost(place: number): Promise<boolean> {
    const [ghost] = this.#ghosts.splice(place % Math.max(1, this.#ghosts.length), 1);
    if (ghost) await this.#carry(ghost);
    return ghost !== undefined;
  }

  forgetGhosts(): void {
    this.#ghosts.length = 0;
  }

  async #carry(honest: WireRequest): Promise<WireAnswer> {
    const { receiver, sabotage } = this.#options;
    this.#bytes += honest.octets?.length ?? Buffer.byteLength(honest.text);
    const request = sabotage?.request?.(honest) ?? honest;
    const answer = await receiver.handle(request);
    return sabotage?.answer?.(answer, honest) ?? answer;
  }

  #arrive(call: Call, answer: WireAnswer): void {
    const receivedBytes = Buffer.byteLength(answer.text);
    this.#bytes += receivedBytes;
    this.#options.onArrival(answer);
    const body: unknown = JSON.parse(answer.text);
    if (answer.status >= 400) call.reject(refusal(answer.status, body));
    else call.resolve({ body, sentBytes: Buffer.byteLength(call.request.text), receivedBytes });
  }

  #end(call: Call): boolean {
    const place = this.#calls.indexOf(call);
    if (place < 0) return false;
    this.#calls.splice(place, 1);
    call.release?.();
    return call.answer === undefined;
  }

  #trouble(): AppError {
    return this.weather === 'portal' ? badAnswer() : cut();
  }
}

/** Text that a desktop reads as it comes, until the line is cut. */
class EventStream implements AsyncIterable<Buffer> {
  readonly #texts: string[] = [];
  #isEnded = false;
  #wake = () => {};

  push(text: string): void {
    this.#texts.push(text);
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const text = this.#texts.shift();
      if (text !== undefined) yield Buffer.from(text);
      else if (this.#isEnded) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}

function cut(): AppError {
  return new AppError('SYNC_UNREACHABLE', 'The endpoint was not reached', { action: 'retry' });
}

function badAnswer(): AppError {
  return new AppError('SYNC_BAD_ANSWER', 'Something else than the endpoint answered', { action: 'retry' });
}
