import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { FILE_PATHS, KnownFilesRequest, MAX_PIECE_BYTES, TUS } from '#shared/protocol/files.ts';
import { Id } from '#shared/schema/collection.ts';
import { ContentHash, MAX_FILE_BYTES } from '#shared/schema/file.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { type Announced, beginUpload, type Progress, readProgress, receivePiece } from '../files/receive.ts';
import { readFile, readRange, requireFile } from '../files/serve.ts';
import { badRequest, HttpError } from '../http-error.ts';
import { findKnown } from '../store/files.ts';
import { asMinistry } from '../store/scope.ts';

type ByHash = { readonly Params: { readonly hash: string } };
const ByHash = { params: Type.Object({ hash: ContentHash }) };

/** Bytes of files, up by tus 1.0 and down with ranges (SPEC F1, F2, F5). */
export function fileRoutes(app: FastifyInstance, context: Context): void {
  app.register(async (files) => {
    // Left as it comes: what arrived before a cut is kept.
    files.addContentTypeParser(TUS.mediaType, (_request, payload, done) => done(null, payload));
    uploadRoutes(files, context);
    downloadRoutes(files, context);
  });
}

function downloadRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Body: KnownFilesRequest }>(FILE_PATHS.known, { schema: { body: KnownFilesRequest } }, (request) => {
    const { ministryId } = deviceOf(request);
    const { hashes } = request.body;
    return asMinistry(context.store.database, ministryId, async (connection) => ({
      known: await findKnown(connection, { ministryId, hashes }),
    }));
  });

  app.get<ByHash>(FILE_PATHS.file, { schema: ByHash, compress: false }, async (request, reply) => {
    const device = deviceOf(request);
    const file = await requireFile(context, device, request.params.hash);
    const range = readRange(request.headers.range, file.bytes);
    if (!range) {
      reply.header('content-range', `bytes */${file.bytes}`);
      throw new HttpError(416, 'SYNC_BAD_REQUEST', 'The file has no such bytes');
    }
    reply
      .header('content-type', 'application/octet-stream')
      .header('accept-ranges', 'bytes')
      .header('etag', `"${file.hash}"`)
      .header('content-length', range.end - range.start + 1);
    if (request.headers.range !== undefined) {
      reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`);
    }
    return reply.send(Readable.from(readFile(context, device, file, range)));
  });
}

function uploadRoutes(app: FastifyInstance, context: Context): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith(FILE_PATHS.uploads)) return;
    reply.header('tus-resumable', TUS.version);
    if (request.method === 'OPTIONS' || request.headers['tus-resumable'] === TUS.version) return;
    reply.header('tus-version', TUS.version);
    throw new HttpError(412, 'SYNC_BAD_REQUEST', `Uploads speak tus ${TUS.version}`);
  });

  app.options(FILE_PATHS.uploads, async (_request, reply) =>
    reply
      .code(204)
      .header('tus-version', TUS.version)
      .header('tus-extension', TUS.extensions)
      .header('tus-max-size', MAX_FILE_BYTES)
      .header('tus-checksum-algorithm', TUS.checksums)
      .send(),
  );

  app.post(FILE_PATHS.uploads, async (request, reply) => {
    const announced = readAnnounced(request);
    const device = deviceOf(request);
    let progress = await beginUpload(context, device, announced);
    const data = await readPiece(request);
    // Bytes that came along begin the file; where it was begun before, the answer says where to go on.
    if (data.length > 0 && progress.received === 0) {
      progress = await receivePiece(context, device, announced.hash, { offset: 0, data });
    }
    reply.code(201).header('location', FILE_PATHS.upload.replace(':hash', announced.hash));
    return tell(reply, progress);
  });

  app.head<ByHash>(FILE_PATHS.upload, { schema: ByHash }, async (request, reply) => {
    const progress = await readProgress(context, deviceOf(request), request.params.hash);
    reply.code(200).header('upload-length', progress.bytes);
    return tell(reply, progress);
  });

  app.patch<ByHash>(FILE_PATHS.upload, { schema: ByHash }, async (request, reply) => {
    if (request.headers['content-type'] !== TUS.mediaType) {
      throw new HttpError(415, 'SYNC_BAD_REQUEST', `The body must be ${TUS.mediaType}`);
    }
    const offset = readWhole(request.headers['upload-offset'], 'upload-offset');
    const data = await readPiece(request);
    const progress = await receivePiece(context, deviceOf(request), request.params.hash, { offset, data });
    return tell(reply.code(204), progress);
  });
}

function tell(reply: FastifyReply, { received }: Progress): FastifyReply {
  return reply.header('upload-offset', received).send();
}

/** `Upload-Metadata: file <id>,sha256 <hash>`, both in base64. */
function readAnnounced({ headers }: FastifyRequest): Announced {
  const bytes = readWhole(headers['upload-length'], 'upload-length');
  if (bytes > MAX_FILE_BYTES) throw new HttpError(413, 'SYNC_TOO_LARGE', 'The file is larger than the endpoint takes');
  const given = new Map<string, string>();
  for (const pair of String(headers['upload-metadata'] ?? '').split(',')) {
    const [key = '', value = ''] = pair.trim().split(' ');
    given.set(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  const [fileId, hash] = [given.get('file'), given.get('sha256')];
  if (Value.Check(Id, fileId) && Value.Check(ContentHash, hash)) return { fileId, hash, bytes };
  throw badRequest('must name the file and its hash', '/headers/upload-metadata');
}

function readWhole(text: string | readonly string[] | undefined, name: string): number {
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw badRequest('must be a whole number', `/headers/${name}`);
}

/**
 * What came of the body: all of it, or what came before the line was cut. A checksum holds for a whole body; of a cut one
 * the hash of the file judges in the end.
 */
async function readPiece({ body, headers }: FastifyRequest): Promise<Buffer> {
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  let size = 0;
  let isCut = false;
  try {
    for await (const piece of body) {
      size += piece.length;
      if (size > MAX_PIECE_BYTES) break;
      pieces.push(piece);
    }
  } catch {
    isCut = true;
  }
  if (size > MAX_PIECE_BYTES) throw new HttpError(413, 'SYNC_TOO_LARGE', 'The piece is larger than the endpoint takes');
  const data = Buffer.concat(pieces);
  const checksum = headers['upload-checksum'];
  if (checksum !== undefined && !isCut) requireChecksum(data, String(checksum));
  return data;
}

function requireChecksum(data: Buffer, checksum: string): void {
  const [algorithm, value] = checksum.split(' ');
  if (algorithm !== TUS.checksums) throw badRequest('must be sha256', '/headers/upload-checksum');
  if (createHash('sha256').update(data).digest('base64') === value) return;
  throw new HttpError(TUS.mismatch, 'SYNC_BAD_REQUEST', 'The piece is not what its checksum says');
}
