import { MAX_ROWS } from '#shared/protocol/replication.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { EnrolledDevice, SessionDevice } from '../store/enrolment.ts';
import type { PushOptions, PushOutcome } from '../store/store.ts';
import { checkRow } from './check-row.ts';

/** Every ministry begins in it; what is above came after a restored backup (SPEC S19). */
const FIRST_EPOCH = 1;

export type PushedRow = { readonly collection: string; readonly row: unknown };

/**
 * The one way in for rows of a device: checks each, then lets the store decide and write those that passed, together.
 * @returns an answer per row, in their order (SPEC S4)
 */
export async function pushRows(
  {
    store,
    collections,
    clock,
    metrics,
  }: Pick<Context, 'store' | 'collections' | 'clock'> & { readonly metrics?: Metrics },
  device: EnrolledDevice & Partial<Pick<SessionDevice, 'standing'>>,
  rows: readonly PushedRow[],
  options: PushOptions = {},
): Promise<readonly PushOutcome[]> {
  const { ministryId, id: deviceId, personId, role, standing } = device;
  const isRestored = standing !== undefined && standing.epoch.number > FIRST_EPOCH;
  const sender = { ministryId, deviceId, personId, role, isRestored };
  const checked = rows.map(({ collection, row }) => checkRow(collections, sender, collection, row));
  const outcomes = await store.push(sender, checked, clock(), options);
  metrics?.rowsPushed(outcomes);
  return outcomes;
}

/** A client that gets `SYNC_TOO_LARGE` halves its batch. @throws HttpError 413 */
export function refuseTooManyRows(count: number, field: string): void {
  if (count > MAX_ROWS) throw new HttpError(413, 'SYNC_TOO_LARGE', `at most ${MAX_ROWS} rows at once`, field);
}
