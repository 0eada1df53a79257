/**
 * Snapshots (SPEC S20), in the database so that any instance serves what another one made. A row without a head is being
 * made; there is one of these per ministry at the most, which is the lock between makers.
 */
export const snapshots = /* sql */ `
create table snapshots (
  ministry_id uuid not null references ministries (id),
  id uuid not null,
  seq bigint not null,
  -- The first line of the file, and the length of the whole.
  opening text,
  bytes bigint,
  row_count bigint,
  -- When its maker last gave a sign of life, by the clock of the database.
  touched_at timestamptz not null default now(),
  primary key (ministry_id, id)
);
create unique index snapshots_in_making on snapshots (ministry_id) where opening is null;

create table snapshot_chunks (
  ministry_id uuid not null,
  snapshot_id uuid not null,
  position integer not null,
  data bytea not null,
  primary key (ministry_id, snapshot_id, position)
);
alter table snapshot_chunks alter column data set storage external;

alter table snapshots enable row level security;
alter table snapshot_chunks enable row level security;
alter table snapshots force row level security;
alter table snapshot_chunks force row level security;
create policy ministry on snapshots to registre_app using (ministry_id = registre_ministry());
create policy ministry on snapshot_chunks to registre_app using (ministry_id = registre_ministry());
grant select, insert, update, delete on snapshots to registre_app;
grant select, insert, delete on snapshot_chunks to registre_app;
`;
