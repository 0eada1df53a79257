import { Value } from 'typebox/value';
import { AppError } from '#shared/domain/errors.ts';
import { FILE_PATHS, KnownFilesAnswer, TUS } from '#shared/protocol/files.ts';
import { addressOf, type Credentials } from '../replication/endpoint.ts';
import type { BytesAnswer, FileLine } from '../replication/http-client.ts';

export type Announced = { readonly fileId: string; readonly hash: string; readonly bytes: number };

/** Files of the endpoint as the desktop asks for them (`protocol/files.ts`); nothing of storage. */
export class FileClient {
  readonly #client: FileLine;

  constructor(client: FileLine) {
    this.#client = client;
  }

  /**
   * Begins an upload or finds it. A small file comes along and is there at once.
   * @returns how many bytes the endpoint has
   * @throws AppError SYNC_UNREACHABLE, SYNC_UNAUTHORISED, SYNC_TOO_MANY_REQUESTS; SYNC_BAD_ANSWER for any other refusal,
   *   with `details.status`
   */
  async begin(
    credentials: Credentials,
    { fileId, hash, bytes }: Announced,
    body: Buffer | undefined,
    signal: AbortSignal,
  ): Promise<number> {
    const answer = await this.#client.carry(addressOf(credentials.server, FILE_PATHS.uploads), 'POST', {
      token: credentials.token,
      signal,
      payload: body ?? Buffer.alloc(0),
      headers: {
        'tus-resumable': TUS.version,
        'upload-length': String(bytes),
        'upload-metadata': `file ${encode(fileId)},sha256 ${encode(hash)}`,
        ...(body && { 'content-type': TUS.mediaType }),
      },
    });
    return readOffset(answer, 201, bytes);
  }

  /** Sends the next piece. @returns how many bytes the endpoint has. @throws as `begin` */
  async send(
    credentials: Credentials,
    { hash, bytes }: Announced,
    { offset, data }: { readonly offset: number; readonly data: Buffer },
    signal: AbortSignal,
  ): Promise<number> {
    const answer = await this.#client.carry(addressOfFile(credentials, FILE_PATHS.upload, hash), 'PATCH', {
      token: credentials.token,
      signal,
      payload: data,
      headers: { 'tus-resumable': TUS.version, 'content-type': TUS.mediaType, 'upload-offset': String(offset) },
    });
    return readOffset(answer, 204, bytes);
  }

  /** Bytes from `start` to `end`, both included; fewer where the line is cut. @throws as `begin` */
  async receive(
    credentials: Credentials,
    hash: string,
    { start, end }: { readonly start: number; readonly end: number },
    signal: AbortSignal,
  ): Promise<{ readonly data: Buffer; readonly isCut: boolean }> {
    const answer = await this.#client.carry(addressOfFile(credentials, FILE_PATHS.file, hash), 'GET', {
      token: credentials.token,
      signal,
      headers: { range: `bytes=${start}-${end}` },
    });
    const { status, body: data, isCut } = answer;
    const wanted = end - start + 1;
    if (status !== 206 || data.length > wanted || (data.length < wanted && !isCut)) throw refusal(answer);
    return { data, isCut };
  }

  /** Which of these the endpoint has. */
  async known(credentials: Credentials, hashes: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { body } = await this.#client.post(addressOf(credentials.server, FILE_PATHS.known), {
      token: credentials.token,
      body: { hashes },
      signal,
    });
    if (Value.Check(KnownFilesAnswer, body)) return new Set(body.known);
    throw new AppError('SYNC_BAD_ANSWER', 'The answer about files has not the expected shape');
  }
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function addressOfFile({ server }: Credentials, path: string, hash: string): URL {
  return addressOf(server, path.replace(':hash', hash));
}

/** An answer without the headers of tus is a captive portal's, whatever its status. */
function readOffset(answer: BytesAnswer, expected: number, bytes: number): number {
  const offset = Number(answer.headers['upload-offset'] ?? Number.NaN);
  const isOurs = answer.status === expected && answer.headers['tus-resumable'] === TUS.version;
  if (isOurs && Number.isInteger(offset) && offset >= 0 && offset <= bytes) return offset;
  throw refusal(answer);
}

function refusal({ status }: BytesAnswer): AppError {
  if (status === 401) return new AppError('SYNC_UNAUTHORISED', 'The endpoint does not know this device');
  if (status === 429) return new AppError('SYNC_TOO_MANY_REQUESTS', 'Too many requests', { action: 'retry' });
  if (status >= 500)
    return new AppError('SYNC_UNREACHABLE', 'The endpoint failed', { details: { status }, action: 'retry' });
  return new AppError('SYNC_BAD_ANSWER', 'The endpoint does not take or give this file', { details: { status } });
}
