import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import { Id } from '#shared/schema/collection.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { readRange } from '../files/serve.ts';
import { HttpError } from '../http-error.ts';
import { findOrMakeSnapshot } from '../snapshot/find.ts';
import { readSnapshot } from '../snapshot/serve.ts';
import { asMinistry } from '../store/scope.ts';
import { findSnapshot, type KeptSnapshot } from '../store/snapshots.ts';

/** Seconds after which a client asks again for a snapshot that is still being made. */
const RETRY_AFTER = 5;

/** The ministry's rows as one file, from any byte on (SPEC S20). */
export function snapshotRoutes(app: FastifyInstance, context: Context): void {
  app.get(SNAPSHOT_PATHS.latest, { compress: false }, async (request, reply) => {
    const snapshot = await findOrMakeSnapshot(context, deviceOf(request).ministryId, {
      minimum: context.config.snapshotMinimum,
    });
    if (snapshot === 'pending') {
      reply.header('retry-after', RETRY_AFTER);
      throw new HttpError(503, 'SYNC_TOO_MANY_REQUESTS', 'The snapshot is being made: ask again');
    }
    return send(context, request, reply, snapshot);
  });

  app.get<{ Params: { readonly id: string } }>(
    SNAPSHOT_PATHS.byId,
    { schema: { params: Type.Object({ id: Id }) }, compress: false },
    async (request, reply) => {
      const { ministryId } = deviceOf(request);
      const { id } = request.params;
      const snapshot = await asMinistry(context.store.database, ministryId, (connection) =>
        findSnapshot(connection, { ministryId, id }),
      );
      return send(context, request, reply, snapshot);
    },
  );
}

function send(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  snapshot: KeptSnapshot | undefined,
): FastifyReply {
  if (!snapshot) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'There is no such snapshot');
  const range = readRange(request.headers.range, snapshot.bytes);
  if (!range) {
    reply.header('content-range', `bytes */${snapshot.bytes}`);
    throw new HttpError(416, 'SYNC_BAD_REQUEST', 'The snapshot has no such bytes');
  }
  reply
    .header('content-type', 'application/octet-stream')
    .header('etag', `"${snapshot.id}"`)
    .header('content-length', range.end - range.start + 1);
  if (request.headers.range !== undefined) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${snapshot.bytes}`);
  }
  return reply.send(Readable.from(readSnapshot(context, deviceOf(request).ministryId, snapshot, range)));
}
