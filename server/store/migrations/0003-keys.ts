/**
 * Keys of the endpoint (one row, of no ministry: the whole endpoint signs with them; only `registre_admin` reads them)
 * and of its devices.
 */
export const keys = /* sql */ `
create table endpoint_keys (
  only_row boolean primary key default true check (only_row),
  signing_public text not null,
  signing_secret text not null,
  sealing_public text not null,
  sealing_secret text not null,
  created_at timestamptz not null default now()
);
alter table endpoint_keys enable row level security;
alter table endpoint_keys force row level security;
create policy administration on endpoint_keys to registre_admin using (true);
grant select, insert on endpoint_keys to registre_admin;

alter table devices add column signing_key text, add column sealing_key text;
grant update (signing_key, sealing_key) on devices to registre_app;
`;
