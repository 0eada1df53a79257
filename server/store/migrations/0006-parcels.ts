/**
 * Parcels of devices: parts until all are there, then the sealed body until its turn comes, then the answers to its rows,
 * which are told again to whoever asks (SPEC X3, X4).
 */
export const parcels = /* sql */ `
alter table devices add column parcel_line integer not null default 0;
grant update (parcel_line) on devices to registre_app;

create table parcel_parts (
  ministry_id uuid not null,
  device_id uuid not null,
  number integer not null,
  -- The same parcel may be divided anew: parts of one division carry one signature.
  signature text not null,
  part integer not null,
  file bytea not null,
  received_at timestamptz not null,
  primary key (ministry_id, device_id, number, signature, part)
);

create table parcels (
  ministry_id uuid not null,
  device_id uuid not null,
  number integer not null,
  sha256 text not null,
  follows integer not null,
  -- Absent once every row is answered.
  sealed bytea,
  -- What the device said that it has: news and receipts begin after these.
  device_checkpoint bigint,
  device_received integer,
  answers jsonb not null default '[]',
  answered integer not null default 0,
  received_at timestamptz not null,
  applied_at timestamptz,
  primary key (ministry_id, device_id, number)
);

alter table parcel_parts enable row level security;
alter table parcels enable row level security;
alter table parcel_parts force row level security;
alter table parcels force row level security;
create policy ministry on parcel_parts to registre_app using (ministry_id = registre_ministry());
create policy ministry on parcels to registre_app using (ministry_id = registre_ministry());
grant select, insert, delete on parcel_parts to registre_app;
grant select, insert, update on parcels to registre_app;
`;
