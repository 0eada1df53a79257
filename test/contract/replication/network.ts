import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { PATHS } from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';

/** What happens to one exchange on its way. */
export type Trouble =
  /** Cut before the endpoint has seen a byte. */
  | 'lose-request'
  /** The endpoint commits; the desktop hears nothing. */
  | 'lose-answer'
  /** The endpoint commits; the line is cut in the middle of its answer. */
  | 'cut-answer';

export type Weather = 'up' | 'down' | 'captive-portal' | 'no-stream';

/** The line between one desktop and the endpoint, with everything that goes wrong on a line. */
export type Network = {
  /** What the desktop takes for the endpoint. */
  readonly address: string;
  weather: Weather;
  /** For the exchanges to come, one each; `undefined` lets one pass. */
  readonly troubles: (Trouble | undefined)[];
  /** Whether enrolments meet the next trouble too; exchanges alone unless said so. */
  isEnrolmentTroubled: boolean;
  /** Exchanges and enrolments that reached this line, whatever became of them. */
  readonly requests: number;
  /** Streams that are open through it. */
  readonly openStreams: number;
  readonly streamRequests: number;
  /** Enrolments pass, and nothing else. */
  isClosedToRows: boolean;
  /** False for an endpoint that knows of none. */
  hasSnapshots: boolean;
  /** Bytes of a request that a proxy on the way takes; a larger one is answered with its page. */
  largest: number;
  /** Requests that were larger. */
  readonly tooLarge: number;
  /** Bytes of a snapshot that pass before the rest waits for this; all of them at once where it is not set. */
  holdSnapshot: { readonly after: number; readonly until: Promise<void> } | undefined;
  /** Ranges of snapshots that were asked for, by their first byte. */
  readonly snapshotRequests: number[];
  /** What answers is an endpoint of before packed exchanges, and of before one could ask what became of a push. */
  isOld: boolean;
  /** Answers everything in the endpoint's place, as one that is overloaded or stopping does. */
  busy: { readonly status: 429 | 503; readonly retryAfter: string } | undefined;
  /** What becomes of the body of an answer on its way, by the path that was asked for. */
  alter: ((path: string, body: Buffer) => Buffer) | undefined;
  /** Holds the next answer back, once the endpoint has given it, until `work` is done. */
  whileNextAnswerWaits(work: () => void | Promise<void>): void;
  /** Cuts what is open. */
  cut(): void;
  close(): Promise<void>;
};

const LOGIN_PAGE = '<!doctype html><title>Wi-Fi</title><form>Bienvenue</form>';

export async function startNetwork(endpointAddress: string): Promise<Network> {
  const sockets = new Set<Socket>();
  let onAnswer: (() => void | Promise<void>) | undefined;
  const counts = { requests: 0, streamRequests: 0, openStreams: 0, tooLarge: 0 };

  const server = createServer((incoming, outgoing) => {
    const isStream = incoming.url?.startsWith(PATHS.stream) === true;
    if (isStream) counts.streamRequests += 1;
    else counts.requests += 1;
    if (network.isClosedToRows && incoming.url !== PATHS.enrol) return void incoming.socket.destroy();
    if (network.weather === 'down') return void incoming.socket.destroy();
    if (network.weather === 'captive-portal') {
      incoming.resume();
      return void outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE);
    }
    if (network.busy) {
      incoming.resume();
      const headers = { 'content-type': 'application/json', 'retry-after': network.busy.retryAfter };
      return void outgoing.writeHead(network.busy.status, headers).end('{"code":"SYNC_TOO_MANY_REQUESTS"}');
    }
    if (isStream && network.weather === 'no-stream') return void outgoing.writeHead(404).end();
    if (Number(incoming.headers['content-length'] ?? 0) > network.largest) {
      counts.tooLarge += 1;
      incoming.resume();
      return void outgoing.writeHead(413, { 'content-type': 'text/html' }).end(LOGIN_PAGE);
    }
    if (!network.hasSnapshots && incoming.url?.startsWith(SNAPSHOT_PATHS.latest)) {
      return void outgoing.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    }
    if (isStream) return passStream(incoming, outgoing);
    const isTroubled = isExchange(incoming.url) || (incoming.url === PATHS.enrol && network.isEnrolmentTroubled);
    const trouble = isTroubled ? network.troubles.shift() : undefined;
    if (trouble === 'lose-request') return void incoming.socket.destroy();
    passRequest(incoming, outgoing, trouble).catch(() => incoming.socket.destroy());
  });

  function passStream(incoming: IncomingMessage, outgoing: ServerResponse): void {
    counts.openStreams += 1;
    const upstream = request(`${endpointAddress}${incoming.url}`, { headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    upstream.on('error', () => outgoing.destroy());
    upstream.end();
    outgoing.on('close', () => {
      counts.openStreams -= 1;
      upstream.destroy();
    });
  }

  async function passRequest(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    trouble: Trouble | undefined,
  ): Promise<void> {
    const asked = await readAll(incoming);
    if (network.isOld && (incoming.url?.startsWith('/v1/x/') || asked.includes('"settle"'))) {
      const status = incoming.url?.startsWith('/v1/x/') ? 404 : 400;
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      return void outgoing.end('{"code":"SYNC_BAD_REQUEST","message":"old"}');
    }
    const { status, headers, body: given } = await forward(incoming, asked);
    const body = network.alter?.(incoming.url ?? '', given) ?? given;
    const work = onAnswer;
    onAnswer = undefined;
    await work?.();
    if (trouble === 'lose-answer' || network.weather === 'down') return void incoming.socket.destroy();
    outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
    if (isSnapshot(incoming.url)) {
      network.snapshotRequests.push(Number(/\d+/.exec(incoming.headers.range ?? '0')?.[0]));
      const { after, until } = network.holdSnapshot ?? { after: 0, until: Promise.resolve() };
      outgoing.write(body.subarray(0, after));
      await until;
      return void outgoing.end(body.subarray(after));
    }
    if (trouble !== 'cut-answer') return void outgoing.end(body);
    outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
  }

  function forward(
    incoming: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    return new Promise((resolve, reject) => {
      const { 'transfer-encoding': _chunked, ...headers } = incoming.headers;
      const upstream = request(
        `${endpointAddress}${incoming.url}`,
        { method: incoming.method, headers: { ...headers, 'content-length': String(body.length) } },
        (answer) => {
          const { 'transfer-encoding': _answerChunked, ...answerHeaders } = answer.headers;
          readAll(answer).then(
            (text) => resolve({ status: answer.statusCode ?? 500, headers: answerHeaders, body: text }),
            reject,
          );
        },
      );
      upstream.on('error', reject);
      upstream.end(body);
    });
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };

  const network: Network = {
    // A server that listens on a port has an address of this shape.
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    weather: 'up',
    troubles: [],
    isEnrolmentTroubled: false,
    isClosedToRows: false,
    hasSnapshots: true,
    largest: Number.POSITIVE_INFINITY,
    get tooLarge() {
      return counts.tooLarge;
    },
    holdSnapshot: undefined,
    snapshotRequests: [],
    isOld: false,
    busy: undefined,
    alter: undefined,
    get requests() {
      return counts.requests;
    },
    get openStreams() {
      return counts.openStreams;
    },
    get streamRequests() {
      return counts.streamRequests;
    },
    whileNextAnswerWaits(work) {
      onAnswer = work;
    },
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return network;
}

function isSnapshot(url = ''): boolean {
  return url.startsWith(SNAPSHOT_PATHS.latest);
}

/** Packed or as JSON. */
function isExchange(url = ''): boolean {
  return url === PATHS.exchange || url.startsWith('/v1/x/');
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
