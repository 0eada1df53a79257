import type { Role } from '#shared/domain/roles.ts';
import type { FleetDevice } from '#shared/protocol/fleet.ts';
import type { ClientReport } from '#shared/protocol/replication.ts';
import { type Connection, type Database, type Row, toNumber } from './database.ts';
import { asAdministrator, asMinistry } from './scope.ts';

/** A device was heard of, and said how it stands if its program does. */
export type DeviceContact = { readonly deviceId: string; readonly at: Date; readonly state: ClientReport | undefined };

/** Keeps the latest contact of each device; one that says nothing of itself leaves what it said before. */
export async function writeContacts(
  database: Database,
  ministryId: string,
  contacts: readonly DeviceContact[],
): Promise<void> {
  // In one order, so that two instances never wait for each other.
  const inOrder = [...contacts].sort((one, other) => (one.deviceId < other.deviceId ? -1 : 1));
  const rows = inOrder.map(({ deviceId, at, state }) => ({
    device_id: deviceId,
    last_contact: at.toISOString(),
    version: state?.version,
    waiting: state?.waiting,
    refused: state?.refused,
    clock_skew: state?.clock,
  }));
  await asMinistry(database, ministryId, (connection) =>
    connection.query(
      `insert into device_contacts as known (ministry_id, device_id, last_contact, version, waiting, refused, clock_skew)
       select $1, r.device_id, r.last_contact, r.version, r.waiting, r.refused, r.clock_skew
         from jsonb_to_recordset($2::jsonb) as r (device_id uuid, last_contact timestamptz, version text,
                                                  waiting integer, refused integer, clock_skew bigint)
       on conflict (ministry_id, device_id) do update
          set last_contact = greatest(known.last_contact, excluded.last_contact),
              version = coalesce(excluded.version, known.version),
              waiting = coalesce(excluded.waiting, known.waiting),
              refused = coalesce(excluded.refused, known.refused),
              clock_skew = coalesce(excluded.clock_skew, known.clock_skew)`,
      [ministryId, JSON.stringify(rows)],
    ),
  );
}

/**
 * The devices that enrolled with a code, of one ministry or of all, those that were silent for longest first. Ministry
 * by ministry: no statement of the endpoint sees two of them (SPEC S6).
 */
export async function readFleet(database: Database, only?: string): Promise<readonly FleetDevice[]> {
  const ministries = await asAdministrator(database, (connection) =>
    connection.query('select id, acronym from ministries where $1::uuid is null or id = $1 order by acronym', [
      only ?? null,
    ]),
  );
  const fleet: FleetDevice[] = [];
  for (const { id, acronym } of ministries) {
    const ministryId = String(id);
    const rows = await asMinistry(database, ministryId, (connection) => readDevices(connection, ministryId));
    fleet.push(...rows.map((row) => toFleetDevice(row, String(acronym))));
  }
  return fleet.sort((one, other) => (one.lastContact ?? '').localeCompare(other.lastContact ?? ''));
}

function readDevices(connection: Connection, ministryId: string): Promise<readonly Row[]> {
  return connection.query(
    `select d.id, d.code, d.name, d.created_at, p.name as person_name, p.role,
            c.last_contact, c.version, c.waiting, c.refused, c.clock_skew
       from devices d
       join people p on p.ministry_id = d.ministry_id and p.id = d.person_id
       left join device_contacts c on c.ministry_id = d.ministry_id and c.device_id = d.id
      where d.ministry_id = $1
        and exists (select from enrolment_codes e where e.ministry_id = d.ministry_id and e.device_id = d.id)`,
    [ministryId],
  );
}

function toFleetDevice(row: Row, ministry: string): FleetDevice {
  return {
    ministry,
    id: String(row.id),
    code: String(row.code),
    name: String(row.name),
    // The role was checked against the list when the person was added.
    person: { name: String(row.person_name), role: row.role as Role },
    enrolledAt: toInstant(row.created_at),
    ...(row.last_contact !== null && { lastContact: toInstant(row.last_contact) }),
    ...(row.version !== null && { version: String(row.version) }),
    ...(row.waiting !== null && { waiting: toNumber(row.waiting) }),
    ...(row.refused !== null && { refused: toNumber(row.refused) }),
    ...(row.clock_skew !== null && { clock: toNumber(row.clock_skew) }),
  };
}

/** Both drivers give instants as `Date`. */
function toInstant(value: unknown): string {
  return new Date(value instanceof Date ? value : String(value)).toISOString();
}
