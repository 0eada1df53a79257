import { AppError } from '#shared/domain/errors.ts';
import type { SnapshotHead, SnapshotOpening } from '#shared/protocol/snapshot.ts';
import type { Context } from '../context.ts';
import { asMinistry } from '../store/scope.ts';
import { type KeptSnapshot, readSnapshotChunk } from '../store/snapshots.ts';

/** The bytes asked for, from the first to the last, both included. */
type Range = { readonly start: number; readonly end: number };

/**
 * The file from a byte on, a chunk at a time, each read in a transaction of its own: a slow reader holds no connection.
 * Fails in the middle where a newer snapshot made this one go; the client begins with that one.
 */
export async function* readSnapshot(
  { store }: Pick<Context, 'store'>,
  ministryId: string,
  { id, opening }: KeptSnapshot,
  { start, end }: Range,
): AsyncGenerator<Buffer> {
  const line = Buffer.from(opening);
  let before = line.length;
  if (start < before) yield line.subarray(start, end + 1);
  for (const [position, { bytes }] of headOf(opening).chunks.entries()) {
    const first = before;
    before += bytes;
    if (before <= start || first > end) continue;
    const data = await asMinistry(store.database, ministryId, (connection) =>
      readSnapshotChunk(connection, { ministryId, id }, position),
    );
    if (!data) throw new AppError('COMMAND_NOT_FOUND', 'The snapshot is gone');
    yield data.subarray(Math.max(0, start - first), end - first + 1);
  }
}

/** The whole file, for a stick. */
export async function readWholeSnapshot(
  context: Pick<Context, 'store'>,
  ministryId: string,
  snapshot: KeptSnapshot,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readSnapshot(context, ministryId, snapshot, { start: 0, end: snapshot.bytes - 1 })) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function headOf(opening: string): SnapshotHead {
  // What this program wrote itself.
  const { head } = JSON.parse(opening) as SnapshotOpening;
  return JSON.parse(head) as SnapshotHead;
}
