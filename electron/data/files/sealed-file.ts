import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#shared/domain/errors.ts';
import { toFileError } from '../sqlcipher/store-error.ts';

/** Bytes of a file that are sealed together: what must be read to see one of them. */
export const CHUNK = 64 * 1024;
const NONCE = 12;
const TAG = 16;
const SEALED_CHUNK = NONCE + CHUNK + TAG;

/**
 * The key of one file (SPEC F4). Each has its own, so that no two share a nonce, and what is put into another's place is
 * not opened. @param place random, 16 bytes as hexadecimal
 */
export function fileKey(master: Uint8Array, place: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.from(place, 'hex'), 'registre-file-1', 32));
}

/** Which chunk it is, so that chunks cannot change places. */
function position(index: number): Buffer {
  const data = Buffer.alloc(4);
  data.writeUInt32BE(index);
  return data;
}

function seal(key: Buffer, index: number, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(position(index));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws AppError COMMAND_NOT_FOUND (problem `damaged`) */
function unseal(key: Buffer, index: number, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
      .setAAD(position(index))
      .setAuthTag(sealed.subarray(sealed.length - TAG));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

export function damaged(): AppError {
  return new AppError('COMMAND_NOT_FOUND', 'The file on this desktop is damaged or gone', {
    details: { field: 'file', problem: 'damaged' },
  });
}

/** A stretch of a sealed file of `bytes` bytes. @throws AppError COMMAND_NOT_FOUND where it is damaged or gone */
export function readSealed(
  path: string,
  key: Buffer,
  bytes: number,
  { offset, length }: { readonly offset: number; readonly length: number },
): Buffer {
  const end = Math.min(bytes, offset + length);
  if (offset >= end) return Buffer.alloc(0);
  const [first, last] = [Math.floor(offset / CHUNK), Math.floor((end - 1) / CHUNK)];
  const plain: Buffer[] = [];
  const file = openForReading(path);
  try {
    for (let index = first; index <= last; index += 1) {
      const sealed = Buffer.alloc(NONCE + Math.min(CHUNK, bytes - index * CHUNK) + TAG);
      const read = readSync(file, sealed, 0, sealed.length, index * SEALED_CHUNK);
      if (read !== sealed.length) throw damaged();
      plain.push(unseal(key, index, sealed));
    }
  } finally {
    closeSync(file);
  }
  return Buffer.concat(plain).subarray(offset - first * CHUNK, end - first * CHUNK);
}

function openForReading(path: string): number {
  try {
    return openSync(path, 'r');
  } catch {
    throw damaged();
  }
}

/** Writes a file as it comes, sealed; what it is shows at the end. Whole chunks reach the disk, the rest waits for more. */
export class SealedWriter {
  readonly place: string;
  readonly #file: FileHandle;
  readonly #key: Buffer;
  readonly #hash = createHash('sha256');
  #rest = Buffer.alloc(0);
  #chunks = 0;
  #bytes = 0;

  private constructor(place: string, file: FileHandle, key: Buffer) {
    this.place = place;
    this.#file = file;
    this.#key = key;
  }

  /** @throws AppError STORE_DISK_FULL, STORE_READ_ONLY, STORE_IO */
  static async create(path: string, place: string, key: Buffer): Promise<SealedWriter> {
    return new SealedWriter(place, await onDisk(() => open(path, 'wx')), key);
  }

  /** Goes on with what was written before this process: the whole chunks of it that can be read. */
  static async resume(path: string, place: string, key: Buffer): Promise<SealedWriter> {
    const writer = new SealedWriter(place, await onDisk(() => open(path, 'r+')), key);
    await onDisk(() => writer.#readBack());
    return writer;
  }

  /** Bytes that it has been given. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws AppError STORE_DISK_FULL, STORE_READ_ONLY, STORE_IO */
  async write(data: Uint8Array): Promise<void> {
    this.#hash.update(data);
    this.#bytes += data.length;
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= CHUNK) {
      const plain = this.#rest.subarray(0, CHUNK);
      this.#rest = Buffer.from(this.#rest.subarray(CHUNK));
      await this.#append(plain);
    }
  }

  /** The file is on the disk, wholly, when this resolves. @throws AppError STORE_DISK_FULL, STORE_READ_ONLY, STORE_IO */
  async finish(): Promise<{ readonly hash: string; readonly bytes: number }> {
    if (this.#rest.length > 0) await this.#append(this.#rest);
    await onDisk(() => this.#file.sync());
    await this.close();
    return { hash: this.#hash.digest('hex'), bytes: this.#bytes };
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }

  async #append(plain: Buffer): Promise<void> {
    const sealed = seal(this.#key, this.#chunks, plain);
    await onDisk(async () => {
      let written = 0;
      while (written < sealed.length) {
        const at = this.#chunks * SEALED_CHUNK + written;
        written += (await this.#file.write(sealed, written, sealed.length - written, at)).bytesWritten;
      }
    });
    this.#chunks += 1;
  }

  async #readBack(): Promise<void> {
    for (;;) {
      const sealed = Buffer.alloc(SEALED_CHUNK);
      const { bytesRead } = await this.#file.read(sealed, 0, SEALED_CHUNK, this.#chunks * SEALED_CHUNK);
      if (bytesRead < SEALED_CHUNK) return;
      try {
        this.#hash.update(unseal(this.#key, this.#chunks, sealed));
      } catch {
        return;
      }
      this.#chunks += 1;
      this.#bytes += CHUNK;
    }
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFileError(error);
  }
}
