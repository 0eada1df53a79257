import { randomUUID } from 'node:crypto';
import { addMinistryWithLists, seedDemonstration } from '../../../server/seed.ts';
import { addMinistry, findMinistry } from '../../../server/store/enrolment.ts';
import { MIGRATIONS, migrate } from '../../../server/store/migrations/index.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { openStore } from '../../../server/store/store.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { makeAsset } from '../../support/endpoint-documents.ts';

describe.each(DATABASES)('the database over $name', (database) => {
  it('K5: several instances may start on an empty database at once', async () => {
    const opened = await database.open();
    await Promise.all(Array.from({ length: 4 }, () => openStore(opened)));
    const rows = await opened.transaction((connection) =>
      connection.query('select version from schema_versions order by 1'),
    );
    expect(rows).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })));
    await opened.close();
  });

  it('A2 K5: a filled database of version 1 is brought up to date and learns the references of the assets it holds', async () => {
    const opened = await database.open();
    await migrate(opened, 1);
    const ministry = { id: randomUUID(), acronym: 'TST', name: 'Ministère' };
    await addMinistry(opened, ministry);
    const asset = makeAsset({ ministry });
    await asMinistry(opened, ministry.id, (connection) =>
      connection.query(
        `insert into documents (ministry_id, collection, id, seq, deleted, body, device_id, received_at)
         values ($1, 'assets', $2, 1, false, $3, $4, now())`,
        [ministry.id, asset.id, JSON.stringify(asset), randomUUID()],
      ),
    );
    await openStore(opened);
    const rows = await asMinistry(opened, ministry.id, (connection) =>
      connection.query('select id, reference from documents'),
    );
    expect(rows).toEqual([{ id: asset.id, reference: asset.reference }]);
    await opened.close();
  });

  it('K5: a database from a newer program is refused untouched', async () => {
    const opened = await database.open();
    await openStore(opened);
    await opened.transaction((connection) =>
      connection.query("insert into schema_versions (version, name) values (999, 'future')"),
    );
    await expect(openStore(opened)).rejects.toMatchObject({ code: 'STORE_NEWER_VERSION', details: { found: 999 } });
    await opened.close();
  });

  it('J3: a ministry is added with its lists or not at all, and nobody of the demonstration is in it', async () => {
    const endpoint = await startEndpoint({ database });
    const ministry = { id: '0d3e0000-2022-8000-8000-4d4e44000009', acronym: 'MTP', name: 'Ministère' };
    const { database: opened } = endpoint.store;
    const cut = () => {
      throw new Error('cut');
    };
    let calls = 0;
    const cutLate = () => {
      calls += 1;
      return calls > 1 ? cut() : new Date();
    };
    await expect(addMinistryWithLists(opened, ministry, cutLate)).rejects.toThrow('cut');
    expect(await findMinistry(opened, 'MTP')).toBeUndefined();
    await addMinistryWithLists(opened, ministry, () => new Date());
    expect(await endpoint.documents(ministry.id)).not.toEqual([]);
    const people = await asMinistry(opened, ministry.id, (connection) => connection.query('select name from people'));
    expect(people).toEqual([{ name: 'Listes de référence' }]);
    await endpoint.stop();
  });

  it('S5: the demonstration is seeded once, completed when it was cut short, and never overwrites what was changed', async () => {
    const endpoint = await startEndpoint({ database, demonstration: 'empty' });
    const seed = (kind: 'full' | 'empty') =>
      seedDemonstration(
        endpoint.store,
        kind,
        () => new Date(),
        () => {},
      );
    const lists = await endpoint.documents();
    expect(new Set(lists.map(({ collection }) => collection))).toEqual(new Set(['structures', 'sites', 'references']));
    await seed('empty');
    expect(await endpoint.documents()).toEqual(lists);

    const device = await endpoint.enrol(endpoint.ministry.acronym, 'dsi');
    const found = lists.find(({ collection }) => collection === 'sites');
    if (!found) throw new Error('No site');
    const known = { ...found.body, _deleted: found.isDeleted };
    await device.push('sites', [{ newDocumentState: { ...known, name: 'Renamed' }, assumedMasterState: known }]);
    await seed('full');
    const rows = await endpoint.documents();
    expect(rows.filter(({ collection }) => collection === 'assets')).toHaveLength(2000);
    expect(rows.filter(({ collection }) => collection === 'movements')).toHaveLength(2000);
    expect(rows.find(({ id }) => id === found.id)?.body.name).toBe('Renamed');
    await endpoint.stop();
  });
});
