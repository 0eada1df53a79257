import { Value } from 'typebox/value';
import { ClientReport } from '#shared/protocol/replication.ts';
import type { Clock } from '../context.ts';
import type { Database } from '../store/database.ts';
import { type DeviceContact, writeContacts } from '../store/device-contacts.ts';
import type { EnrolledDevice } from '../store/enrolment.ts';

/** Who was heard of, written apart from the requests (SPEC E5): a contact that is lost with the process costs nothing. */
export type ContactLog = {
  /** @param state what the device says of itself, unchecked */
  note(device: Pick<EnrolledDevice, 'id' | 'ministryId'>, state: unknown): void;
  /** Writes what was noted. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

/** Milliseconds: a device that asks every few seconds and says nothing new is written once in this time. */
const REST = 60_000;
/** Milliseconds between two writings: the devices that came meanwhile share one statement. */
const GATHER = 1000;

type Known = { readonly writtenAt: number; readonly said: string };
type Noted = DeviceContact & { readonly ministryId: string };

export function createContactLog(database: Database, clock: Clock): ContactLog {
  /** By device: what was written last. */
  const known = new Map<string, Known>();
  /** By device: what is to be written. */
  let noted = new Map<string, Noted>();
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    const contacts = noted;
    noted = new Map();
    for (const [ministryId, ofMinistry] of groupByMinistry(contacts.values())) {
      try {
        await writeContacts(database, ministryId, ofMinistry);
      } catch {
        // The database is away: they are noted again with their next request, and none is written too early.
        for (const { deviceId } of ofMinistry) known.delete(deviceId);
      }
    }
    const expired = clock().getTime() - 10 * REST;
    for (const [deviceId, { writtenAt }] of known) if (writtenAt < expired) known.delete(deviceId);
  }

  // One writing at a time.
  const flush = () => {
    if (noted.size > 0) writing = writing.then(write);
    return writing;
  };
  const timer = setInterval(flush, GATHER);
  timer.unref();

  return {
    note({ id: deviceId, ministryId }, said) {
      const at = clock();
      const before = known.get(deviceId);
      const text = JSON.stringify(said) ?? before?.said ?? '';
      if (before && text === before.said && at.getTime() - before.writtenAt < REST) return;
      known.set(deviceId, { writtenAt: at.getTime(), said: text });
      const state = Value.Check(ClientReport, said) ? said : noted.get(deviceId)?.state;
      noted.set(deviceId, { ministryId, deviceId, at, state });
    },
    flush,
    close() {
      clearInterval(timer);
      return flush();
    },
  };
}

function groupByMinistry(contacts: Iterable<Noted>): Map<string, Noted[]> {
  const groups = new Map<string, Noted[]>();
  for (const contact of contacts) {
    const group = groups.get(contact.ministryId);
    if (group) group.push(contact);
    else groups.set(contact.ministryId, [contact]);
  }
  return groups;
}
