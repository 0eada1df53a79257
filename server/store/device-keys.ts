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

/** What is meant for this device is sealed to this key. Nothing where the device, or a key of it, is not known. */
export async function findSealingKey(
  connection: Connection,
  { ministryId, code }: { readonly ministryId: string; readonly code: string },
): Promise<string | undefined> {
  const [row] = await connection.query('select sealing_key from devices where ministry_id = $1 and code = upper($2)', [
    ministryId,
    code,
  ]);
  return row?.sealing_key ? String(row.sealing_key) : undefined;
}
