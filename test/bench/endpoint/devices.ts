import { randomUUID } from 'node:crypto';
import { createToken, hashSecret } from '../../../server/auth/token.ts';
import type { Database } from '../../../server/store/database.ts';
import { addDevice, addMinistry, addPerson, type Ministry } from '../../../server/store/enrolment.ts';
import { asMinistry } from '../../../server/store/scope.ts';

export type BenchDevice = { readonly token: string; readonly ministry: Ministry };

/** Devices of several ministries in turn, written as enrolment writes them: their codes alone would take minutes. */
export async function makeDevices(database: Database, ministries: number, count: number): Promise<BenchDevice[]> {
  const now = new Date();
  const devices: BenchDevice[] = new Array(count);
  for (let index = 0; index < ministries; index += 1) {
    const ministry = { id: randomUUID(), acronym: `B${index}`, name: `Ministère ${index}` };
    await addMinistry(database, ministry);
    const person = { id: randomUUID(), name: 'Banc', role: 'gestionnaire' } as const;
    await asMinistry(database, ministry.id, async (connection) => {
      await addPerson(connection, ministry.id, person, now);
      for (let device = index; device < count; device += ministries) {
        const token = createToken(ministry.id);
        const code = device.toString(36).toUpperCase().padStart(4, '0');
        const made = { id: randomUUID(), code, name: 'Poste', personId: person.id, tokenHash: hashSecret(token) };
        if (!(await addDevice(connection, ministry.id, made, now)))
          throw new Error(`The device ${code} is there already`);
        devices[device] = { token, ministry };
      }
    });
  }
  return devices;
}
