import type { Role } from '#shared/domain/roles.ts';
import type { Epoch } from '#shared/protocol/replication.ts';
import { type Connection, type Database, type Row, toNumber } from './database.ts';
import { asAdministrator, asCodeHolder, asMinistry, enterMinistry } from './scope.ts';

export type Ministry = { readonly id: string; readonly acronym: string; readonly name: string };
export type Person = { readonly id: string; readonly name: string; readonly role: Role };
export type Device = { readonly id: string; readonly code: string; readonly name: string };

/** Who a token belongs to. */
export type EnrolledDevice = Pick<Device, 'id'> & {
  readonly ministryId: string;
  readonly personId: string;
  readonly role: Role;
};

/** The device of a request, and where its ministry stood when the token was looked up (SPEC S19). */
export type SessionDevice = EnrolledDevice & {
  readonly personName: string;
  readonly standing: { readonly seq: number; readonly epoch: Epoch };
};

function toMinistry(row: Row): Ministry {
  return { id: String(row.id), acronym: String(row.acronym), name: String(row.name) };
}

/** Adds a ministry unless its id is there already. */
export async function addMinistry(database: Database, { id, acronym, name }: Ministry): Promise<void> {
  await asAdministrator(database, (connection) =>
    connection.query('insert into ministries (id, acronym, name) values ($1, $2, $3) on conflict (id) do nothing', [
      id,
      acronym,
      name,
    ]),
  );
}

/** @param name acronym, in any case, or id */
export async function findMinistry(database: Database, name: string): Promise<Ministry | undefined> {
  const rows = await asAdministrator(database, (connection) =>
    connection.query(
      'select id, acronym, name from ministries where upper(acronym) = upper($1) or id::text = lower($1)',
      [name],
    ),
  );
  return rows[0] && toMinistry(rows[0]);
}

/** Adds a person to a ministry and a code with which one device of theirs enrols, once. Only the code's hash is kept. */
export async function addEnrolmentCode(
  database: Database,
  input: {
    readonly ministryId: string;
    readonly person: Person;
    readonly note: string | undefined;
    readonly codeHash: Buffer;
    readonly now: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  const { ministryId, person, now } = input;
  await asMinistry(database, ministryId, async (connection) => {
    await addPerson(connection, ministryId, person, now);
    await connection.query(
      `insert into enrolment_codes (ministry_id, code_hash, person_id, note, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [ministryId, input.codeHash, person.id, input.note ?? null, now.toISOString(), input.expiresAt.toISOString()],
    );
  });
}

export async function addPerson(connection: Connection, ministryId: string, person: Person, now: Date): Promise<void> {
  await connection.query(
    'insert into people (ministry_id, id, name, role, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [ministryId, person.id, person.name, person.role, now.toISOString()],
  );
}

/** Adds a device unless its id or its code is taken in the ministry; says whether it did. */
export async function addDevice(
  connection: Connection,
  ministryId: string,
  device: Device & { readonly personId: string; readonly tokenHash: Buffer },
  now: Date,
): Promise<boolean> {
  const rows = await connection.query(
    `insert into devices (ministry_id, id, code, name, person_id, token_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [ministryId, device.id, device.code, device.name, device.personId, device.tokenHash, now.toISOString()],
  );
  return rows.length === 1;
}

/**
 * Uses up a code and calls `enrol` for the ministry and person it was made for, in one transaction: if `enrol` fails,
 * the code stays good. A code that is unknown, used or too old gives nothing; the caller cannot tell which.
 */
export function redeemCode<T>(
  database: Database,
  input: { readonly codeHash: Buffer; readonly deviceId: string; readonly now: Date },
  enrol: (connection: Connection, ministry: Ministry, person: Person) => Promise<T>,
): Promise<T | undefined> {
  return asCodeHolder(database, input.codeHash, async (connection) => {
    const [code] = await connection.query(
      `update enrolment_codes set used_at = $2, device_id = $3
        where code_hash = $1 and used_at is null and expires_at > $2 returning ministry_id, person_id`,
      [input.codeHash, input.now.toISOString(), input.deviceId],
    );
    if (!code) return undefined;
    await enterMinistry(connection, String(code.ministry_id));
    const [ministry] = await connection.query('select id, acronym, name from ministries where id = $1', [
      code.ministry_id,
    ]);
    const [person] = await connection.query('select id, name, role from people where ministry_id = $1 and id = $2', [
      code.ministry_id,
      code.person_id,
    ]);
    if (!ministry || !person) return undefined;
    // The role was checked against the list when the person was added.
    return enrol(connection, toMinistry(ministry), {
      id: String(person.id),
      name: String(person.name),
      role: person.role as Role,
    });
  });
}

/** What a code made of a device, when it was used after `since`: for a device that asks again. */
export function readRedeemed(
  database: Database,
  codeHash: Buffer,
  since: Date,
): Promise<{ ministry: Ministry; person: Person; device: Device; tokenHash: Buffer } | undefined> {
  return asCodeHolder(database, codeHash, async (connection) => {
    const [code] = await connection.query(
      'select ministry_id, device_id from enrolment_codes where code_hash = $1 and used_at > $2',
      [codeHash, since.toISOString()],
    );
    if (!code) return undefined;
    await enterMinistry(connection, String(code.ministry_id));
    const [row] = await connection.query(
      `select m.id, m.acronym, m.name, d.id as device_id, d.code, d.name as device_name, d.token_hash,
              p.id as person_id, p.name as person_name, p.role
         from devices d join ministries m on m.id = d.ministry_id
         join people p on p.ministry_id = d.ministry_id and p.id = d.person_id
        where d.ministry_id = $1 and d.id = $2`,
      [code.ministry_id, code.device_id],
    );
    return (
      row && {
        ministry: toMinistry(row),
        // The role was checked against the list when the person was added.
        person: { id: String(row.person_id), name: String(row.person_name), role: row.role as Role },
        device: { id: String(row.device_id), code: String(row.code), name: String(row.device_name) },
        // Both drivers give `bytea` as bytes.
        tokenHash: Buffer.from(row.token_hash as Uint8Array),
      }
    );
  });
}

/** The device whose token has this hash, in the ministry that the token names. */
export async function findDevice(
  database: Database,
  ministryId: string,
  tokenHash: Buffer,
): Promise<SessionDevice | undefined> {
  const [row] = await asMinistry(database, ministryId, (connection) =>
    connection.query(
      `select d.id, d.person_id, p.name as person_name, p.role, m.last_seq, m.epoch, m.epoch_seq
         from devices d join ministries m on m.id = d.ministry_id
         join people p on p.ministry_id = d.ministry_id and p.id = d.person_id
        where d.ministry_id = $1 and d.token_hash = $2`,
      [ministryId, tokenHash],
    ),
  );
  return (
    row && {
      id: String(row.id),
      ministryId,
      personId: String(row.person_id),
      personName: String(row.person_name),
      // The role was checked against the list when the person was added.
      role: row.role as Role,
      standing: {
        seq: toNumber(row.last_seq),
        epoch: { number: toNumber(row.epoch), seq: toNumber(row.epoch_seq) },
      },
    }
  );
}
