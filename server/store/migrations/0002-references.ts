/**
 * References of assets, so that one that is taken is found along an index (SPEC A2). A column and not an index on
 * `body ->> 'reference'`: below row-level security only operators that leak nothing may use an index, and `->>` is not
 * marked as one of them.
 */
export const references = /* sql */ `
alter table documents add column reference text
  generated always as (case when collection = 'assets' then body ->> 'reference' end) stored;
create index documents_by_reference on documents (ministry_id, reference) where reference is not null;
`;
