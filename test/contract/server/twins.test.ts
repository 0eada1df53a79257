import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import { vi } from 'vitest';
import { Review } from '#shared/schema/review.ts';
import { TwinSearch } from '../../../server/replication/twin-search.ts';
import { addMinistry } from '../../../server/store/enrolment.ts';
import { asTwinFinder } from '../../../server/store/scope.ts';
import { openStore } from '../../../server/store/store.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES, pglite } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { twinsSearched } from '../../support/twin-search.ts';

describe.each(DATABASES)('twins over $name', (database) => {
  let endpoint: TestEndpoint;
  let mine: TestDevice;
  let theirs: TestDevice;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());
  beforeEach(async () => {
    mine = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    theirs = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });

  async function reviewsOf({ ministry }: TestDevice): Promise<Review[]> {
    const rows = await endpoint.documents(ministry.id);
    return rows.filter(({ collection }) => collection === 'reviews').map(({ body }) => body as Review);
  }

  const push = (device: TestDevice, ...assets: readonly ReturnType<typeof makeAsset>[]) =>
    device.exchange(assets.map((asset) => asRow('assets', asset)));

  const searched = ({ ministry }: TestDevice) => twinsSearched(endpoint, ministry.id);

  it('V2: two records of a ministry with one serial, however written, are one review that its desktops get', async () => {
    const [first, second] = ['5CG-0482 kx', '5CG0482KX'].map((serialNumber) => makeAsset(mine, { serialNumber }));
    if (!first || !second) return;
    await push(mine, first);
    await push(mine, second);
    await searched(mine);
    const reviews = await reviewsOf(mine);
    expect(reviews).toHaveLength(1);
    const [review] = reviews;
    expect(Value.Check(Review, review)).toBe(true);
    expect(new Set([review?.documentId, review?.otherId])).toEqual(new Set([first.id, second.id]));
    expect(review).toMatchObject({
      kind: 'twin',
      state: 'open',
      deviceId: mine.device.id,
      owner: { personId: mine.person.id, name: mine.person.name },
    });
    const { body } = await mine.exchange([]);
    expect(body.documents.map(({ document }) => document.id)).toContain(review?.id);
  });

  it('V2: one pair has one review, for its serial and its inventory number, and is asked once', async () => {
    const numbers = { serialNumber: 'ZX-81', inventoryNumber: 'DSI/2020/17' };
    const [first, second] = [makeAsset(mine, numbers), makeAsset(mine, numbers)];
    await push(mine, first, second);
    await searched(mine);
    await mine.exchange([asRow('assets', { ...first, room: '12' }, first)]);
    await searched(mine);
    const reviews = await reviewsOf(mine);
    expect(reviews.map(({ fields }) => fields.map(({ field }) => field).sort())).toEqual([
      ['inventoryNumber', 'serialNumber'],
    ]);
  });

  it('V2, A6: a placeholder is no number; what was merged or handed over is no twin', async () => {
    await push(
      mine,
      ...['Default string', 'To be filled by O.E.M.', '0000'].flatMap((serialNumber) => [
        makeAsset(mine, { serialNumber }),
        makeAsset(mine, { serialNumber }),
      ]),
      makeAsset(mine, { serialNumber: 'AA-1' }),
      makeAsset(mine, { serialNumber: 'AA-1', status: 'merged' }),
      makeAsset(mine, { serialNumber: 'AA-1', status: 'transferred' }),
      makeAsset(mine, { serialNumber: 'AA-1', status: 'in-transit', destinationMinistry: 'Ministère de la Santé' }),
    );
    await searched(mine);
    expect(await reviewsOf(mine)).toEqual([]);
  });

  it('V2: across ministries each learns of the other’s acronym and the serial, and of nothing else', async () => {
    const [here, there] = [makeAsset(mine, { serialNumber: 'QQ-77' }), makeAsset(theirs, { serialNumber: 'qq77' })];
    await push(mine, here);
    await searched(mine);
    await push(theirs, there);
    await searched(theirs);
    for (const [device, other, asset, serial] of [
      [mine, theirs, here, 'QQ-77'],
      [theirs, mine, there, 'qq77'],
    ] as const) {
      const reviews = await reviewsOf(device);
      expect(reviews).toMatchObject([
        { kind: 'twin', ministryId: device.ministry.id, documentId: asset.id, otherMinistry: other.ministry.acronym },
      ]);
      expect(reviews[0]?.fields).toEqual([{ field: 'serialNumber', mine: serial }]);
      const text = JSON.stringify(reviews);
      for (const secret of [other.ministry.id, other.device.id, other.person.id]) expect(text).not.toContain(secret);
      expect(text).not.toContain(asset === here ? there.id : here.id);
    }
  });

  it('V2: numbers of the inventory are a ministry’s own: the same one elsewhere says nothing', async () => {
    await push(mine, makeAsset(mine, { inventoryNumber: '2020-1' }));
    await push(theirs, makeAsset(theirs, { inventoryNumber: '2020-1' }));
    await searched(mine);
    await searched(theirs);
    expect([...(await reviewsOf(mine)), ...(await reviewsOf(theirs))]).toEqual([]);
  });

  it('V2: a pair that was decided is not asked about again', async () => {
    const [first, second] = [makeAsset(mine, { serialNumber: 'PAIR' }), makeAsset(mine, { serialNumber: 'PAIR' })];
    await push(mine, first, second);
    await searched(mine);
    const [review] = await reviewsOf(mine);
    if (!review) throw new Error('No review');
    const resolved = { ...review, state: 'resolved', _deleted: false };
    await mine.exchange([asRow('reviews', resolved, { ...review, _deleted: false })]);
    await mine.exchange([asRow('assets', { ...second, room: '3' }, second)]);
    await searched(mine);
    expect(await reviewsOf(mine)).toMatchObject([{ state: 'resolved' }]);
  });

  it('S6, V2: who looks for twins reads which ministry has which serial, and nothing else of anybody', async () => {
    await push(mine, makeAsset(mine, { serialNumber: 'SEEN' }));
    const ask = (sql: string) => asTwinFinder(endpoint.store.database, (connection) => connection.query(sql));
    expect(await ask(`select serial from documents where serial = 'seen'`)).toHaveLength(1);
    for (const column of ['body', 'id', 'reference', 'device_id', 'collection', 'inventory']) {
      await expect(ask(`select ${column} from documents`)).rejects.toThrow(/permission denied/);
    }
    for (const table of ['devices', 'people', 'enrolment_codes', 'twin_searches']) {
      await expect(ask(`select * from ${table}`)).rejects.toThrow(/permission denied/);
    }
    await expect(ask('update documents set ministry_id = ministry_id')).rejects.toThrow(/permission denied/);
    await expect(ask('select name from ministries')).rejects.toThrow(/permission denied/);
  });
});

it('V2: a search that starts looks at what was committed while none ran', async () => {
  const store = await openStore(await pglite.open());
  const ministry = { id: randomUUID(), acronym: 'TST', name: 'Ministère' };
  await addMinistry(store.database, ministry);
  const candidates = [1, 2].map(() => {
    const { _deleted, ...body } = makeAsset({ ministry }, { serialNumber: 'COLD' });
    return { collection: 'assets', id: body.id, isAppendOnly: false, isDeleted: false, body };
  });
  await store.push({ ministryId: ministry.id, deviceId: randomUUID() }, candidates, new Date());
  const search = new TwinSearch({
    store,
    clock: () => new Date(),
    onFailure: (error) => expect.unreachable(String(error)),
  });
  await vi.waitFor(
    async () => {
      const rows = await store.pull(ministry.id, { seq: 0, limit: 10, collection: 'reviews' });
      expect(rows).toMatchObject([{ body: { kind: 'twin' } }]);
    },
    { timeout: 10_000, interval: 20 },
  );
  await search.close();
  await store.close();
});
