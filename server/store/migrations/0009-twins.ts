/**
 * What twins are found by (SPEC V2): the numbers of assets as one compares them, without case, accents and separators.
 * Columns and not indexes on expressions: below row-level security only operators that leak nothing may use an index.
 * What was merged, or went to another institution, is no twin of what goes on.
 *
 * Across ministries only serials are compared, by the role `registre_twins`: it sees which ministry has which serial, and no
 * other column, table or row. What it finds is written by two transactions, each of one ministry.
 */
const COMPARED = (field: string) => /* sql */ `
  case when collection = 'assets' and not deleted and coalesce(body ->> 'status', '') not in ('merged', 'transferred')
        and not (body ? 'destinationMinistry')
    then nullif(left(lower(regexp_replace(normalize(body ->> '${field}', NFKD), '[^[:alnum:]]+', '', 'g')), 100), '') end`;

export const twins = /* sql */ `
alter table documents
  add column serial text generated always as (${COMPARED('serialNumber')}) stored,
  add column inventory text generated always as (${COMPARED('inventoryNumber')}) stored;
create index documents_by_serial on documents (ministry_id, serial, id) where serial is not null;
create index documents_by_inventory on documents (ministry_id, inventory, id) where inventory is not null;
create index documents_by_serial_anywhere on documents (serial) where serial is not null;

create policy twins on documents for select to registre_twins using (serial is not null);
create policy twins on ministries for select to registre_twins using (true);
grant select (ministry_id, serial) on documents to registre_twins;
grant select (id, acronym) on ministries to registre_twins;

-- Up to which sequence the assets of a ministry were compared: a search that was cut goes on there.
create table twin_searches (
  ministry_id uuid primary key references ministries (id),
  seq bigint not null
);
alter table twin_searches enable row level security;
alter table twin_searches force row level security;
create policy ministry on twin_searches to registre_app using (ministry_id = registre_ministry());
grant select, insert, update on twin_searches to registre_app;
`;
