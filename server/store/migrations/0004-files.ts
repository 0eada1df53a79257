/**
 * Bytes of files (SPEC F1, F2, F5), in the database so that any instance serves any of them and one backup holds all.
 * Chunks belong to a content, which an upload fills and a file then names: nothing is copied when an upload is whole.
 */
export const files = /* sql */ `
create table files (
  ministry_id uuid not null references ministries (id),
  -- SHA-256 of the bytes, lower-case hexadecimal.
  hash text not null,
  content_id uuid not null,
  bytes bigint not null,
  received_at timestamptz not null,
  primary key (ministry_id, hash)
);

create table file_uploads (
  ministry_id uuid not null references ministries (id),
  device_id uuid not null,
  hash text not null,
  content_id uuid not null,
  bytes bigint not null,
  received bigint not null,
  updated_at timestamptz not null,
  primary key (ministry_id, device_id, hash)
);
create index file_uploads_by_age on file_uploads (ministry_id, updated_at);

create table file_chunks (
  ministry_id uuid not null,
  content_id uuid not null,
  -- Of its first byte in the file.
  position bigint not null,
  data bytea not null,
  primary key (ministry_id, content_id, position)
);
-- Pictures and documents are compressed already.
alter table file_chunks alter column data set storage external;

alter table files enable row level security;
alter table file_uploads enable row level security;
alter table file_chunks enable row level security;
alter table files force row level security;
alter table file_uploads force row level security;
alter table file_chunks force row level security;
create policy ministry on files to registre_app using (ministry_id = registre_ministry());
create policy ministry on file_uploads to registre_app using (ministry_id = registre_ministry());
create policy ministry on file_chunks to registre_app using (ministry_id = registre_ministry());
grant select, insert on files to registre_app;
grant select, insert, update, delete on file_uploads to registre_app;
grant select, insert, delete on file_chunks to registre_app;
`;
