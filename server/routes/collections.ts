import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { MAX_ROWS, PATHS, type PullAnswer, type WireDocument } from '#shared/protocol/replication.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { badRequest, HttpError } from '../http-error.ts';
import type { Collection, Collections } from '../replication/collections.ts';
import { pushRows, refuseTooManyRows } from '../replication/push.ts';
import { type Fields, toWireDocument } from '../replication/wire.ts';
import type { PushOutcome } from '../store/store.ts';

type Parameters = { readonly collection: string };
type PullParameters = { readonly seq?: unknown; readonly limit?: unknown };

const DEFAULT_LIMIT = 100;

/** RxDB's standard HTTP replication, per collection: any stock client replicates with these two. */
export function collectionRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: Parameters; Querystring: PullParameters }>(PATHS.pull, async (request): Promise<PullAnswer> => {
    const { name: collection } = findCollection(context.collections, request.params.collection);
    const seq = readInteger(request.query.seq, { name: 'seq', otherwise: 0, min: 0, max: Number.MAX_SAFE_INTEGER });
    // More than the endpoint gives at once is refused, not cut: RxDB takes a page shorter than it asked for as the last one.
    const limit = readInteger(request.query.limit, { name: 'limit', otherwise: DEFAULT_LIMIT, min: 1, max: MAX_ROWS });
    const rows = await context.store.pull(deviceOf(request).ministryId, { seq, limit, collection });
    return {
      // What is stored passed the collection's schema: it has its primary key, and `_deleted` is set on the way out.
      documents: rows.map((row) => toWireDocument(row) as WireDocument),
      checkpoint: { seq: rows.at(-1)?.seq ?? seq },
    };
  });

  app.post<{ Params: Parameters; Body: readonly unknown[] }>(
    PATHS.push,
    { schema: { body: Type.Array(Type.Unknown()) } },
    async (request): Promise<readonly Fields[]> => {
      const { name: collection } = findCollection(context.collections, request.params.collection);
      refuseTooManyRows(request.body.length, '');
      const rows = request.body.map((row) => ({ collection, row }));
      return toConflicts(await pushRows(context, deviceOf(request), rows));
    },
  );
}

/**
 * RxDB's push answers conflicts only: it has no word for a refused row. To answer the master would make the client drop
 * its change in silence, and a new row has none. So the request fails with 422 and names the first refused row, after
 * the others were committed (SPEC S4): the client reports the error, keeps its rows and tries again, which costs
 * nothing (SPEC S5). It stays stuck, loudly, until the row is mended. The exchange answers row by row instead.
 */
function toConflicts(outcomes: readonly PushOutcome[]): Fields[] {
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.outcome === 'refused') {
      throw new HttpError(422, 'SYNC_BAD_REQUEST', outcome.reason, `/${index}${outcome.field ?? ''}`);
    }
  }
  return outcomes.flatMap((outcome) => (outcome.outcome === 'conflict' ? [toWireDocument(outcome.master)] : []));
}

function findCollection(collections: Collections, name: string): Collection {
  const collection = collections.get(name);
  if (!collection) throw new HttpError(404, 'SYNC_BAD_REQUEST', 'The collection is unknown', '/params/collection');
  return collection;
}

function readInteger(
  text: unknown,
  { name, otherwise, min, max }: { name: string; otherwise: number; min: number; max: number },
): number {
  if (text === undefined) return otherwise;
  const value = typeof text === 'string' && /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw badRequest(`must be an integer from ${min} to ${max}`, `/query/${name}`);
}
