/**
 * The register: every key starts with the ministry, so that a distributed PostgreSQL can spread it by that column.
 *
 * Isolation (SPEC S6) is the database's work. Transactions of the endpoint take the role `registre_app`, which owns
 * nothing and cannot bypass row-level security, and name one ministry in the setting `registre.ministry`; without it
 * they see no row. Three policies are wider, each for one question that comes before the ministry is known:
 * - `registre_admin` (no access to any other table) lists and creates ministries, for the command line;
 * - an enrolment code is visible to whoever presents its hash in `registre.code_hash`;
 * - nothing of the kind is needed for device tokens: a token carries its ministry in clear beside the secret.
 */
export const register = /* sql */ `
create table ministries (
  id uuid primary key,
  acronym text not null unique,
  name text not null,
  -- Last sequence given. Its row lock, held until commit, makes sequences follow the order of commits (SPEC S1, S2).
  last_seq bigint not null default 0
);

create table people (
  ministry_id uuid not null references ministries (id),
  id uuid not null,
  name text not null,
  role text not null,
  created_at timestamptz not null,
  primary key (ministry_id, id)
);

create table devices (
  ministry_id uuid not null references ministries (id),
  id uuid not null,
  code text not null,
  name text not null,
  person_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz not null,
  primary key (ministry_id, id),
  unique (ministry_id, code),
  unique (ministry_id, token_hash),
  foreign key (ministry_id, person_id) references people (ministry_id, id)
);

create table enrolment_codes (
  ministry_id uuid not null references ministries (id),
  code_hash bytea not null,
  person_id uuid not null,
  note text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  device_id uuid,
  primary key (ministry_id, code_hash),
  foreign key (ministry_id, person_id) references people (ministry_id, id)
);
create index enrolment_codes_by_hash on enrolment_codes (code_hash);

-- No foreign key: every write already holds the ministry's row, and a check per row would cost as much as the row.
create table documents (
  ministry_id uuid not null,
  collection text not null,
  id text not null,
  seq bigint not null,
  deleted boolean not null,
  body jsonb not null,
  device_id uuid not null,
  received_at timestamptz not null,
  primary key (ministry_id, collection, id)
);
create unique index documents_by_seq on documents (ministry_id, seq);

create function registre_ministry() returns uuid language sql stable
  return nullif(current_setting('registre.ministry', true), '')::uuid;

create function registre_code_hash() returns bytea language sql stable
  return decode(nullif(current_setting('registre.code_hash', true), ''), 'hex');

alter table ministries enable row level security;
alter table people enable row level security;
alter table devices enable row level security;
alter table enrolment_codes enable row level security;
alter table documents enable row level security;
alter table ministries force row level security;
alter table people force row level security;
alter table devices force row level security;
alter table enrolment_codes force row level security;
alter table documents force row level security;

create policy ministry on ministries to registre_app using (id = registre_ministry());
create policy ministry on people to registre_app using (ministry_id = registre_ministry());
create policy ministry on devices to registre_app using (ministry_id = registre_ministry());
create policy ministry on enrolment_codes to registre_app using (ministry_id = registre_ministry());
create policy ministry on documents to registre_app using (ministry_id = registre_ministry());
create policy presented on enrolment_codes to registre_app using (code_hash = registre_code_hash());
create policy administration on ministries to registre_admin using (true);

-- The one table without a policy on purpose: it holds no record of anybody.
grant select on schema_versions to registre_app;
grant select on ministries to registre_app;
grant update (last_seq) on ministries to registre_app;
grant select, insert on people to registre_app;
grant select, insert on devices to registre_app;
grant select, insert on enrolment_codes to registre_app;
grant update (used_at, device_id) on enrolment_codes to registre_app;
grant select, insert, update on documents to registre_app;
grant select, insert on ministries to registre_admin;
`;
