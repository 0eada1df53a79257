import { randomUUID } from 'node:crypto';
import type { EnrolAnswer, EnrolmentCodeAnswer, EnrolmentCodeRequest } from '#shared/protocol/replication.ts';
import type { Connection, Database } from '../store/database.ts';
import {
  addDevice,
  addEnrolmentCode,
  findMinistry,
  type Ministry,
  type Person,
  redeemCode,
} from '../store/enrolment.ts';
import { CODE_LIFETIME, createEnrolmentCode, normaliseEnrolmentCode, proposeDeviceCodes } from './codes.ts';
import { createToken, hashSecret } from './token.ts';

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

/** Enrols a device with a code. Nothing when the code is unknown, used or too old: who guesses learns no more. */
export function enrolDevice(
  database: Database,
  { code, deviceName }: { readonly code: string; readonly deviceName: string },
  now: Date,
): Promise<EnrolAnswer | undefined> {
  const deviceId = randomUUID();
  const codeHash = hashSecret(normaliseEnrolmentCode(code));
  return redeemCode(database, { codeHash, deviceId, now }, async (connection, ministry, person) => {
    const token = createToken(ministry.id);
    const device = { id: deviceId, name: deviceName, tokenHash: hashSecret(token) };
    const deviceCode = await addWithFreeCode(connection, ministry, person, device, now);
    return { token, ministry, person, device: { id: deviceId, code: deviceCode, name: deviceName } };
  });
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
