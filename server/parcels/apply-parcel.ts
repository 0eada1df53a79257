import type { ParcelBody } from '#shared/parcels/parcel-body.ts';
import type { Context } from '../context.ts';
import { pushRows } from '../replication/push.ts';
import { toRowAnswer } from '../replication/row-answer.ts';
import { asMinistry } from '../store/scope.ts';
import { keepAnswers, nextParcel, type ParcelDevice, type WaitingParcel } from './parcel-store.ts';

/** Rows of one transaction: the ministry's other writers wait that long. */
const SLICE = 500;

/** Another instance applies the same parcel and was faster with this slice. */
class Overtaken extends Error {}

type ApplyContext = Pick<Context, 'store' | 'collections' | 'clock'>;
type Open = (sealed: Uint8Array) => Promise<ParcelBody | string>;

/** Applies every parcel of a device whose turn it is, in their order, each row once (SPEC X3). */
export async function applyWaiting(context: ApplyContext, device: ParcelDevice, open: Open): Promise<void> {
  for (;;) {
    const parcel = await asMinistry(context.store.database, device.ministryId, (connection) =>
      nextParcel(connection, device),
    );
    if (!parcel) return;
    const body = await open(parcel.sealed);
    // It was opened when it came: the keys of the endpoint were exchanged since, by hand.
    if (typeof body === 'string') throw new Error('A parcel that waits cannot be opened any more');
    try {
      await applyParcel(context, device, parcel, body);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
}

async function applyParcel(
  context: ApplyContext,
  device: ParcelDevice,
  { number, answered }: WaitingParcel,
  { push, repeats }: ParcelBody,
): Promise<void> {
  let from = answered;
  do {
    const rows = push.slice(from, from + SLICE);
    const isLast = from + rows.length >= push.length;
    const places = repeats?.places.slice(from, from + SLICE) ?? [];
    await pushRows(context, device, rows, {
      ...(repeats && places.length > 0 && { repeats: { exchange: repeats.exchange, places } }),
      alongside: async (connection, outcomes) => {
        const slice = { number, from, answers: outcomes.map(toRowAnswer), isLast, now: context.clock() };
        if (!(await keepAnswers(connection, device, slice))) throw new Overtaken();
      },
    });
    from += rows.length;
  } while (from < push.length);
}
