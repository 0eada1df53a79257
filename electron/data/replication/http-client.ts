import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, gzip } from 'node:zlib';
import { AppError } from '#shared/domain/errors.ts';
import { refusal, SilentLine, stranger, unreachable } from './trouble.ts';

const compress = promisify(gzip);
const decompress = { gzip: promisify(gunzip), br: promisify(brotliDecompress) } as const;

/** Below this many bytes compressing a body costs more than it saves. */
const MIN_COMPRESSED_SIZE = 400;

/** Largest answer taken, decoded: a wrong server must not fill the memory. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Milliseconds without a byte after which a request is given up: long enough for a satellite link in the rain. */
const LONGEST_SILENCE = 30_000;

/** The same for the event stream, which is silent but for a sign of life every half minute. */
const STREAM_IDLE_TIMEOUT = 100_000;

/** Bytes on the wire, lines and headers of HTTP included. */
type Traffic = { readonly sentBytes: number; readonly receivedBytes: number };

export type JsonAnswer = Traffic & { readonly body: unknown };

export type PackedAnswer = Traffic & { readonly body: Buffer; readonly date: string | undefined };

/** An answer whose body is still to come, and what its connection carried for it so far. */
type Received = { readonly response: IncomingMessage; readonly traffic: () => Traffic };

/** Bytes as they came, whatever the status. */
export type BytesAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The line was cut before the end of the body. */
  readonly isCut: boolean;
};

export type RequestOptions = {
  readonly token?: string;
  readonly body?: unknown;
  /** Instead of a body: octets as they are. */
  readonly octets?: Uint8Array;
  readonly signal?: AbortSignal;
};

type LineOptions = {
  /** Milliseconds without a byte after which a request is given up. */
  readonly silence?: number;
  /** Certificates, in PEM, of the authorities that are believed; without it those that Node ships. */
  readonly authorities?: readonly string[];
};

export type DownloadOptions = Omit<RequestOptions, 'body' | 'octets'> & {
  /** First byte wanted. */
  readonly from: number;
};

/** How the endpoint is reached. A simulation has its own, with everything that goes wrong on a line. Without `carry` no file travels, without `download` no snapshot. */
export type Transport = Pick<HttpClient, 'post' | 'close'> &
  Partial<Pick<HttpClient, 'get' | 'carry' | 'download' | 'postPacked'>> & {
    stream(url: URL, options: RequestOptions): Promise<AsyncIterable<Buffer>>;
  };

/** A line that carries files too. */
export type FileLine = Pick<HttpClient, 'post' | 'carry'>;

