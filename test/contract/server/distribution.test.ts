import type { Connection, Database } from '../../../server/store/database.ts';
import { openStore } from '../../../server/store/store.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { asRow, makeAsset, makeMovement } from '../../support/endpoint-documents.ts';
import { twinsSearched } from '../../support/twin-search.ts';

/**
 * What a distributed engine copies to every node instead of spreading it: what belongs to no ministry, and the one table
 * of ministries, whose id is what everything else begins with.
 */
const EVERYWHERE = ['endpoint_keys', 'ministries', 'schema_versions'];

describe.each(DATABASES)('spreading the register over nodes by its ministry, over $name', (database) => {
  let opened: Database;

  beforeAll(async () => {
    opened = await database.open();
    await openStore(opened);
  });
  afterAll(() => opened.close());

  const query = (text: string) => opened.transaction((connection) => connection.query(text));

  it('E2: every table begins with the ministry, but for those that are the same everywhere', async () => {
    const rows = await query(
      `select c.relname, a.attname from pg_class c
         left join pg_attribute a on a.attrelid = c.oid and a.attname = 'ministry_id'
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace order by 1`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ attname }) => attname === null).map(({ relname }) => relname)).toEqual(EVERYWHERE);
  });

  it('E2: every primary and unique key of the others begins with the ministry', async () => {
    const rows = await query(
      `select c.relname as table, i.relname as key, a.attname as first from pg_index x
         join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
         left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
        where x.indisunique and c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace`,
    );
    const wrong = rows.filter(({ table, first }) => !EVERYWHERE.includes(String(table)) && first !== 'ministry_id');
    expect(wrong).toEqual([]);
  });

  it('E2: every foreign key goes from the ministry to the same ministry', async () => {
    const rows = await query(
      `select c.conname, mine.attname as mine, c.confrelid::regclass::text as target, theirs.attname as theirs
         from pg_constraint c
         join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = c.conkey[1]
         join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = c.confkey[1]
        where c.contype = 'f' and c.connamespace = current_schema()::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(3);
    const wrong = rows.filter(({ mine, target, theirs }) => {
      return mine !== 'ministry_id' || theirs !== (target === 'ministries' ? 'id' : 'ministry_id');
    });
    expect(wrong).toEqual([]);
  });

  it('E2 S6: every table of a ministry forces row-level security and is closed to the administrator', async () => {
    const rows = await query(
      `select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'ministry_id'
        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity
                   and not has_table_privilege('registre_admin', c.oid, 'select, insert, update, delete'))`,
    );
    expect(rows).toEqual([]);
  });
});

/** Which ministries each transaction named, and every statement of it that is not a setting. */
type Recorded = { readonly ministries: string[]; readonly statements: string[] };

function recording(database: Database, transactions: Recorded[]): Database {
  return {
    ...database,
    transaction: (work) =>
      database.transaction((connection) => {
        const recorded: Recorded = { ministries: [], statements: [] };
        transactions.push(recorded);
        const observed: Connection = {
          ...connection,
          query(text, parameters) {
            if (text.includes("set_config('registre.ministry'")) recorded.ministries.push(String(parameters?.[0]));
            else if (!text.includes('set_config(')) recorded.statements.push(text);
            return connection.query(text, parameters);
          },
        };
        return work(observed);
      }),
  };
}

describe.each(DATABASES)('what one request touches, over $name', ({ name, open }) => {
  it('E2 S6: every transaction of an exchange names one ministry, the device’s, and no statement goes without it', async () => {
    const transactions: Recorded[] = [];
    const endpoint = await startEndpoint({
      database: { name, open: async () => recording(await open(), transactions) },
    });
    const other = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    const device = await endpoint.enrol();
    await other.exchange([asRow('assets', makeAsset(other))]);
    // What the endpoint does by itself for the other ministry is over.
    await twinsSearched(endpoint, other.ministry.id);
    transactions.length = 0;
    const asset = makeAsset(device);
    await device.exchange([asRow('assets', asset), asRow('movements', makeMovement(device))]);
    await device.exchange([asRow('assets', { ...asset, brand: 'HP' }, asset)]);
    await device.pull('assets');
    const touching = transactions.filter(({ ministries }) => ministries.length > 0);
    expect(touching.length).toBeGreaterThanOrEqual(6);
    for (const { ministries, statements } of touching) {
      expect(ministries).toEqual([device.ministry.id]);
      // The ministry's own row is found by its id; of every other table the ministry is a condition or a value.
      for (const text of statements) expect(text).toMatch(/ministry_id|\bministries\b/);
    }
    await endpoint.stop();
  });
});
