import { AppError } from '#shared/domain/errors.ts';
import { MAX_HEAD_BYTES, type SnapshotChunk, type SnapshotHead } from '#shared/protocol/snapshot.ts';
import type { LoadProgress, SnapshotCommandOutput } from '#shared/protocol/snapshot-port.ts';
import { openForDevice, requireEndpointKeys } from '../parcels/device-keys.ts';
import type { Register } from '../register.ts';
import { keepAhead, readCheckpoint } from './checkpoint.ts';
import { enterEpoch } from './epoch.ts';
import { addSetAside } from './set-aside.ts';
import { checkChunk, openChunk, readHead, snapshotRefused } from './snapshot-file.ts';
import { applyRows } from './snapshot-rows.ts';

const NEW_LINE = 10;

type Piece = { readonly chunk: SnapshotChunk; readonly data: Buffer };

/**
 * A snapshot from a stick (SPEC S20, X6): opened with this desktop's key, then checked to its last byte before a row of it
 * is applied.
 */
export async function loadSnapshotFile(
  register: Register,
  bytes: unknown,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: LoadProgress) => void },
): Promise<SnapshotCommandOutput['loadSnapshot']> {
  const { ministry } = register.identity.require();
  const { signing: key } = requireEndpointKeys(register);
  if (!(bytes instanceof Uint8Array)) {
    throw new AppError('COMMAND_INVALID', 'The file comes without its bytes', { details: { field: 'bytes' } });
  }
  const file = Buffer.from(await openForDevice(register, bytes));
  const { head, pieces } = checkFile(file, { key, ministryId: ministry.id });
  const total = { totalBytes: file.length, totalRows: pieces.reduce((sum, { chunk }) => sum + chunk.rows, 0) };
  if (head.seq <= readCheckpoint(register).seq) return { outcome: 'known', rows: 0, madeAt: head.madeAt };
  if (!register.transaction(() => enterEpoch(register, head.epoch, head.seq))) throw snapshotRefused('outdated');
  let [rows, done, setAside] = [0, 0, 0];
  for (const { chunk, data } of pieces) {
    setAside += await applyRows(chunk.collection, await openChunk(data, chunk), {
      register,
      time: head.madeAt,
      signal,
      onApplied: (count) => {
        rows += count;
        onProgress({ ...total, bytes: done, rows });
      },
    });
    done += data.length;
  }
  register.transaction(() => {
    addSetAside(register.meta, setAside);
    keepAhead(register, { seq: head.seq });
  });
  return { outcome: 'loaded', rows, madeAt: head.madeAt };
}

function checkFile(
  file: Buffer,
  expected: Parameters<typeof readHead>[1],
): { readonly head: SnapshotHead; readonly pieces: readonly Piece[] } {
  const end = file.subarray(0, MAX_HEAD_BYTES).indexOf(NEW_LINE);
  if (end < 0) throw snapshotRefused('not-a-snapshot');
  const head = readHead(file.toString('utf8', 0, end), expected);
  let start = end + 1;
  const pieces = head.chunks.map((chunk) => {
    const data = file.subarray(start, start + chunk.bytes);
    start += chunk.bytes;
    return { chunk, data };
  });
  if (start > file.length) throw snapshotRefused('cut');
  if (start < file.length) throw snapshotRefused('altered');
  for (const { chunk, data } of pieces) checkChunk(data, chunk);
  return { head, pieces };
}
