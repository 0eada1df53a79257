import { asAdministrator, asCodeHolder, asMinistry } from '../../../server/store/scope.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

const TENANT_TABLES = [
  'documents',
  'devices',
  'people',
  'enrolment_codes',
  'files',
  'file_uploads',
  'file_chunks',
  'twin_searches',
] as const;
/** Those in which this test has rows of both ministries. */
const FILLED: ReadonlySet<string> = new Set(['documents', 'devices', 'people', 'enrolment_codes']);

describe.each(DATABASES)('isolation over $name', (database) => {
  let endpoint: TestEndpoint;
  let mine: TestDevice;
  let theirs: TestDevice;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
    mine = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    theirs = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    await mine.exchange([asRow('assets', makeAsset(mine, { designation: 'Ours' }))]);
    await theirs.exchange([asRow('assets', makeAsset(theirs, { designation: 'Secret' }))]);
  });
  afterAll(() => endpoint.stop());

  it('S6: neither the exchange, nor a pull, nor a conflict shows a row of another ministry', async () => {
    const secret = makeAsset(theirs);
    await theirs.exchange([asRow('assets', secret)]);
    const stolen = { ...secret, ministryId: mine.ministry.id, brand: 'HP' };
    const { body } = await mine.exchange([asRow('assets', secret), asRow('assets', stolen)]);
    // The id of another ministry's row is simply free here: the key starts with the ministry.
    expect(body.answers).toMatchObject([
      { outcome: 'refused', field: '/newDocumentState/ministryId' },
      { outcome: 'accepted' },
    ]);
    expect(body.documents.every(({ document }) => document.ministryId === mine.ministry.id)).toBe(true);
    const pulled = await mine.pull('assets');
    expect(pulled.body.documents.every(({ ministryId }) => ministryId === mine.ministry.id)).toBe(true);
    const untouched = (await endpoint.documents(theirs.ministry.id)).find(({ id }) => id === secret.id);
    expect(untouched?.body.brand).toBe(secret.brand);
  });

  it.each(TENANT_TABLES)('S6: raw SQL without a condition sees only the own rows of %s', async (table) => {
    const rows = await asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query(`select ministry_id from ${table}`),
    );
    for (const { ministry_id } of rows) expect(ministry_id).toBe(mine.ministry.id);
    if (FILLED.has(table)) expect(rows).not.toEqual([]);
  });

  it('S6: raw SQL without a condition sees one ministry', async () => {
    const rows = await asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query('select id from ministries'),
    );
    expect(rows).toEqual([{ id: mine.ministry.id }]);
  });

  it('S6: without a ministry the role sees nothing at all', async () => {
    await endpoint.store.database.transaction(async (connection) => {
      await connection.query("select set_config('role', 'registre_app', true)");
      for (const table of [...TENANT_TABLES, 'ministries']) {
        expect(await connection.query(`select 1 from ${table}`)).toEqual([]);
      }
    });
  });

  it('S6: the settings of one transaction do not reach the next one', async () => {
    await asMinistry(endpoint.store.database, mine.ministry.id, (connection) => connection.query('select 1'));
    await asAdministrator(endpoint.store.database, async (connection) => {
      const [row] = await connection.query("select current_setting('registre.ministry', true) as ministry");
      expect(row?.ministry ?? '').toBe('');
    });
  });

  it('S6: raw SQL cannot write into, move to, or change rows of another ministry', async () => {
    const before = await endpoint.documents(theirs.ministry.id);
    const insert = asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query(
        `insert into documents (ministry_id, collection, id, seq, deleted, body, device_id, received_at)
         values ($1, 'assets', 'x', 999, false, '{}', $2, now())`,
        [theirs.ministry.id, mine.device.id],
      ),
    );
    await expect(insert).rejects.toThrow(/row-level security/);
    const move = asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query('update documents set ministry_id = $1', [theirs.ministry.id]),
    );
    await expect(move).rejects.toThrow(/row-level security/);
    await asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query('update ministries set last_seq = last_seq where id = $1', [theirs.ministry.id]),
    );
    await asMinistry(endpoint.store.database, mine.ministry.id, (connection) =>
      connection.query(`update documents set body = '{}' where body ->> 'designation' = 'Secret'`),
    );
    expect(await endpoint.documents(theirs.ministry.id)).toEqual(before);
  });

  it('the role of the endpoint deletes no row, and cannot switch row-level security off', async () => {
    const act = (...statements: readonly string[]) =>
      asMinistry(endpoint.store.database, mine.ministry.id, async (connection) => {
        for (const statement of statements) await connection.query(statement);
      });
    await expect(act('delete from documents')).rejects.toThrow(/permission denied/);
    await expect(act('set local row_security = off', 'select 1 from documents')).rejects.toThrow(/row-level security/);
  });

  it('S6: the role of the command line sees ministries and no other table', async () => {
    await asAdministrator(endpoint.store.database, async (connection) => {
      expect((await connection.query('select id from ministries')).length).toBeGreaterThan(1);
    });
    for (const table of TENANT_TABLES) {
      const reading = asAdministrator(endpoint.store.database, (connection) =>
        connection.query(`select 1 from ${table}`),
      );
      await expect(reading).rejects.toThrow(/permission denied/);
    }
  });

  it('S6: who presents a code sees that code only', async () => {
    await endpoint.enrolmentCode();
    await asCodeHolder(endpoint.store.database, Buffer.alloc(32, 1), async (connection) => {
      expect(await connection.query('select 1 from enrolment_codes')).toEqual([]);
      expect(await connection.query('select 1 from documents')).toEqual([]);
    });
  });

  it('S6: no role owns a table, bypasses row-level security or is a superuser', async () => {
    const rows = await asAdministrator(endpoint.store.database, (connection) =>
      connection.query(
        `select r.rolname, r.rolsuper or r.rolbypassrls as bypasses,
                exists (select from pg_class c where c.relowner = r.oid) as owns
           from pg_roles r where r.rolname in ('registre_app', 'registre_admin', 'registre_twins') order by 1`,
      ),
    );
    expect(rows).toEqual([
      { rolname: 'registre_admin', bypasses: false, owns: false },
      { rolname: 'registre_app', bypasses: false, owns: false },
      { rolname: 'registre_twins', bypasses: false, owns: false },
    ]);
  });
});
