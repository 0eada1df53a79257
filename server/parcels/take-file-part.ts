import { AppError } from '#shared/domain/errors.ts';
import { type FilePart, type FilePiece, readFilePart } from '#shared/parcels/file-part.ts';
import type { ReadPart } from '#shared/parcels/parcel-file.ts';
import { TUS } from '#shared/protocol/files.ts';
import type { ParcelProblem } from '#shared/protocol/parcels.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { beginUpload, receivePiece } from '../files/receive.ts';
import { HttpError } from '../http-error.ts';
import { asMinistry } from '../store/scope.ts';
import { makeAnswer } from './answer.ts';
import {
  dropKeptPart,
  dropStaleParts,
  keepFilePart,
  listKeptParts,
  noteFilesReceived,
  readKeptPart,
} from './file-part-store.ts';
import type { ParcelDevice } from './parcel-store.ts';
import type { ParcelContext, Taken } from './take-parcel.ts';

/** Milliseconds after which a part that waits in vain is dropped, as an upload is. */
const STALE = 30 * 24 * 60 * 60 * 1000;

/** Times that a piece is tried again where an upload by network moves the same file on meanwhile. */
const TRIES = 5;

/** What became of a piece. `early`: what comes before it in its file is not here yet. */
type PieceOutcome = 'whole' | 'begun' | 'early' | 'wrong-bytes' | 'not-described';

/**
 * Bytes of files that came by hand (SPEC X3): taken as an upload of their device is (F2), whatever came by network before or
 * after. A part that came before the rows that describe its files, or before an earlier stretch, is kept until then.
 */
export async function takeFilePart(
  context: ParcelContext,
  device: ParcelDevice,
  { head: { facts }, body: sealed }: ReadPart,
): Promise<Taken> {
  // Of several parts none would be whole in itself.
  if (facts.parts.length !== 1) return { state: 'refused', problem: 'altered' };
  const part = await openPart(context, sealed);
  if (typeof part === 'string') return { state: 'refused', problem: part };
  const { number, deviceId, protocol, pieces } = part;
  if (deviceId !== device.id || number !== facts.number) return { state: 'refused', problem: 'altered' };
  if (protocol > PROTOCOL_VERSION) return { state: 'refused', problem: 'newer-program' };
  const kept = { sha256: facts.sha256, number, pieces };
  if (number > device.line) {
    await keep(context, device, { ...kept, sealed });
    return { state: 'waiting', missing: [number] };
  }
  const outcomes = await takePieces(context, device, part);
  if (outcomes.includes('early')) {
    await keep(context, device, { ...kept, sealed });
    return { state: 'incomplete', missing: [] };
  }
  // What waited for these bytes goes on.
  await takeKeptParts(context, device);
  const problem = outcomes.find((outcome) => outcome === 'wrong-bytes' || outcome === 'not-described');
  const answer = await makeAnswer(context, device, { parcel: number });
  const isRefused = problem !== undefined && outcomes.every((outcome) => outcome === problem);
  if (isRefused) return { state: 'refused', problem, answer };
  return { state: 'applied', answer, ...(problem && { problem }) };
}

/** Takes what was kept and can be taken now; each that is taken may make the way free for another. */
export async function takeKeptParts(context: ParcelContext, device: ParcelDevice): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const parts = await asMinistry(context.store.database, device.ministryId, (connection) =>
      listKeptParts(connection, device),
    );
    const next = parts.find(({ sha256 }) => !tried.has(sha256));
    if (!next) return;
    tried.add(next.sha256);
    if (await takeKeptPart(context, device, next.sha256)) tried.clear();
  }
}

/** @returns true where it was taken, and is kept no more */
async function takeKeptPart(context: ParcelContext, device: ParcelDevice, sha256: string): Promise<boolean> {
  const { database } = context.store;
  const sealed = await asMinistry(database, device.ministryId, (connection) =>
    readKeptPart(connection, device, sha256),
  );
  if (!sealed) return false;
  const part = await openPart(context, sealed);
  // It was opened when it came.
  if (typeof part === 'string') throw new Error('A part that waits cannot be opened any more');
  if ((await takePieces(context, device, part)).includes('early')) return false;
  await asMinistry(database, device.ministryId, (connection) => dropKeptPart(connection, device, sha256));
  return true;
}

async function takePieces(
  context: ParcelContext,
  device: ParcelDevice,
  { pieces, contents }: FilePart,
): Promise<readonly PieceOutcome[]> {
  const outcomes: PieceOutcome[] = [];
  for (const [index, piece] of pieces.entries()) {
    outcomes.push(await takePiece(context, device, piece, contents[index] ?? new Uint8Array()));
  }
  const whole = pieces.flatMap(({ hash }, index) => (outcomes[index] === 'whole' ? [hash] : []));
  if (whole.length > 0) {
    await asMinistry(context.store.database, device.ministryId, (connection) =>
      noteFilesReceived(connection, device, whole, context.clock()),
    );
  }
  return outcomes;
}

async function takePiece(
  context: ParcelContext,
  device: ParcelDevice,
  { fileId, hash, bytes, offset, length }: FilePiece,
  content: Uint8Array,
): Promise<PieceOutcome> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { received } = await beginUpload(context, device, { fileId, hash, bytes });
      if (received >= bytes) return 'whole';
      if (received >= offset + length) return 'begun';
      if (received < offset) return 'early';
      const data = Buffer.from(content.buffer, content.byteOffset, content.length).subarray(received - offset);
      const after = await receivePiece(context, device, hash, { offset: received, data });
      return after.received >= bytes ? 'whole' : 'begun';
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.statusCode === TUS.mismatch) return 'wrong-bytes';
      if (error.statusCode === 404 || error.statusCode === 400) return 'not-described';
      // By network the same device sends the same file: it is gone on with where that left it.
      if (error.statusCode !== 409 || tried >= TRIES) throw error;
    }
  }
}

async function openPart({ keys }: ParcelContext, sealed: Uint8Array): Promise<FilePart | ParcelProblem> {
  try {
    return readFilePart(await keys.open(sealed)) ?? 'newer-program';
  } catch (error) {
    return problemOfOpening(error);
  }
}

/** @throws what is no fault of the file */
export function problemOfOpening(error: unknown): ParcelProblem {
  if (!(error instanceof AppError)) throw error;
  return error.details?.problem === 'sealed-to-another' ? 'sealed-to-another' : 'altered';
}

function keep(context: ParcelContext, device: ParcelDevice, part: Parameters<typeof keepFilePart>[2]): Promise<void> {
  const now = context.clock();
  return asMinistry(context.store.database, device.ministryId, async (connection) => {
    await dropStaleParts(connection, device, new Date(now.getTime() - STALE));
    await keepFilePart(connection, device, part, now);
  });
}
