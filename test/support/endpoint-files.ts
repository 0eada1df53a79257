import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { FILE_PATHS, TUS } from '#shared/protocol/files.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { TestDevice } from './endpoint-device.ts';
import { asRow, makeFile } from './endpoint-documents.ts';

/** Bytes with what is announced of them. */
export type TestFile = { readonly id: string; readonly hash: string; readonly data: Buffer };

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A file of random bytes whose metadata the endpoint has. */
export async function announceFile(
  device: TestDevice,
  bytes: number,
  changes: Partial<WireDocument> = {},
): Promise<TestFile> {
  const data = randomBytes(bytes);
  const row = makeFile(device, { hash: sha256(data), bytes, ...changes });
  const { body } = await device.exchange([asRow('files', row)]);
  if (body.answers[0]?.outcome !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(body.answers)}`);
  return { id: row.id, hash: String(row.hash), data };
}

export type RawAnswer = { readonly status: number; readonly offset: number; readonly headers: Headers };

/** A tus client as small as can be: every request by hand. */
export class TestUploads {
  readonly #address: string;
  readonly #token: string;

  constructor(address: string, { token }: Pick<TestDevice, 'token'>) {
    this.#address = address;
    this.#token = token;
  }

  create({ id, hash, data }: TestFile, { body, length }: { body?: Buffer; length?: number } = {}): Promise<RawAnswer> {
    const encode = (text: string) => Buffer.from(text).toString('base64');
    return this.#send(FILE_PATHS.uploads, 'POST', {
      headers: {
        'upload-length': String(length ?? data.length),
        'upload-metadata': `file ${encode(id)},sha256 ${encode(hash)}`,
        ...(body && { 'content-type': TUS.mediaType }),
      },
      body,
    });
  }

  head({ hash }: Pick<TestFile, 'hash'>): Promise<RawAnswer> {
    return this.#send(this.#path(hash), 'HEAD', {});
  }

  patch(
    { hash }: Pick<TestFile, 'hash'>,
    offset: number,
    body: Buffer,
    headers: Record<string, string> = {},
  ): Promise<RawAnswer> {
    return this.#send(this.#path(hash), 'PATCH', {
      headers: { 'content-type': TUS.mediaType, 'upload-offset': String(offset), ...headers },
      body,
    });
  }

  /** Announces the whole body, sends `sent` bytes of it, and cuts the line once they have left. */
  cutPatch({ hash }: Pick<TestFile, 'hash'>, offset: number, body: Buffer, sent: number): Promise<void> {
    return new Promise((resolve) => {
      const call = request(`${this.#address}${this.#path(hash)}`, {
        method: 'PATCH',
        agent: false,
        headers: {
          authorization: `Bearer ${this.#token}`,
          'tus-resumable': TUS.version,
          'content-type': TUS.mediaType,
          'content-length': String(body.length),
          'upload-offset': String(offset),
        },
      });
      call.on('error', () => {});
      call.on('close', () => resolve());
      call.on('socket', (socket) => socket.on('connect', () => call.write(body.subarray(0, sent), () => socket.end())));
    });
  }

  async get(hash: string, range?: string): Promise<{ status: number; headers: Headers; data: Buffer }> {
    const answer = await fetch(`${this.#address}${FILE_PATHS.file.replace(':hash', hash)}`, {
      headers: { authorization: `Bearer ${this.#token}`, ...(range && { range }) },
    });
    return { status: answer.status, headers: answer.headers, data: Buffer.from(await answer.arrayBuffer()) };
  }

  async known(hashes: readonly string[]): Promise<unknown> {
    const answer = await fetch(`${this.#address}${FILE_PATHS.known}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ hashes }),
    });
    return answer.json();
  }

  #path(hash: string): string {
    return FILE_PATHS.upload.replace(':hash', hash);
  }

  async #send(
    path: string,
    method: string,
    { headers, body }: { headers?: Record<string, string>; body?: Buffer | undefined },
  ): Promise<RawAnswer> {
    const answer = await fetch(`${this.#address}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'tus-resumable': TUS.version, ...headers },
      ...(body && { body: new Uint8Array(body) }),
    });
    return {
      status: answer.status,
      offset: Number(answer.headers.get('upload-offset') ?? -1),
      headers: answer.headers,
    };
  }
}