/** JSON over HTTP with compression both ways and kept-alive connections. Errors say what kind of trouble it is. */
export class HttpClient {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 4 });
  readonly #https: HttpsAgent;
  readonly #silence: number;

  constructor({ silence = LONGEST_SILENCE, authorities }: LineOptions = {}) {
    this.#silence = silence;
    this.#https = new HttpsAgent({ keepAlive: true, maxSockets: 4, ...(authorities && { ca: [...authorities] }) });
  }

  /** Throws what is wrong with the line, what answered in the endpoint's place (SPEC S15), or the endpoint's refusal. */
  async post(url: URL, options: RequestOptions): Promise<JsonAnswer> {
    const text = options.octets ?? Buffer.from(JSON.stringify(options.body ?? {}));
    const isLarge = !options.octets && text.length >= MIN_COMPRESSED_SIZE;
    const payload = isLarge ? await compress(text) : text;
    const response = await this.#send(url, 'POST', options, payload, {
      'content-type': options.octets ? 'application/octet-stream' : 'application/json',
      'content-length': String(payload.length),
      'accept-encoding': 'br, gzip',
      ...(isLarge && { 'content-encoding': 'gzip' }),
    });
    return readAnswer(response);
  }

  /** Bytes as they are, with as few headers as HTTP allows (SPEC S13). Fails as `post` does. */
  async postPacked(url: URL, options: Omit<RequestOptions, 'body'>, payload: Buffer): Promise<PackedAnswer> {
    return readPacked(await this.#send(url, 'POST', options, payload, { 'content-length': String(payload.length) }));
  }

  /** Fails as `post` does. */
  async get(url: URL, options: RequestOptions): Promise<JsonAnswer> {
    return readAnswer(await this.#send(url, 'GET', options, undefined, { 'accept-encoding': 'br, gzip' }));
  }

  /** Opens the endpoint's event stream; the answer's text comes piece by piece until it ends or is aborted. */
  async stream(url: URL, options: RequestOptions): Promise<IncomingMessage> {
    const { response } = await this.#send(url, 'GET', options, undefined, { accept: 'text/event-stream' });
    response.socket.setTimeout(STREAM_IDLE_TIMEOUT);
    if (response.statusCode !== 200 || !response.headers['content-type']?.startsWith('text/event-stream')) {
      response.destroy();
      throw new AppError('SYNC_BAD_ANSWER', `The stream answered ${response.statusCode}`, { action: 'retry' });
    }
    return response;
  }

  /**
   * Files either way, which are compressed already. What came before a cut is given.
   * Throws `SYNC_UNREACHABLE` where no answer came; what it means is the caller's.
   */
  async carry(
    url: URL,
    method: 'GET' | 'POST' | 'PATCH',
    options: Omit<RequestOptions, 'body'> & {
      readonly payload?: Buffer;
      readonly headers: Readonly<Record<string, string>>;
    },
  ): Promise<BytesAnswer> {
    const { payload, headers } = options;
    const length = payload && { 'content-length': String(payload.length) };
    const { response } = await this.#send(url, method, options, payload, { ...headers, ...length });
    const pieces: Buffer[] = [];
    const isCut = await collect(response, pieces).then(
      () => false,
      () => true,
    );
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces), isCut };
  }

  /**
   * The bytes of a file from one on, as they come; nothing where the endpoint has no such file. Reading them throws
   * `SYNC_UNREACHABLE` where the line is cut.
   */
  async download(url: URL, options: DownloadOptions): Promise<AsyncIterable<Buffer> | undefined> {
    const { from } = options;
    const { response } = await this.#send(url, 'GET', options, undefined, {
      accept: 'application/octet-stream',
      ...(from > 0 && { range: `bytes=${from}-` }),
    });
    const status = response.statusCode ?? 0;
    if (status === 200 || status === 206) {
      const isRight = response.headers['content-type'] === 'application/octet-stream' && startOf(response) === from;
      if (isRight) return cutAsUnreachable(response);
      response.destroy();
      throw stranger(response);
    }
    const body = parseJson(response, await decode(response, await readBody(response)));
    if (status === 404) return undefined;
    throw refusal(status, body, response.headers);
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  /** A kept connection may have been closed by the other side just now: whatever fails on one is tried on a new one. */
  async #send(
    url: URL,
    method: string,
    options: RequestOptions,
    payload: Uint8Array | undefined,
    headers: Record<string, string>,
  ): Promise<Received> {
    try {
      return await this.#sendOnce(url, method, options, payload, headers);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      if (payload && payload.length > MAX_RESENT) throw unreachable(error.cause);
      return this.#send(url, method, options, payload, headers);
    }
  }

  #sendOnce(
    url: URL,
    method: string,
    options: RequestOptions,
    payload: Uint8Array | undefined,
    headers: Record<string, string>,
  ): Promise<Received> {
    const isSecure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      let answer: IncomingMessage | undefined;
      let traffic = (): Traffic => ({ sentBytes: 0, receivedBytes: 0 });
      const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(
        url,
        {
          method,
          agent: isSecure ? this.#https : this.#http,
          timeout: this.#silence,
          headers: { ...headers, ...(options.token && { authorization: `Bearer ${options.token}` }) },
          ...(options.signal && { signal: options.signal }),
        },
        (response) => {
          answer = response;
          resolve({ response, traffic });
        },
      );
      // Connections are kept by themselves in HTTP/1.1: the header that says so is of no use. Before Node 20 its absence
      // closed them.
      if (KEEPS_SILENTLY) request.removeHeader('connection');
      request.on('socket', ({ bytesWritten, bytesRead }) => {
        traffic = () => ({
          sentBytes: (request.socket?.bytesWritten ?? 0) - bytesWritten,
          receivedBytes: (request.socket?.bytesRead ?? 0) - bytesRead,
        });
      });
      // Who reads an answer is told by the answer.
      request.on('timeout', () => (answer ?? request).destroy(new SilentLine('No byte came for too long')));
      request.on('error', (cause) => {
        const isStale =
          request.reusedSocket && 'code' in cause && cause.code === 'ECONNRESET' && !options.signal?.aborted;
        reject(isStale ? new StaleConnection(cause) : unreachable(cause));
      });
      request.end(payload);
    });
  }
}

