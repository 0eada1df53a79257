import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNextEpoch } from '../../../server/store/epoch.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, expectGaplessJournal, wireOf } from './facts.ts';

type Backup = { readonly [table: string]: readonly Readonly<Record<string, unknown>>[] };

describe('an endpoint restored from a backup', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  const TABLES = ['documents', 'exchanges'];

  function backUp(): Promise<Backup> {
    return endpoint.store.database.transaction(async (connection) => {
      const tables: [string, Backup[string]][] = [];
      for (const table of [...TABLES, 'ministries']) {
        const rows = await connection.query(`select to_jsonb(t) - 'reference' as row from ${table} t`);
        // `to_jsonb` of a row gives an object.
        tables.push([table, rows.map(({ row }) => row as Backup[string][number])]);
      }
      return Object.fromEntries(tables);
    });
  }

  /** As a restored disk would have it, and then what the restore command does. */
  async function restore(backup: Backup): Promise<void> {
    await endpoint.store.database.transaction(async (connection) => {
      await connection.query('delete from documents');
      await connection.query('delete from exchanges');
      const columns = 'ministry_id, collection, id, seq, deleted, body, device_id, received_at';
      await connection.query(
        `insert into documents (${columns}) select ${columns} from jsonb_populate_recordset(null::documents, $1::jsonb)`,
        [JSON.stringify(backup.documents)],
      );
      await connection.query(
        'insert into exchanges select * from jsonb_populate_recordset(null::exchanges, $1::jsonb)',
        [JSON.stringify(backup.exchanges)],
      );
      await connection.query(
        `update ministries m set last_seq = b.last_seq, epoch = b.epoch, epoch_seq = b.epoch_seq
           from jsonb_populate_recordset(null::ministries, $1::jsonb) b where b.id = m.id`,
        [JSON.stringify(backup.ministries)],
      );
    });
    await openNextEpoch(endpoint.store.database);
  }

  async function start(count: number): Promise<{ desktops: Desktop[]; ministryId: string }> {
    const ministry = await endpoint.addMinistry();
    const desktops: Desktop[] = [];
    for (let at = 0; at < count; at += 1) desktops.push(await startEnrolled(endpoint, { ministry: ministry.acronym }));
    return { desktops, ministryId: ministry.id };
  }

  async function syncAll(desktops: readonly Desktop[]): Promise<void> {
    for (let round = 0; round < 2; round += 1) for (const desktop of desktops) await desktop.sync();
  }
  const update = (desktop: Desktop, id: string, changes: Record<string, unknown>) =>
    desktop.service.commands.updateAsset({ id, changes });
  const deviceOf = (desktop: Desktop) => desktop.service.questions.getIdentity({})?.device.id ?? '';

  test('S19: back up, go on, restore: nothing that was acknowledged is lost, on any of three desktops', async () => {
    const { desktops, ministryId } = await start(3);
    const [one, two, three] = desktops as [Desktop, Desktop, Desktop];
    const before = one.create({ room: 'A1', serialNumber: 'SN-1' });
    await syncAll(desktops);
    const backup = await backUp();

    // Acknowledged after the backup: an edit, a new asset, an edit of another desktop on top of it.
    update(one, before, { room: 'B12' });
    const after = two.create({ room: 'A2', serialNumber: 'SN-2' });
    await syncAll(desktops);
    update(two, before, { brand: 'HP' });
    await syncAll(desktops);
    // Not acknowledged when the disk went: one desktop works offline.
    await three.goOffline();
    update(three, after, { model: 'E24' });
    for (const desktop of [one, two]) await desktop.goOffline();

    await restore(backup);
    expect(wireOf(await endpoint.documents(ministryId), 'assets')).toMatchObject([{ id: before, room: 'A1' }]);
    for (const desktop of desktops) await desktop.goOnline();
    await syncAll(desktops);

    const there = await endpoint.documents(ministryId);
    for (const desktop of desktops) expectEqualToEndpoint(desktop, there);
    expect(one.asset(before)).toMatchObject({ room: 'B12', brand: 'HP' });
    expect(one.asset(after)).toMatchObject({ room: 'A2', model: 'E24' });
    expect(one.all('reviews')).toEqual([]);
    expectGaplessJournal(
      wireOf(there, 'movements'),
      desktops.map(deviceOf).filter((id) => id !== ''),
    );
  });

  test('S19: a desktop that saw less than another sends less, and a person decides what differs', async () => {
    const { desktops } = await start(2);
    const [one, two] = desktops as [Desktop, Desktop];
    const id = one.create({ room: 'A1' });
    await syncAll(desktops);
    const backup = await backUp();
    update(one, id, { room: 'B12' });
    await one.sync();
    await two.sync();
    await two.goOffline();
    update(one, id, { room: 'C34' });
    await one.sync();
    await one.goOffline();
    await restore(backup);
    await two.goOnline();
    await one.goOnline();
    await syncAll(desktops);
    // The older state came first; the newer one is not lost.
    const [review] = one.all('reviews');
    expect([one.asset(id)?.room, review]).toMatchObject(['B12', { fields: [{ field: 'room', mine: 'C34' }] }]);
    expect(two.all('reviews')).toHaveLength(1);
  });

  test('S19: a push whose answer the disk took with it is repeated in the next epoch', async () => {
    const { desktops, ministryId } = await start(2);
    const [one, two] = desktops as [Desktop, Desktop];
    const id = one.create({ room: 'A1' });
    await syncAll(desktops);
    const backup = await backUp();
    for (const desktop of desktops) await desktop.goOffline();
    update(one, id, { room: 'B12' });
    one.network.troubles.push('lose-answer');
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    await one.goOffline();
    update(one, id, { room: 'C34' });
    await restore(backup);
    for (const desktop of desktops) await desktop.goOnline();
    await syncAll(desktops);
    expect(two.asset(id)).toMatchObject({ room: 'C34' });
    expect(two.all('reviews')).toEqual([]);
    expectEqualToEndpoint(one, await endpoint.documents(ministryId));
  });
});
