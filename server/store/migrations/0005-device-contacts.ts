/**
 * When each device was last heard of and how it stood (SPEC E5). Apart from `devices`, whose rows are read at every
 * request, and from `ministries`, whose row every push locks: this one is written all day and nobody waits for it.
 */
export const deviceContacts = /* sql */ `
create table device_contacts (
  ministry_id uuid not null,
  device_id uuid not null,
  last_contact timestamptz not null,
  -- As the device said last; absent where its program says nothing of it.
  version text,
  waiting integer,
  refused integer,
  -- Milliseconds by which its clock is ahead.
  clock_skew bigint,
  primary key (ministry_id, device_id),
  foreign key (ministry_id, device_id) references devices (ministry_id, id)
);

alter table device_contacts enable row level security;
alter table device_contacts force row level security;
create policy ministry on device_contacts to registre_app using (ministry_id = registre_ministry());
grant select, insert, update on device_contacts to registre_app;
`;
