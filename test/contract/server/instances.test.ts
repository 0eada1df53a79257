import { openStore } from '../../../server/store/store.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { createSharedDatabase, type SharedDatabase } from '../../support/endpoint-database.ts';
import { asTestDevice, type TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { openStream } from '../../support/endpoint-stream.ts';
import { startRoundRobin } from '../../support/round-robin.ts';

const LISTENERS = "datname = current_database() and application_name = 'registre-commits'";

describe.runIf(createSharedDatabase)('two instances on one PostgreSQL', () => {
  let database: SharedDatabase;
  let [first, second]: TestEndpoint[] = [];
  let device: TestDevice;
  /** The same device at the other instance. */
  let elsewhere: TestDevice;

  beforeEach(async () => {
    if (!createSharedDatabase) throw new Error('No server was given');
    database = await createSharedDatabase();
    first = await startEndpoint({ database });
    second = await startEndpoint({ database, ministry: first.ministry });
    device = await first.enrol();
    elsewhere = asTestDevice(second.address, device);
    await vi.waitFor(async () => expect(await countListeners()).toBe(2));
  });
  afterEach(async () => {
    await Promise.all([first?.stop(), second?.stop()]);
    await database.drop();
  });

  async function countListeners(): Promise<number> {
    const rows = await query(`select pid from pg_stat_activity where ${LISTENERS} and query not like 'select pid%'`);
    return rows.length;
  }

  async function query(text: string) {
    if (!first) throw new Error('No instance');
    return first.store.database.transaction((connection) => connection.query(text));
  }

  it('E1: a push at one instance wakes a stream of the other, whose next exchange has the row', async () => {
    const stream = await openStream(elsewhere.at, device.token);
    await stream.until(({ seq }) => seq === 0);
    await device.exchange([asRow('assets', makeAsset(device))]);
    await stream.until(({ seq }) => seq === 1);
    expect((await elsewhere.exchange([])).body.documents).toHaveLength(1);
    stream.close();
  });

  it('E1: behind a balancer that takes turns, every stream hears of every push, once', async () => {
    if (!first || !second) throw new Error('No instances');
    const balancer = await startRoundRobin([first.address, second.address]);
    const anywhere = asTestDevice(balancer.address, device);
    const streams = [
      await openStream(balancer.address, device.token),
      await openStream(balancer.address, device.token),
    ];
    for (let pushed = 1; pushed <= 4; pushed += 1) {
      await anywhere.exchange([asRow('assets', makeAsset(device))]);
      await Promise.all(streams.map((stream) => stream.until(({ seq }) => seq === pushed)));
    }
    for (const { events } of streams) expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
    for (const stream of streams) stream.close();
    await balancer.close();
  });

  it('E1: a listener that lost its line comes back, and asks for what was committed meanwhile', async () => {
    const stream = await openStream(elsewhere.at, device.token);
    await stream.until(() => true);
    await query(`select pg_terminate_backend(pid) from pg_stat_activity where ${LISTENERS}`);
    await device.exchange([asRow('assets', makeAsset(device))]);
    await stream.until(({ seq }) => seq === 1);
    await vi.waitFor(async () => expect(await countListeners()).toBe(2), { timeout: 5000 });
    await device.exchange([asRow('assets', makeAsset(device))]);
    await stream.until(({ seq }) => seq === 2);
    stream.close();
  });

  it('E1: another ministry hears nothing of it', async () => {
    if (!first) throw new Error('No instance');
    const stranger = await first.enrol((await first.addMinistry()).acronym);
    const foreign = await openStream(elsewhere.at, stranger.token);
    const stream = await openStream(elsewhere.at, device.token);
    await device.exchange([asRow('assets', makeAsset(device))]);
    await stream.until(({ seq }) => seq === 1);
    expect(foreign.events).toEqual([{ seq: 0 }]);
    foreign.close();
    stream.close();
  });

  it('S1 S5: the same row pushed at both instances at once is one row with one sequence', async () => {
    const rows = Array.from({ length: 20 }, () => asRow('assets', makeAsset(device)));
    const [here, there] = await Promise.all([device.exchange(rows), elsewhere.exchange(rows)]);
    expect(there.body.answers).toEqual(here.body.answers);
    expect(await first?.documents()).toHaveLength(20);
  });

  it('K5: two instances that start at once on an empty database bring it up to date once', async () => {
    if (!createSharedDatabase) throw new Error('No server was given');
    const empty = await createSharedDatabase();
    const stores = await Promise.all([1, 2, 3].map(async () => openStore(await empty.open())));
    for (const store of stores) expect(await store.findTrouble()).toBeUndefined();
    await Promise.all(stores.map((store) => store.close()));
    await empty.drop();
  });
});
