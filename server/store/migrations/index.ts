import { AppError } from '#shared/domain/errors.ts';
import { type Connection, type Database, toNumber } from '../database.ts';
import { register } from './0001-register.ts';
import { references } from './0002-references.ts';
import { keys } from './0003-keys.ts';
import { files } from './0004-files.ts';
import { deviceContacts } from './0005-device-contacts.ts';
import { parcels } from './0006-parcels.ts';
import { snapshots } from './0007-snapshots.ts';
import { exchanges } from './0008-exchanges.ts';
import { twins } from './0009-twins.ts';
import { serialsAnywhere } from './0010-serials-anywhere.ts';
import { settledExchanges } from './0011-settled-exchanges.ts';
import { parcelFiles } from './0012-parcel-files.ts';

/** In order, never edited once released: a change of shape is a new file. Position + 1 is the number. */
export const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'register', sql: register },
  { name: 'references', sql: references },
  { name: 'keys', sql: keys },
  { name: 'files', sql: files },
  { name: 'device-contacts', sql: deviceContacts },
  { name: 'parcels', sql: parcels },
  { name: 'snapshots', sql: snapshots },
  { name: 'exchanges', sql: exchanges },
  { name: 'twins', sql: twins },
  { name: 'serials-anywhere', sql: serialsAnywhere },
  { name: 'settled-exchanges', sql: settledExchanges },
  { name: 'parcel-files', sql: parcelFiles },
];

/** Any constant: what instances of this program lock while they migrate. */
const MIGRATION_LOCK = 7_291_001;

/** Roles live in the cluster, not in the database: another database of the cluster may have made them already. */
const ROLES = /* sql */ `
do $$
declare
  wanted text;
begin
  foreach wanted in array array['registre_app', 'registre_admin', 'registre_twins'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin nosuperuser nobypassrls', wanted);
      end if;
    exception when duplicate_object or unique_violation then null;
    end;
    if not pg_has_role(current_user, wanted, 'member') then
      execute format('grant %I to current_user', wanted);
    end if;
    if exists (select from pg_roles where rolname = wanted and (rolsuper or rolbypassrls)) then
      raise exception 'role % can bypass row-level security', wanted;
    end if;
    execute format('grant usage on schema %I to %I', current_schema(), wanted);
  end loop;
end
$$`;

/** The roles that row-level security is written for; a dump names them and does not hold them. */
export async function ensureRoles(connection: Connection): Promise<void> {
  await connection.execute(ROLES);
}

/** Whether the database is at this program's version. */
export function isCurrent(database: Database): Promise<boolean> {
  return database.transaction(async (connection) => {
    const [row] = await connection.query('select max(version) as version from schema_versions');
    return toNumber(row?.version) === MIGRATIONS.length;
  });
}

/**
 * Brings the database to this program's version: all missing migrations in one transaction, under a lock, so that
 * several instances may start at once. A database from a newer program is refused untouched (`STORE_NEWER_VERSION`).
 * @param target an older version, for tests of what comes after it
 */
export async function migrate(database: Database, target = MIGRATIONS.length): Promise<void> {
  await database.transaction(async (connection) => {
    // A large table takes its time, and so does whoever migrates before.
    await connection.query("select set_config('statement_timeout', '0', true)");
    await connection.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await connection.execute(
      'create table if not exists schema_versions (version integer primary key, name text not null, applied_at timestamptz not null default now())',
    );
    const [row] = await connection.query('select coalesce(max(version), 0) as version from schema_versions');
    const current = toNumber(row?.version);
    if (current > MIGRATIONS.length) {
      throw new AppError('STORE_NEWER_VERSION', 'The database was made by a newer program', {
        details: { found: current, known: MIGRATIONS.length },
        action: 'update',
      });
    }
    if (current === MIGRATIONS.length) return;
    await ensureRoles(connection);
    for (const [index, { name, sql }] of MIGRATIONS.entries()) {
      if (index < current || index >= target) continue;
      await connection.execute(sql);
      await connection.query('insert into schema_versions (version, name) values ($1, $2)', [index + 1, name]);
    }
  });
}
