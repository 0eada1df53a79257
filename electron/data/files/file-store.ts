import { randomBytes } from 'node:crypto';
import { mkdirSync, type Stats } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#shared/domain/errors.ts';
import type { FilePart } from '#shared/protocol/files.ts';
import type { Register } from '../register.ts';
import { syncDirectory } from '../sqlcipher/backup.ts';
import { toFileError } from '../sqlcipher/store-error.ts';
import { damaged, fileKey, readSealed, SealedWriter } from './sealed-file.ts';

/** Where the key of the files stands in `meta`. */
const KEY = 'files.key';

/** A file on this desktop. `place` names it in the folder; `fileId` and `part` are where it is described. */
export type StoredFile = {
  readonly hash: string;
  readonly place: string;
  readonly bytes: number;
  readonly isWhole: boolean;
  readonly fileId: string;
  readonly part: FilePart;
  /** Instant since when the endpoint is known to have it. */
  readonly receivedAt?: string;
};

type Row = Omit<StoredFile, 'isWhole' | 'receivedAt'> & {
  readonly isWhole: number;
  readonly receivedAt: string | null;
};

const COLUMNS =
  'hash, place, bytes, is_whole AS isWhole, file_id AS fileId, part, received_at AS receivedAt FROM stored_files';

/**
 * The files of this desktop, in a folder beside the register, sealed under a key that lies in the register (SPEC F4). Names
 * are random and say nothing of the content. A row of `stored_files` is what makes a file: it is written once the bytes are
 * on the disk, and what has no row is swept away.
 */
export class FileStore {
  readonly #register: Register;
  readonly #folder: string;
  /** Places that are being written: no row names them yet. */
  readonly #open = new Set<string>();

  constructor(register: Register) {
    this.#register = register;
    this.#folder = join(dirname(register.connection.path), 'files');
  }

  find(hash: string): StoredFile | undefined {
    const row = this.#register.connection.get<Row>(`SELECT ${COLUMNS} WHERE hash = ?`, [hash]);
    return row && toStored(row);
  }

  hasWhole(hash: string): boolean {
    return this.find(hash)?.isWhole === true;
  }

  /** What the endpoint does not have, thumbnails first, a few at a time. */
  waiting(limit: number): readonly StoredFile[] {
    return this.#register.connection
      .all<Row>(`SELECT ${COLUMNS} WHERE is_whole = 1 AND received_at IS NULL ORDER BY part DESC, hash LIMIT ?`, [
        limit,
      ])
      .map(toStored);
  }

