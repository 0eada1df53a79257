import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '#shared/domain/errors.ts';
import { FILE_PATHS } from '#shared/protocol/files.ts';
import type { BytesAnswer, RequestOptions, Transport } from '../../electron/data/replication/http-client.ts';
import { refusal } from '../../electron/data/replication/trouble.ts';
import { EventStream } from './event-stream.ts';

export type WireRequest = {
  readonly path: string;
  /** POST without it. */
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
  /** Instead of the text. */
  readonly octets?: Uint8Array;
};
export type WireAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Instead of the text. */
  readonly octets?: Buffer;
  /** It was begun and never came to its end. */
  readonly isBroken?: boolean;
};

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

/** What lines carry beside rows, in the histories that have it. */
export const FREIGHTS = ['files', 'snapshots'] as const;
export type Freight = (typeof FREIGHTS)[number];

/** Changes what an honest line carries: the proof that the oracle sees when something is wrong. */
export type Sabotage = {
  readonly request?: (request: WireRequest) => WireRequest;
  readonly answer?: (answer: WireAnswer, request: WireRequest) => WireAnswer;
};

/** Files go over connections of their own: a row never waits behind one. */
type Lane = 'rows' | 'files';

type Call = {
  readonly lane: Lane;
  readonly request: WireRequest;
  readonly accept: (answer: WireAnswer) => void;
  /** An answer of bytes that is cut, or is another, at a place between 0 and 1. Without it nothing of one is of use. */
  readonly spoil?: (answer: WireAnswer, fate: 'garbled' | 'cut', place: number) => void;
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
  readonly carries?: readonly Freight[];
  /** A desktop begins to send or fetch bytes of a file. */
  readonly onFile?: () => void;
};

/** Far from every simple fraction: places that never repeat. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The line of one desktop. Nothing moves on it by itself: each request waits until the history says what becomes of it,
 * then its answer does. Fair weather carries both at once.
 */
export class Line {
  weather: Weather = 'up';
  /** The line as the program sees it. */
  readonly transport: Transport;
  readonly #options: Options;
  readonly #calls: Call[] = [];
  /** Requests whose sender has given up: the network may still carry them to the endpoint. */
  readonly #ghosts: WireRequest[] = [];
  readonly #streams = new Set<EventStream>();
  #bytes = 0;
  #place = 0;

  constructor(options: Options) {
    this.#options = options;
    const { carries = [] } = options;
    this.transport = {
      post: (url, asked) => this.#post(url, asked),
      stream: (_url, asked) => this.#stream(asked),
      close: () => this.cut(),
      ...(carries.includes('files') && { carry: (url, method, asked) => this.#carryFile(url, method, asked) }),
      ...(carries.includes('snapshots') && { download: (url, asked) => this.#download(url, asked) }),
    };
  }

  /** Bytes of bodies that went over this line, both ways. */
  get bytes(): number {
    return this.#bytes;
  }

  get isWaiting(): boolean {
    return this.#calls.length > 0;
  }

  isWaitingFor(lane: Lane): boolean {
    return this.#calls.some((call) => call.lane === lane);
  }

  /** Takes the bodies of one call after the other, as text. */
  #post(url: URL, { token, body, octets, signal }: RequestOptions): ReturnType<Transport['post']> {
    const request = {
      path: url.pathname,
      text: JSON.stringify(body ?? {}),
      ...(token && { token }),
      ...(octets && { octets }),
    };
    return this.#call(url.pathname === FILE_PATHS.known ? 'files' : 'rows', request, signal, (resolve) => ({
      accept: ({ status, text }) => {
        const answered: unknown = JSON.parse(text);
        if (status >= 400) throw refusal(status, answered);
        resolve({
          body: answered,
          sentBytes: Buffer.byteLength(request.text),
          receivedBytes: Buffer.byteLength(text),
        });
      },
    }));
  }

