import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** As Express's own middleware: below, an answer goes as it is. */
const MIN_COMPRESSED_SIZE = 1024;

export type JsonAnswer = { readonly status?: number; readonly body: unknown };
export type JsonHandler = (request: {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}) => JsonAnswer | Promise<JsonAnswer>;

/** JSON over HTTP with gzip and as few headers as Node allows: what a peer's server costs at the least. */
export async function startJsonServer(handle: JsonHandler): Promise<string> {
  const server = createServer((request, response) => {
    answer(request, response, handle).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function answer(request: IncomingMessage, response: ServerResponse, handle: JsonHandler): Promise<void> {
  const text = await readText(request);
  if (text === undefined) return;
  const { method = 'GET', url = '/' } = request;
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const { status = 200, body: said } = await handle({ method, url: new URL(url, 'http://server'), body });
  const plain = Buffer.from(JSON.stringify(said));
  const isPacked =
    plain.length >= MIN_COMPRESSED_SIZE && String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const payload = isPacked ? await compress(plain) : plain;
  response.writeHead(status, {
    'content-type': 'application/json',
    // What is packed on its way has no length beforehand, as with Express: PouchDB waits for ever for the rest of an answer
    // of a known length that was cut, and notices one in chunks.
    ...(isPacked ? { 'content-encoding': 'gzip' } : { 'content-length': payload.length }),
  });
  response.end(payload);
}

/** Nothing when the line was cut in the middle. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece);
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces).toString('utf8');
}
