/**
 * `exchanges` holds the last few exchanges of a device instead of one: a request that was given up and arrives late would
 * otherwise take the place of the one whose answer is still asked for. Without answers: one of which a
 * device was told that nothing was taken, and which writes nothing if it still comes (SPEC S11). `place` is the order in which they came.
 */
export const settledExchanges = /* sql */ `
alter table exchanges add column place bigint not null default 1;
alter table exchanges alter column place drop default;
alter table exchanges alter column answers drop not null;
alter table exchanges drop constraint exchanges_pkey;
alter table exchanges add primary key (ministry_id, device_id, exchange_id);
grant delete on exchanges to registre_app;
`;
