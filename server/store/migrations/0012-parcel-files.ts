/**
 * Files that came by hand: parts that wait, for the rows that describe their files or for what comes before theirs, and
 * what the device is to be told that it need not send any more (SPEC X3, X4).
 */
export const parcelFiles = /* sql */ `
alter table parcels add column device_files_told bigint;

create table file_parts (
  ministry_id uuid not null,
  device_id uuid not null,
  sha256 text not null,
  -- Of the parcel that describes its files.
  number integer not null,
  -- What is in it, so that it is only opened again where that is of use.
  pieces jsonb not null,
  sealed bytea not null,
  received_at timestamptz not null,
  primary key (ministry_id, device_id, sha256)
);
alter table file_parts alter column sealed set storage external;

create table parcel_files (
  ministry_id uuid not null,
  device_id uuid not null,
  hash text not null,
  -- In the order in which the endpoint had them whole, per device.
  place bigint not null,
  received_at timestamptz not null,
  primary key (ministry_id, device_id, hash),
  unique (ministry_id, device_id, place)
);

alter table file_parts enable row level security;
alter table parcel_files enable row level security;
alter table file_parts force row level security;
alter table parcel_files force row level security;
create policy ministry on file_parts to registre_app using (ministry_id = registre_ministry());
create policy ministry on parcel_files to registre_app using (ministry_id = registre_ministry());
grant select, insert, delete on file_parts to registre_app;
grant select, insert, update on parcel_files to registre_app;
`;
