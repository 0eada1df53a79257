import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';
import { findFile, type KeptFile, readBytes } from '../store/files.ts';
import { asMinistry } from '../store/scope.ts';

/** The bytes asked for, from the first to the last, both included. */
export type Range = { readonly start: number; readonly end: number };

/** SPEC F5: a file of the device's ministry. @throws HttpError 404 */
export async function requireFile(
  { store }: Pick<Context, 'store'>,
  { ministryId }: Pick<EnrolledDevice, 'ministryId'>,
  hash: string,
): Promise<KeptFile> {
  const file = await asMinistry(store.database, ministryId, (connection) => findFile(connection, { ministryId, hash }));
  if (!file) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'The endpoint does not have this file');
  return file;
}

/** One range of bytes, as `Range: bytes=a-b` or `bytes=a-` asks for it; the whole file where there is no such header. */
export function readRange(header: string | undefined, bytes: number): Range | undefined {
  if (header === undefined) return { start: 0, end: bytes - 1 };
  const [, first, last] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header) ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  const end = last ? Math.min(Number(last), bytes - 1) : bytes - 1;
  return start <= end ? { start, end } : undefined;
}

/** A few rows at a time, each reading a transaction of its own: a slow reader holds no connection. */
export async function* readFile(
  { store }: Pick<Context, 'store'>,
  { ministryId }: Pick<EnrolledDevice, 'ministryId'>,
  { contentId }: KeptFile,
  { start, end }: Range,
): AsyncGenerator<Buffer> {
  let position = start;
  while (position <= end) {
    const pieces = await asMinistry(store.database, ministryId, (connection) =>
      readBytes(connection, { ministryId, contentId }, position),
    );
    if (pieces.length === 0) throw new Error('A file ends before its end');
    for (const piece of pieces) {
      const wanted = piece.subarray(0, end - position + 1);
      position += wanted.length;
      if (wanted.length > 0) yield wanted;
    }
  }
}
