import { AppError } from '#shared/domain/errors.ts';
import { RegisterFile } from '#shared/schema/file.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';

/** @throws AppError COMMAND_NOT_FOUND, STORE_CORRUPT */
export function requireFileRow(register: Register, id: string): RegisterFile {
  const row = readFileRow(register, id);
  if (!row) throw new AppError('COMMAND_NOT_FOUND', 'There is no such file in the register');
  return row;
}

/** @throws AppError STORE_CORRUPT */
export function readFileRow(register: Register, id: string): RegisterFile | undefined {
  const stored = register.table('files').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...row } = toWire(stored);
  return requireShape(RegisterFile, row, 'STORE_CORRUPT');
}

/** A file of the register whose small picture may have to be fetched. */
export type ThumbnailRow = { readonly id: string; readonly hash: string; readonly bytes: number };

/** The thumbnails of the last files that were added and are not taken off. */
export function latestThumbnails(register: Register, limit: number): readonly ThumbnailRow[] {
  const files = register.table('files');
  return register.connection.all<ThumbnailRow>(
    `SELECT id, body->>'$.thumbnail.hash' AS hash, body->>'$.thumbnail.bytes' AS bytes FROM (
       SELECT id, body FROM ${files.tableName} WHERE deleted = 0 ORDER BY ${files.column('addedAt')} DESC, id DESC LIMIT ?)
      WHERE body->>'$.thumbnail.hash' IS NOT NULL AND body->'$.removed' IS NULL`,
    [limit],
  );
}

/** SPEC F1: bytes follow what is known of them. */
export function isDescribedAtEndpoint(register: Register, fileId: string): boolean {
  return register.waiting.get('files', fileId) === undefined && register.waiting.receipt('files', fileId) !== undefined;
}
