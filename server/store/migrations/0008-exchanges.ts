/**
 * `exchanges`: the last exchange of each device that pushed, with its answers, so that one whose answer was lost is answered
 * the same (SPEC S11).
 *
 * `ministries.epoch`: which line of sequences the ministry is on, and up to where it is that of the epoch before (SPEC S19).
 */
export const exchanges = /* sql */ `
create table exchanges (
  ministry_id uuid not null,
  device_id uuid not null,
  exchange_id uuid not null,
  answers jsonb not null,
  answered_at timestamptz not null,
  primary key (ministry_id, device_id)
);
alter table exchanges enable row level security;
alter table exchanges force row level security;
create policy ministry on exchanges to registre_app using (ministry_id = registre_ministry());
grant select, insert, update on exchanges to registre_app;

alter table ministries add column epoch bigint not null default 1;
alter table ministries add column epoch_seq bigint not null default 0;
grant update (epoch, epoch_seq) on ministries to registre_admin;
`;