  /** Bytes of a file, either way: what came before a cut is given. */
  #carryFile(
    url: URL,
    method: 'GET' | 'POST' | 'PATCH',
    asked: Parameters<NonNullable<Transport['carry']>>[2],
  ): Promise<BytesAnswer> {
    const { token, payload, headers, signal } = asked;
    const request = {
      path: url.pathname,
      method,
      headers,
      text: '',
      ...(token && { token }),
      ...(payload && { octets: payload }),
    };
    return this.#call('files', request, signal, (resolve) => {
      const give = ({ status, headers }: WireAnswer, body: Buffer, isCut: boolean) =>
        resolve({ status, headers, body, isCut });
      return {
        accept: (answer) => give(answer, bytesOf(answer), false),
        spoil: (answer, fate, place) => {
          const bytes = bytesOf(answer);
          if (fate === 'cut') give(answer, bytes.subarray(0, at(bytes, place)), true);
          // Without a body its headers are all there is to it.
          else if (bytes.length === 0) give({ ...answer, headers: {} }, bytes, false);
          else give(answer, flip(bytes, place), false);
        },
      };
    });
  }

  #download(
    url: URL,
    { token, from, signal }: Parameters<NonNullable<Transport['download']>>[1],
  ): Promise<AsyncIterable<Buffer> | undefined> {
    const request = {
      path: url.pathname,
      method: 'GET' as const,
      text: '',
      ...(token && { token }),
      ...(from > 0 && { headers: { range: `bytes=${from}-` } }),
    };
    return this.#call('rows', request, signal, (resolve) => {
      const give = (answer: WireAnswer, bytes: Buffer, isCut: boolean) => {
        if (answer.status === 404) return resolve(undefined);
        if (answer.status >= 400) throw refusal(answer.status, JSON.parse(answer.text));
        resolve(piecesOf(bytes, isCut));
      };
      return {
        accept: (answer) => give(answer, bytesOf(answer), false),
        spoil: (answer, fate, place) => {
          const bytes = bytesOf(answer);
          if (fate === 'garbled') give(answer, flip(bytes, place), false);
          else give(answer, bytes.subarray(0, at(bytes, place)), true);
        },
      };
    });
  }

  #call<T>(
    lane: Lane,
    request: WireRequest,
    signal: AbortSignal | undefined,
    make: (resolve: (value: T) => void) => Pick<Call, 'accept' | 'spoil'>,
  ): Promise<T> {
    if (this.weather !== 'up') return Promise.reject(this.#trouble());
    if (signal?.aborted) return Promise.reject(cut());
    if (lane === 'files') this.#options.onFile?.();
    return new Promise((resolve, reject) => {
      const call: Call = { lane, request, reject, ...make(resolve) };
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

  async #stream({ signal }: RequestOptions): Promise<AsyncIterable<Buffer>> {
    if (this.weather !== 'up') throw this.#trouble();
    const stream = new EventStream();
    this.#streams.add(stream);
    signal?.addEventListener('abort', () => this.#streams.delete(stream) && stream.end(), { once: true });
    return stream;
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

  /** The fate of the first request that no one has carried yet, of rows before those of files. Says whether there was one. */
  async deliver(fate: Fate): Promise<boolean> {
    const call = this.#first(({ answer }) => !answer);
    if (!call) return false;
    if (fate === 'lost' || fate === 'late') {
      this.#end(call);
      if (fate === 'late') this.#ghosts.push(call.request);
      else await this.#carryBeginning(call);
      call.reject(cut());
      return true;
    }
    const first = await this.#carry(call.request);
    call.answer = fate === 'twice' ? await this.#carry(call.request) : first;
    return true;
  }

  /** The fate of the first answer that is under way. Says whether there was one. */
  answer(fate: AnswerFate): boolean {
    const call = this.#first(({ answer }) => answer !== undefined);
    if (!call?.answer) return false;
    this.#end(call);
    if ((fate === 'garbled' || fate === 'cut') && call.spoil) {
      const place = this.#nextPlace();
      this.#arrive(call, call.answer, (answer) => call.spoil?.(answer, fate, place));
    } else if (fate === 'lost' || fate === 'cut') call.reject(cut());
    else if (fate === 'garbled') call.reject(badAnswer());
    else this.#arrive(call, call.answer, call.accept);
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

  #first(isMeant: (call: Call) => boolean): Call | undefined {
    const calls = this.#calls.filter(isMeant);
    return calls.find(({ lane }) => lane === 'rows') ?? calls[0];
  }

  async #carry(honest: WireRequest): Promise<WireAnswer> {
    const { receiver, sabotage } = this.#options;
    this.#bytes += honest.octets?.length ?? Buffer.byteLength(honest.text);
    const request = sabotage?.request?.(honest) ?? honest;
    const answer = await receiver.handle(request);
    return sabotage?.answer?.(answer, honest) ?? answer;
  }

  /** Of a file that is cut on its way the endpoint keeps what came (SPEC F2). */
  async #carryBeginning({ lane, request }: Call): Promise<void> {
    if (lane !== 'files' || !request.octets || request.octets.length === 0) return;
    const octets = request.octets.subarray(0, at(request.octets, this.#nextPlace()));
    await this.#carry({ ...request, octets });
  }

  #nextPlace(): number {
    this.#place = (this.#place + GOLDEN) % 1;
    return this.#place;
  }

  #arrive(call: Call, answer: WireAnswer, accept: (answer: WireAnswer) => void): void {
    this.#bytes += answer.octets?.length ?? Buffer.byteLength(answer.text);
    this.#options.onArrival(answer);
    try {
      if (answer.isBroken) throw cut();
      accept(answer);
    } catch (error) {
      // A refusal is the program's to hear; anything else is a fault of the simulation.
      if (!(error instanceof AppError)) throw error;
      call.reject(error);
    }
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

function bytesOf({ text, octets = Buffer.from(text) }: WireAnswer): Buffer {
  return octets;
}

function at(octets: Uint8Array, place: number): number {
  return Math.floor(octets.length * place);
}

/** One bit is another. */
function flip(octets: Buffer, place: number): Buffer {
  const altered = Buffer.from(octets);
  if (altered.length > 0) altered[at(altered, place)] = (altered[at(altered, place)] ?? 0) ^ 1;
  return altered;
}

/** A download comes in pieces, as it does from a socket. */
async function* piecesOf(bytes: Buffer, isCut: boolean): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  if (isCut) throw cut();
}

const PIECES = 5;

function cut(): AppError {
  return new AppError('SYNC_UNREACHABLE', 'The endpoint was not reached', { action: 'retry' });
}

function badAnswer(): AppError {
  return new AppError('SYNC_BAD_ANSWER', 'Something else than the endpoint answered', { action: 'retry' });
}
