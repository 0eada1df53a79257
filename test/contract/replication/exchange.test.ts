import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, expectGaplessJournal, journalOf, wireOf } from './facts.ts';

describe('two desktops and their endpoint', () => {
  let endpoint: TestEndpoint;
  let ministryId: string;
  let there: () => ReturnType<TestEndpoint['documents']>;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  /** Desktops of a ministry of their own, so that every test begins with nothing. */
  async function start(): Promise<[Desktop, Desktop]> {
    const ministry = await endpoint.addMinistry();
    ministryId = ministry.id;
    there = () => endpoint.documents(ministryId);
    return [
      await startEnrolled(endpoint, { ministry: ministry.acronym }),
      await startEnrolled(endpoint, { ministry: ministry.acronym }),
    ];
  }

  /** An asset that both desktops have. */
  async function share(one: Desktop, other: Desktop, fields = {}): Promise<string> {
    const id = one.create(fields);
    await one.sync();
    await other.sync();
    expect(other.asset(id)).toEqual(one.asset(id));
    return id;
  }

  async function exchangeBoth(one: Desktop, other: Desktop): Promise<void> {
    await one.goOnline();
    await other.goOnline();
    await one.sync();
    expectEqualToEndpoint(one, await there());
    expectEqualToEndpoint(other, await there());
  }

  const update = (desktop: Desktop, id: string, changes: Record<string, unknown>) =>
    desktop.service.commands.updateAsset({ id, changes });
  const deviceOf = (desktop: Desktop) => desktop.service.questions.getIdentity({})?.device.id ?? '';

  test('S3: an asset is received only when the endpoint has committed it, and then with its receipt', async () => {
    const [one] = await start();
    await one.goOffline();
    const id = one.create();
    expect(one.service.questions.getAssetSync({ id })).toEqual({ state: 'local' });
    expect(one.state.waiting).toBe(2);
    one.network.troubles.push('lose-answer');
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    expect(wireOf(await there(), 'assets')).toHaveLength(1);
    expect(one.service.questions.getAssetSync({ id })).toEqual({ state: 'local' });
    await one.sync();
    const [stored] = (await there()).filter((document) => document.id === id);
    expect(one.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received', receipt: stored?.seq });
    const entry = wireOf(await there(), 'movements')[0]?.id ?? '';
    expect(one.service.questions.getEntriesSync({ ids: [entry] })).toEqual({ [entry]: 'received' });
  });

  test('M3: edits of different fields made offline on both sides are both kept, and the merge is journaled', async () => {
    const [one, other] = await start();
    const id = await share(one, other);
    await Promise.all([one.goOffline(), other.goOffline()]);
    update(one, id, { room: 'B12', attributes: { memoryMb: 8192 } });
    update(other, id, { brand: 'HP', attributes: { processor: 'i5' } });
    await exchangeBoth(one, other);
    expect(one.asset(id)).toMatchObject({
      room: 'B12',
      brand: 'HP',
      attributes: { memoryMb: 8192, processor: 'i5' },
    });
    expect(one.all('reviews')).toEqual([]);
    const merges = one.all('movements').filter(({ kind }) => kind === 'merge');
    expect(merges).toMatchObject([
      {
        assetId: id,
        deviceId: deviceOf(other),
        changes: [
          { field: 'attributes.memoryMb', from: null, to: 8192 },
          { field: 'room', from: null, to: 'B12' },
        ],
      },
    ]);
    expectGaplessJournal(wireOf(await there(), 'movements'), [deviceOf(one), deviceOf(other)]);
  });

  test('M4: the same field keeps the endpoint’s value, and one review with both is on both desktops', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    await Promise.all([one.goOffline(), other.goOffline()]);
    update(one, id, { room: 'B12' });
    update(other, id, { room: 'C34' });
    await exchangeBoth(one, other);
    expect(one.asset(id)).toMatchObject({ room: 'B12' });
    const expected = [
      {
        kind: 'same-field',
        state: 'open',
        collectionName: 'assets',
        documentId: id,
        fields: [{ field: 'room', base: 'A1', mine: 'C34', theirs: 'B12' }],
      },
    ];
    expect(one.all('reviews')).toMatchObject(expected);
    expect(other.all('reviews')).toEqual(one.all('reviews'));
    expect([one.state.openReviews, other.state.openReviews]).toEqual([1, 1]);
  });

  test('M4: two desktops that meet the same conflict open one review, and none about that review', async () => {
    const [one, other] = await start();
    const third = await startEnrolled(endpoint, { ministry: ministryId });
    const id = await share(one, other, { room: 'A1' });
    await third.sync();
    await Promise.all([one.goOffline(), other.goOffline(), third.goOffline()]);
    update(one, id, { room: 'B12' });
    update(other, id, { room: 'C34' });
    update(third, id, { room: 'C34' });
    await one.goOnline();
    // Each merges with the endpoint before it hears of the other's review.
    other.network.troubles.push(undefined, 'lose-request');
    other.network.weather = 'up';
    await other.service.commands.syncNow({});
    await third.goOnline();
    await other.sync();
    await one.sync();
    expect(one.all('reviews')).toHaveLength(1);
    for (const desktop of [one, other, third]) expectEqualToEndpoint(desktop, await there());
  });

  test('M5: the same edit on both sides is no conflict', async () => {
    const [one, other] = await start();
    const id = await share(one, other);
    await Promise.all([one.goOffline(), other.goOffline()]);
    for (const desktop of [one, other]) update(desktop, id, { room: 'B12' });
    await exchangeBoth(one, other);
    expect(one.all('reviews')).toEqual([]);
    expect(one.asset(id)).toMatchObject({ room: 'B12' });
  });

  test('S5: after a lost answer the same rows are accepted again and nothing is doubled', async () => {
    const [one, other] = await start();
    await one.goOffline();
    const id = one.create();
    one.network.troubles.push('lose-answer', 'cut-answer');
    await one.goOnline();
    await other.sync();
    const rows = await there();
    expect(rows.map(({ collection }) => collection).sort()).toEqual(['assets', 'movements']);
    expect(rows.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(other.asset(id)).toEqual(one.asset(id));
    expectEqualToEndpoint(one, rows);
  });

  test('S5, M3: a lost answer, then an edit of the other desktop, then the retry: both are kept', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    await one.goOffline();
    update(one, id, { room: 'B12' });
    one.network.troubles.push('lose-answer');
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    await one.goOffline();
    await other.sync();
    expect(other.asset(id)).toMatchObject({ room: 'B12' });
    update(other, id, { brand: 'HP' });
    await other.sync();
    await exchangeBoth(one, other);
    expect(one.asset(id)).toMatchObject({ room: 'B12', brand: 'HP' });
    expect(one.all('reviews')).toEqual([]);
  });

  test('S5, M2: an edit after a lost answer is no conflict with this desktop’s own earlier edit', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    await one.goOffline();
    update(one, id, { room: 'B12' });
    one.network.troubles.push('lose-answer');
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    await one.goOffline();
    update(one, id, { room: 'C34' });
    await one.restart();
    await exchangeBoth(one, other);
    expect(one.asset(id)).toMatchObject({ room: 'C34' });
    expect(one.all('reviews')).toEqual([]);
    expect(journalOf(one.all('movements'), id).map(({ kind }) => kind)).toEqual(['creation', 'update', 'update']);
  });

  test('S5, M2: nor is it when the other desktop edited another field of it in between', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    await one.goOffline();
    update(one, id, { room: 'B12' });
    one.network.troubles.push('lose-answer');
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    await one.goOffline();
    update(one, id, { room: 'C34' });
    await other.sync();
    update(other, id, { brand: 'HP' });
    await exchangeBoth(one, other);
    expect(one.asset(id)).toMatchObject({ room: 'C34', brand: 'HP' });
    expect(one.all('reviews')).toEqual([]);
  });

  test('S3: an edit made while the exchange is under way still waits after its answer, and is sent next', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    await one.goOffline();
    update(one, id, { room: 'B12' });
    one.network.whileNextAnswerWaits(() => void update(one, id, { room: 'C34' }));
    await one.goOnline();
    await other.sync();
    expect(other.asset(id)).toMatchObject({ room: 'C34' });
    expect(journalOf(other.all('movements'), id).map(({ kind }) => kind)).toEqual(['creation', 'update', 'update']);
    expect(other.all('reviews')).toEqual([]);
  });

  test('S7: a pulled row meets a waiting one: they are merged, whichever page brings it', async () => {
    const [one, other] = await start();
    const id = await share(one, other, { room: 'A1' });
    update(other, id, { brand: 'HP' });
    await other.sync();
    await one.goOffline();
    update(one, id, { room: 'B12' });
    // More than one exchange holds, and older than the edit: the pull brings the row before the push has reached it.
    const notes = 'x'.repeat(4000);
    const ids = Array.from({ length: 70 }, () => one.create({ notes }));
    for (const asset of ids) update(one, asset, { notes: `${notes.slice(1)}y` });
    update(one, id, { model: 'E24' });
    await exchangeBoth(one, other);
    expect(other.asset(id)).toMatchObject({ room: 'B12', brand: 'HP', model: 'E24' });
    expect(other.all('reviews')).toEqual([]);
    expect(other.all('assets')).toHaveLength(71);
  });

  test('S7: more rows than one exchange holds arrive whole and in order, with every cut on the way', async () => {
    const [one, other] = await start();
    await one.goOffline();
    const ids = Array.from({ length: 150 }, (_, index) =>
      one.create({ serialNumber: `SN-${index}`, notes: 'n'.repeat(4000) }),
    );
    one.network.troubles.push('lose-answer', undefined, 'cut-answer', 'lose-request');
    await exchangeBoth(one, other);
    expect(new Set(other.all('assets').map((asset) => asset.id))).toEqual(new Set(ids));
    expectGaplessJournal(wireOf(await there(), 'movements'), [deviceOf(one)]);
  });

  test('S3: what waits survives a restart, and the restarted desktop sends it by itself', async () => {
    const [one, other] = await start();
    await one.goOffline();
    const id = one.create();
    const waiting = one.state.waiting;
    await one.restart();
    expect(one.state.waiting).toBe(waiting);
    await exchangeBoth(one, other);
    expect(other.asset(id)).toEqual(one.asset(id));
  });

  test('J1: an entry that was rewritten behind the commands’ back is refused; the endpoint keeps the first', async () => {
    const [one] = await start();
    const id = one.create();
    await one.sync();
    const [entry] = one.all('movements');
    one.register.table('movements').put([{ ...entry, reason: 'rewritten' }], 'test');
    await one.sync();
    expect(journalOf(wireOf(await there(), 'movements'), id)).toEqual([entry]);
    expect(one.all('reviews')).toMatchObject([{ kind: 'refused', collectionName: 'movements', documentId: entry?.id }]);
  });
});
