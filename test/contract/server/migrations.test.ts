import { seedDemonstration } from '../../../server/seed.ts';
import { openStore } from '../../../server/store/store.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';

describe.each(DATABASES)('the database over $name', (database) => {
  it('K5: several instances may start on an empty database at once', async () => {
    const opened = await database.open();
    await Promise.all(Array.from({ length: 4 }, () => openStore(opened)));
    const rows = await opened.transaction((connection) =>
      connection.query('select version from schema_versions order by 1'),
    );
    expect(rows).toEqual([{ version: 1 }]);
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

    const device = await endpoint.enrol();
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
