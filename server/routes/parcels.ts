import type { FastifyInstance } from 'fastify';
import type { ParcelReceipt } from '#shared/parcels/parcel-body.ts';
import { MAX_PARCEL_FILE, PARCEL_PATHS, ParcelClosing, type ParcelOutcome } from '#shared/protocol/parcels.ts';
import { deviceOf } from '../auth/device-session.ts';
import type { Context } from '../context.ts';
import { badRequest } from '../http-error.ts';
import { closeParcel, readReceipts } from '../parcels/parcel-store.ts';
import { type Taken, takeParcelFile } from '../parcels/take-parcel.ts';
import { asMinistry } from '../store/scope.ts';

/** Any enrolled desktop brings any device's parcels, and carries the answers back without reading them (SPEC X5). */
export function parcelRoutes(app: FastifyInstance, context: Context): void {
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: MAX_PARCEL_FILE },
    async (_request: unknown, body: Buffer) => body,
  );

  app.post(PARCEL_PATHS.take, { bodyLimit: MAX_PARCEL_FILE }, async ({ body }): Promise<ParcelOutcome> => {
    if (!Buffer.isBuffer(body)) throw badRequest('The body must be application/octet-stream');
    return toOutcome(await takeParcelFile(context, body));
  });

  app.post<{ Body: ParcelClosing }>(
    PARCEL_PATHS.close,
    { schema: { body: ParcelClosing } },
    async (request): Promise<{ readonly receipts: readonly ParcelReceipt[] }> => {
      const device = deviceOf(request);
      const { parcels } = request.body;
      const receipts = await asMinistry(context.store.database, device.ministryId, async (connection) => {
        for (const parcel of parcels) await closeParcel(connection, device, parcel, context.clock());
        return readReceipts(connection, device, Math.min(...parcels.map(({ number }) => number)) - 1);
      });
      const asked = new Set(parcels.map(({ number }) => number));
      return { receipts: receipts.filter(({ number }) => asked.has(number)) };
    },
  );
}

function toOutcome(taken: Taken): ParcelOutcome {
  return {
    state: taken.state,
    ...('problem' in taken && { problem: taken.problem }),
    ...('missing' in taken && { missing: [...taken.missing] }),
    ...('answer' in taken && {
      answer: (taken.answer ?? []).map(({ name, bytes }) => ({
        name,
        base64: Buffer.from(bytes).toString('base64'),
      })),
    }),
  };
}
