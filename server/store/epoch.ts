import type { Database } from './database.ts';
import { asAdministrator } from './scope.ts';

/**
 * After a backup came back (SPEC S19): every ministry goes on in another epoch from the sequence it stands at, so that
 * desktops which know later ones go back and send again what the disk took with it. Call before the endpoint serves.
 */
export async function openNextEpoch(database: Database): Promise<void> {
  await asAdministrator(database, (connection) =>
    connection.query(
      // Seconds, not merely the next number: one backup that comes back twice opens two different epochs.
      'update ministries set epoch = greatest(epoch + 1, extract(epoch from now())::bigint), epoch_seq = last_seq',
    ),
  );
}
