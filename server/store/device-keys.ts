import type { PublicKeys } from '#shared/protocol/keys.ts';
import type { Connection } from './database.ts';

/**
 * Keeps the keys of a device unless it has others already.
 * @returns whether these are its keys now
 */
export async function keepDeviceKeys(
  connection: Connection,
  { ministryId, id }: { readonly ministryId: string; readonly id: string },
  { signing, sealing }: PublicKeys,
): Promise<boolean> {
  const rows = await connection.query(
    `update devices set signing_key = $3, sealing_key = $4 where ministry_id = $1 and id = $2
      and (signing_key is null or (signing_key = $3 and sealing_key = $4)) returning id`,
    [ministryId, id, signing, sealing],
  );
  return rows.length === 1;
}