  /** Thumbnails count by their bytes alone: nobody knows them for files. */
  totals(): {
    readonly files: number;
    readonly bytes: number;
    readonly waiting: number;
    readonly waitingBytes: number;
  } {
    const sums = this.#register.connection.get<{ files: number; bytes: number; waiting: number; waitingBytes: number }>(
      `SELECT count(*) FILTER (WHERE part = 'file') AS files, ifnull(sum(bytes), 0) AS bytes,
              count(*) FILTER (WHERE part = 'file' AND received_at IS NULL) AS waiting,
              ifnull(sum(bytes) FILTER (WHERE received_at IS NULL), 0) AS waitingBytes
         FROM stored_files WHERE is_whole = 1`,
    );
    return sums ?? { files: 0, bytes: 0, waiting: 0, waitingBytes: 0 };
  }

  /** Those that the endpoint was known to have, after a hash, in order. */
  received(after: string, limit: number): readonly string[] {
    return this.#register.connection.values<string>(
      'SELECT hash FROM stored_files WHERE is_whole = 1 AND received_at IS NOT NULL AND hash > ? ORDER BY hash LIMIT ?',
      [after, limit],
    );
  }

  /** A new file, named by nobody until it is kept. @throws AppError STORE_DISK_FULL, STORE_READ_ONLY, STORE_IO */
  async create(): Promise<SealedWriter> {
    const place = randomBytes(16).toString('hex');
    this.#open.add(place);
    try {
      const path = this.#path(place);
      const folder = dirname(path);
      if (mkdirSync(folder, { recursive: true })) syncDirectory(this.#folder);
      return await SealedWriter.create(path, place, this.#key(place));
    } catch (error) {
      this.#open.delete(place);
      throw toFileError(error);
    }
  }

  /** The file on the disk goes, or its writing is given up. Never throws: what is left over is swept away later. */
  async discard(writer: SealedWriter): Promise<void> {
    await writer.close();
    await rm(this.#path(writer.place), { force: true }).catch(() => undefined);
    this.#open.delete(writer.place);
  }

  /** Its name in the folder is on the disk too. Call before the row is written. */
  settle({ place }: Pick<SealedWriter, 'place'>): void {
    syncDirectory(dirname(this.#path(place)));
  }

  /** Inside the transaction that writes what the file is for; what is there already stays. True where this one is kept. */
  keep(file: Omit<StoredFile, 'isWhole'> & { readonly isWhole?: boolean }): boolean {
    const { hash, place, bytes, isWhole = true, fileId, part, receivedAt = null } = file;
    const known = this.find(hash);
    if (known?.isWhole) return false;
    this.#register.connection.run(
      `INSERT INTO stored_files (hash, place, bytes, is_whole, file_id, part, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (hash) DO UPDATE SET place = excluded.place, is_whole = excluded.is_whole,
          received_at = excluded.received_at`,
      [hash, place, bytes, isWhole ? 1 : 0, fileId, part, receivedAt],
    );
    this.#register.connection.onCommit(() => this.#open.delete(place));
    return true;
  }

  /** Goes on with a download that an earlier process began. */
  async resume({ place }: StoredFile): Promise<SealedWriter> {
    return SealedWriter.resume(this.#path(place), place, this.#key(place));
  }

  markReceived(hash: string, receivedAt: string | null): void {
    this.#register.connection.run('UPDATE stored_files SET received_at = ? WHERE hash = ?', [receivedAt, hash]);
  }

  /** Kept no more. */
  async forget({ hash, place }: Pick<StoredFile, 'hash' | 'place'>): Promise<void> {
    this.#register.connection.run('DELETE FROM stored_files WHERE hash = ?', [hash]);
    await rm(this.#path(place), { force: true }).catch(() => undefined);
  }

  /**
   * A stretch of a file. One that turns out damaged is forgotten, so that it is asked for again.
   * @throws AppError COMMAND_NOT_FOUND where it is not here, or damaged
   */
  read(hash: string, stretch: { readonly offset: number; readonly length: number }): Buffer {
    const file = this.find(hash);
    if (!file?.isWhole) throw new AppError('COMMAND_NOT_FOUND', 'The file is not on this desktop');
    try {
      return readSealed(this.#path(file.place), this.#key(file.place), file.bytes, stretch);
    } catch (error) {
      void this.forget(file);
      throw error instanceof AppError ? error : damaged();
    }
  }

  /** Removes what no row names: a process that was killed while it wrote. Milliseconds since 1970 of its last change. */
  async sweep(before: number): Promise<number> {
    let removed = 0;
    for (const path of await this.#list()) {
      const [folder = '', name = ''] = path;
      const place = folder + name;
      if (this.#open.has(place) || this.isNamed(place)) continue;
      const file = this.#path(place);
      const facts: Stats | undefined = await stat(file).catch(() => undefined);
      if (!facts || facts.mtimeMs >= before || this.#open.has(place) || this.isNamed(place)) continue;
      await rm(file, { force: true }).catch(() => undefined);
      removed += 1;
    }
    return removed;
  }

  async #list(): Promise<readonly (readonly [string, string])[]> {
    const folders = await readdir(this.#folder).catch(() => []);
    const lists = await Promise.all(
      folders.map(async (folder) => {
        const names = await readdir(join(this.#folder, folder)).catch(() => []);
        return names.map((name) => [folder, name] as const);
      }),
    );
    return lists.flat();
  }

  /** Whether a row says what lies there. */
  isNamed(place: string): boolean {
    if (this.#register.connection.isClosed) return true;
    return this.#register.connection.value('SELECT 1 FROM stored_files WHERE place = ?', [place]) !== undefined;
  }

  #path(place: string): string {
    return join(this.#folder, place.slice(0, 2), place.slice(2));
  }

  #key(place: string): Buffer {
    return fileKey(this.#master(), place);
  }

  #master(): Buffer {
    const { meta } = this.#register;
    const kept = meta.get(KEY);
    if (typeof kept === 'string') return Buffer.from(kept, 'base64url');
    const made = randomBytes(32);
    meta.set(KEY, made.toString('base64url'));
    return made;
  }
}

function toStored({ isWhole, receivedAt, ...row }: Row): StoredFile {
  return { ...row, isWhole: isWhole === 1, ...(receivedAt !== null && { receivedAt }) };
}