class StaleConnection extends Error {
  constructor(cause: unknown) {
    super('The kept connection was closed', { cause });
  }
}

/**
 * Bytes of a body that is sent again at once where a kept connection failed: it was closed while idle, most likely. Under
 * a larger one the line may as well have been cut half-way, and whoever sent it knows better how to go on.
 */
const MAX_RESENT = 16 * 1024;

const KEEPS_SILENTLY = Number(process.versions.node.split('.')[0]) >= 20;

async function readAnswer({ response, traffic }: Received): Promise<JsonAnswer> {
  const raw = await readBody(response);
  const body = parseJson(response, await decode(response, raw));
  if ((response.statusCode ?? 0) >= 400) throw refusal(response.statusCode ?? 0, body, response.headers);
  return { body, ...traffic() };
}

/** SPEC S13: a body without a type is the endpoint's own; a portal's page and a refusal never come without. */
async function readPacked(received: Received): Promise<PackedAnswer> {
  const { response, traffic } = received;
  const { statusCode: status = 0, headers } = response;
  const isOurs = status === 204 || (status === 200 && headers['content-type'] === undefined);
  if (isOurs) return { body: await readBody(response), date: headers.date, ...traffic() };
  await readAnswer(received);
  throw stranger(response);
}

/** The first byte that an answer holds of the file. */
function startOf({ statusCode, headers }: IncomingMessage): number {
  if (statusCode !== 206) return 0;
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? Number.NaN);
}

async function* cutAsUnreachable(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response;
  } catch (cause) {
    throw unreachable(cause);
  }
}

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    await collect(response, pieces);
  } catch (cause) {
    throw cause instanceof AppError ? cause : unreachable(cause);
  }
  return Buffer.concat(pieces);
}

/** Pieces stay where the line is cut. */
async function collect(response: IncomingMessage, pieces: Buffer[]): Promise<void> {
  let size = 0;
  for await (const piece of response) {
    size += piece.length;
    if (size > MAX_ANSWER_BYTES) throw new AppError('SYNC_BAD_ANSWER', 'The answer is too large');
    pieces.push(piece);
  }
}

async function decode(response: IncomingMessage, raw: Buffer): Promise<Buffer> {
  const encoding = response.headers['content-encoding'];
  if (encoding !== 'gzip' && encoding !== 'br') return raw;
  try {
    return await decompress[encoding](raw, { maxOutputLength: MAX_ANSWER_BYTES });
  } catch (cause) {
    throw new AppError('SYNC_BAD_ANSWER', 'The answer cannot be decompressed', { action: 'retry', cause });
  }
}

/** A page of HTML with status 200 is a captive portal, not an endpoint. */
function parseJson(response: IncomingMessage, text: Buffer): unknown {
  const type = response.headers['content-type'] ?? '';
  if (type.includes('application/json')) {
    try {
      return JSON.parse(text.toString('utf8'));
    } catch {
      // Falls through: the same trouble as a wrong type.
    }
  }
  throw stranger(response);
}
