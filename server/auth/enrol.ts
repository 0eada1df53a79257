import { randomUUID } from 'node:crypto';
import type {
  EnrolAnswer,
  EnrolmentCodeAnswer,
  EnrolmentCodeRequest,
  EnrolRequest,
} from '#shared/protocol/replication.ts';
import type { Connection, Database } from '../store/database.ts';
import { keepDeviceKeys } from '../store/device-keys.ts';
import {
  addDevice,
  addEnrolmentCode,
  findMinistry,
  type Ministry,
  type Person,
  readRedeemed,
  redeemCode,
} from '../store/enrolment.ts';
import {
  CODE_LIFETIME,
  createEnrolmentCode,
  normaliseEnrolmentCode,
  proposeDeviceCodes,
  REPEAT_LIFETIME,
} from './codes.ts';
import { createToken, deriveToken, hashSecret } from './token.ts';

/** A code for one device of one person. Nothing when the ministry is unknown. */
export async function issueEnrolmentCode(
  database: Database,
  { ministry: name, person, note }: EnrolmentCodeRequest,
  now: Date,
): Promise<EnrolmentCodeAnswer | undefined> {
  const ministry = await findMinistry(database, name);
  if (!ministry) return undefined;
  const code = createEnrolmentCode();
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME);
  await addEnrolmentCode(database, {
    ministryId: ministry.id,
    person: { id: randomUUID(), ...person },
    note,
    codeHash: hashSecret(normaliseEnrolmentCode(code)),
    now,
    expiresAt,
  });
  return { code, expiresAt: expiresAt.toISOString() };
}

/**
 * Enrols a device with a code. Nothing when the code is unknown, used or too old: who guesses learns no more.
 * A used code answers again to the secret it was used with: the first answer was lost on a bad link.
 */
export async function enrolDevice(
  database: Database,
  { code, deviceName, secret, keys }: Pick<EnrolRequest, 'code' | 'deviceName' | 'secret' | 'keys'>,
  now: Date,
): Promise<EnrolAnswer | undefined> {
  const deviceId = randomUUID();
  const codeHash = hashSecret(normaliseEnrolmentCode(code));
  const enrolled = await redeemCode(database, { codeHash, deviceId, now }, async (connection, ministry, person) => {
    const token = secret ? deriveToken(ministry.id, deviceId, secret) : createToken(ministry.id);
    const device = { id: deviceId, name: deviceName, tokenHash: hashSecret(token) };
    const deviceCode = await addWithFreeCode(connection, ministry, person, device, now);
    if (keys) await keepDeviceKeys(connection, { ministryId: ministry.id, id: deviceId }, keys);
    return { token, ministry, person, device: { id: deviceId, code: deviceCode, name: deviceName } };
  });
  if (enrolled || !secret) return enrolled;
  const redeemed = await readRedeemed(database, codeHash, new Date(now.getTime() - REPEAT_LIFETIME));
  if (!redeemed) return undefined;
  const { tokenHash, ...answer } = redeemed;
  const token = deriveToken(answer.ministry.id, answer.device.id, secret);
  return hashSecret(token).equals(tokenHash) ? { token, ...answer } : undefined;
}

async function addWithFreeCode(
  connection: Connection,
  ministry: Ministry,
  person: Person,
  device: { readonly id: string; readonly name: string; readonly tokenHash: Buffer },
  now: Date,
): Promise<string> {
  for (const code of proposeDeviceCodes()) {
    if (await addDevice(connection, ministry.id, { ...device, code, personId: person.id }, now)) return code;
  }
  throw new Error('No free device code was found');
}
