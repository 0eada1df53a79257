import { MAX_ROWS } from '#shared/protocol/replication.ts';
import type { Context } from '../context.ts';
import { HttpError } from '../http-error.ts';
import type { Metrics } from '../metrics.ts';
import type { Connection } from '../store/database.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';
import type { PushOutcome } from '../store/store.ts';
import { checkRow } from './check-row.ts';

export type PushedRow = { readonly collection: string; readonly row: unknown };

/** Writes, in the transaction of the rows, what must be known of their answers. */
export type Alongside = (connection: Connection, outcomes: readonly PushOutcome[]) => Promise<void>;

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
  device: EnrolledDevice,
  rows: readonly PushedRow[],
  alongside?: Alongside,
): Promise<readonly PushOutcome[]> {
  const sender = { ministryId: device.ministryId, deviceId: device.id, personId: device.personId, role: device.role };
  const checked = rows.map(({ collection, row }) => checkRow(collections, sender, collection, row));
  const candidates = checked.flatMap((row) => ('outcome' in row ? [] : [row]));
  const whole = (decided: readonly PushOutcome[]) => {
    const rest = decided.values();
    return checked.map((row) => {
      if ('outcome' in row) return row;
      const { value } = rest.next();
      if (!value) throw new Error('The store answered fewer rows than it was given');
      return value;
    });
  };
  const outcomes = whole(
    await store.push(
      sender,
      candidates,
      clock(),
      alongside && ((connection, decided) => alongside(connection, whole(decided))),
    ),
  );
  metrics?.rowsPushed(outcomes);
  return outcomes;
}

/** A client that gets `SYNC_TOO_LARGE` halves its batch. @throws HttpError 413 */
export function refuseTooManyRows(count: number, field: string): void {
  if (count > MAX_ROWS) throw new HttpError(413, 'SYNC_TOO_LARGE', `at most ${MAX_ROWS} rows at once`, field);
}
