import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { AppError } from '#shared/domain/errors.ts';
import {
  MAX_CHUNK_TEXT,
  SNAPSHOT_VERSION,
  type SnapshotChunk,
  SnapshotHead,
  SnapshotOpening,
  snapshotText,
} from '#shared/protocol/snapshot.ts';
import { fromChunkText, type SnapshotRow } from '#shared/snapshot/chunk.ts';
import { nodeCryptography } from '../journal/cryptography.ts';
import { hasShape } from '../port/shape.ts';

const decompress = promisify(brotliDecompress);

/** Why a snapshot is not taken: what the screen says of it. */
export type SnapshotProblem =
  | 'not-a-snapshot'
  | 'newer-program'
  | 'not-of-the-endpoint'
  | 'other-ministry'
  /** From before the endpoint's backup came back, and after that backup was made. */
  | 'outdated'
  | 'altered'
  | 'cut';

/** A refusal of a snapshot. Nothing of it was applied that its own signature does not cover. */
export function snapshotRefused(problem: SnapshotProblem): AppError {
  return new AppError('COMMAND_INVALID', 'The snapshot is refused', { details: { field: 'file', problem } });
}

/** Who must have made it, for whom. */
export type Expected = {
  /** The endpoint's signing key. */
  readonly key: string;
  readonly ministryId: string;
};

/** The first line, without its end. @throws AppError see `SnapshotProblem` */
export function readHead(line: string, { key, ministryId }: Expected): SnapshotHead {
  const opening = parse(line);
  if (!hasShape(SnapshotOpening, opening)) throw snapshotRefused('not-a-snapshot');
  if (opening.version > SNAPSHOT_VERSION) throw snapshotRefused('newer-program');
  if (!nodeCryptography().verify(key, snapshotText(opening.head), opening.signature)) {
    throw snapshotRefused('not-of-the-endpoint');
  }
  const head = parse(opening.head);
  if (!hasShape(SnapshotHead, head)) throw snapshotRefused('newer-program');
  if (head.ministryId !== ministryId) throw snapshotRefused('other-ministry');
  return head;
}

/** @throws AppError `altered` */
export function checkChunk(data: Uint8Array, { bytes, sha256 }: SnapshotChunk): void {
  const isRight = data.length === bytes && createHash('sha256').update(data).digest('base64url') === sha256;
  if (!isRight) throw snapshotRefused('altered');
}

/** The rows of a chunk that was checked. @throws AppError `newer-program`: signed, and of a shape not known here */
export async function openChunk(data: Uint8Array, { rows }: SnapshotChunk): Promise<readonly SnapshotRow[]> {
  try {
    const text = await decompress(data, { maxOutputLength: MAX_CHUNK_TEXT });
    return fromChunkText(text.toString('utf8'), rows);
  } catch {
    throw snapshotRefused('newer-program');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
