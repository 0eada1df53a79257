import { createHash, randomUUID } from 'node:crypto';
import { TUS } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import type { Connection } from '../store/database.ts';
import { readMasters } from '../store/documents.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';
import {
  addUpload,
  appendBytes,
  dropStaleUploads,
  endUpload,
  findFile,
  keepFile,
  lockUpload,
  readBytes,
  type Upload,
} from '../store/files.ts';
import { asMinistry } from '../store/scope.ts';

/** Milliseconds after which an upload that nobody went on with is dropped. */
const STALE = 30 * 24 * 60 * 60 * 1000;

export type Announced = { readonly fileId: string; readonly hash: string; readonly bytes: number };
/** How far the endpoint has a file, in bytes. */
export type Progress = { readonly received: number; readonly bytes: number };
type Sender = Pick<EnrolledDevice, 'id' | 'ministryId'>;
type Stores = Pick<Context, 'store' | 'clock'>;

/**
 * Begins an upload, or finds the one that this device began. Only what a row of `files` describes is taken: its metadata
 * came first (SPEC F1).
 * @throws HttpError 404 where there is no such row, 400 where it describes something else
 */
export function beginUpload({ store, clock }: Stores, device: Sender, announced: Announced): Promise<Progress> {
  const { ministryId, id: deviceId } = device;
  const { hash, bytes } = announced;
  return asMinistry(store.database, ministryId, async (connection) => {
    const kept = await findFile(connection, { ministryId, hash });
    if (kept) return { received: kept.bytes, bytes: kept.bytes };
    await requireDescribed(connection, ministryId, announced);
    const now = clock();
    await dropStaleUploads(connection, { ministryId, before: new Date(now.getTime() - STALE) });
    await addUpload(connection, { ministryId, deviceId, hash, bytes, contentId: randomUUID(), now });
    const upload = await lockUpload(connection, { ministryId, deviceId, hash });
    return { received: upload?.received ?? 0, bytes };
  });
}

/** @throws HttpError 404 */
export function readProgress({ store }: Stores, device: Sender, hash: string): Promise<Progress> {
  return asMinistry(store.database, device.ministryId, (connection) => progressOf(connection, device, hash));
}

async function progressOf(connection: Connection, device: Sender, hash: string): Promise<Progress> {
  const { ministryId, id: deviceId } = device;
  const kept = await findFile(connection, { ministryId, hash });
  if (kept) return { received: kept.bytes, bytes: kept.bytes };
  const upload = await lockUpload(connection, { ministryId, deviceId, hash });
  if (!upload) throw noUpload();
  return { received: upload.received, bytes: upload.bytes };
}

export type Piece = { readonly offset: number; readonly data: Buffer };

/**
 * Adds a piece at the end of what there is. The last one makes the file, if it is the file (SPEC F2): otherwise nothing of
 * it stays.
 * @throws HttpError 409 where the piece begins elsewhere, 460 where the whole is not what was announced
 */
export async function receivePiece(
  { store, clock }: Stores,
  device: Sender,
  hash: string,
  { offset, data }: Piece,
): Promise<Progress> {
  const { ministryId, id: deviceId } = device;
  const progress = await asMinistry(store.database, ministryId, async (connection) => {
    const upload = await lockUpload(connection, { ministryId, deviceId, hash });
    if (!upload) return progressOf(connection, device, hash);
    if (offset !== upload.received) throw new HttpError(409, 'SYNC_BAD_REQUEST', 'The file goes on at another byte');
    const received = offset + data.length;
    if (received > upload.bytes) throw new HttpError(413, 'SYNC_TOO_LARGE', 'The file is larger than was announced');
    await appendBytes(connection, { ministryId, ...upload }, { piece: data, now: clock() });
    if (received < upload.bytes) return { received, bytes: upload.bytes };
    return finish(connection, ministryId, { ...upload, received }, clock());
  });
  if (!progress) throw new HttpError(TUS.mismatch, 'SYNC_BAD_REQUEST', 'The bytes are not those of this file');
  return progress;
}

/** Nothing where the bytes are not the file: what was received is dropped, in this transaction, and asked for again. */
async function finish(
  connection: Connection,
  ministryId: string,
  upload: Upload,
  now: Date,
): Promise<Progress | undefined> {
  const isRight = (await hashContent(connection, ministryId, upload.contentId)) === upload.hash;
  // Another device may have sent the same file meanwhile: its bytes are kept, these are not needed.
  const keepsBytes = isRight && (await keepFile(connection, { ministryId, ...upload, now }));
  await endUpload(connection, { ministryId, ...upload }, { keepsBytes });
  return isRight ? { received: upload.bytes, bytes: upload.bytes } : undefined;
}

async function hashContent(connection: Connection, ministryId: string, contentId: string): Promise<string> {
  const hash = createHash('sha256');
  let position = 0;
  for (;;) {
    const pieces = await readBytes(connection, { ministryId, contentId }, position);
    if (pieces.length === 0) return hash.digest('hex');
    for (const piece of pieces) {
      hash.update(piece);
      position += piece.length;
    }
  }
}

async function requireDescribed(
  connection: Connection,
  ministryId: string,
  { fileId, hash, bytes }: Announced,
): Promise<void> {
  const [row] = await readMasters(connection, ministryId, [{ collection: 'files', id: fileId }]);
  if (!row) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'What is known of the file has not come yet');
  // The row passed the schema of its collection.
  const file = row.body as RegisterFile;
  const parts = [{ hash: file.hash, bytes: file.bytes }, ...(file.thumbnail ? [file.thumbnail] : [])];
  if (parts.some((part) => part.hash === hash && part.bytes === bytes)) return;
  throw new HttpError(400, 'SYNC_BAD_REQUEST', 'The file is described otherwise');
}

export function noUpload(): HttpError {
  return new HttpError(404, 'SYNC_BAD_REQUEST', 'This device does not upload this file');
}
