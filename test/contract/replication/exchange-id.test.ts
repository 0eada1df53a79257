import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import type { TestDevice, TestRow } from '../../support/endpoint-device.ts';
import { makeAsset } from '../../support/endpoint-documents.ts';

describe('an exchange that is repeated because its answer was lost', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  const start = async (): Promise<[TestDevice, TestDevice]> => {
    const { acronym } = await endpoint.addMinistry();
    return [await endpoint.enrol(acronym), await endpoint.enrol(acronym)];
  };
  const row = (newDocumentState: object, assumedMasterState?: object): TestRow => ({
    collection: 'assets',
    row: { newDocumentState, ...(assumedMasterState && { assumedMasterState }) },
  });

  test('S11: the same id is answered the same and writes nothing, though another device edited the row in between', async () => {
    const [one, other] = await start();
    const asset = makeAsset(one);
    const more = { exchange: randomUUID() };
    const first = await one.exchange([row(asset)], { more });
    expect(first.body).toMatchObject({ answers: [{ outcome: 'accepted', seq: 1 }], documents: [] });
    const edited = { ...asset, room: 'B12' };
    await other.exchange([row(edited, asset)]);
    const again = await one.exchange([row(asset)], { more });
    expect(again.body.answers).toEqual(first.body.answers);
    // What the other device made of it is news: another sequence than the one this request was given.
    expect(again.body.documents).toEqual([{ collection: 'assets', seq: 2, document: edited }]);
    expect(again.body.checkpoint).toEqual({ seq: 2 });
    expect(await endpoint.documents(one.ministry.id)).toHaveLength(1);
  });

  test('S11: two that arrive together write once', async () => {
    const [one] = await start();
    const asset = makeAsset(one);
    const more = { exchange: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => one.exchange([row(asset)], { more })));
    for (const { body } of answers) expect(body.answers).toEqual([{ outcome: 'accepted', seq: 1 }]);
  });

  test('S11: refusals and conflicts are repeated in their places', async () => {
    const [one, other] = await start();
    const [mine, theirs] = [makeAsset(one), makeAsset(one)];
    await one.exchange([row(mine), row(theirs)]);
    const more = { exchange: randomUUID() };
    await other.exchange([row({ ...theirs, room: 'C3' }, theirs)]);
    const push = [row({ ...mine, nature: 'nothing' }, mine), row({ ...theirs, room: 'D4' }, theirs), row(mine)];
    const first = await one.exchange(push, { more, seq: 3 });
    expect(first.body.answers.map(({ outcome }) => outcome)).toEqual(['refused', 'conflict', 'accepted']);
    await other.exchange([row({ ...mine, room: 'E5' }, mine)]);
    expect((await one.exchange(push, { more, seq: 3 })).body.answers).toEqual(first.body.answers);
  });

  test('S11: an accepted row that this request did not write is sent back like any other', async () => {
    const [one, other] = await start();
    const asset = makeAsset(one);
    await one.exchange([row(asset)], { more: { exchange: randomUUID() } });
    const { body } = await other.exchange([row(asset)], { more: { exchange: randomUUID() } });
    expect(body.answers).toEqual([{ outcome: 'accepted', seq: 1 }]);
    expect(body.documents.map(({ seq }) => seq)).toEqual([1]);
  });

  test('S11: who asks about a cut push gets its answers, and pushes nothing', async () => {
    const [one, other] = await start();
    const asset = makeAsset(one);
    const exchange = randomUUID();
    const first = await one.exchange([row(asset)], { more: { exchange } });
    const edited = { ...asset, room: 'B12' };
    await other.exchange([row(edited, asset)]);
    const settled = await one.exchange([], { more: { settle: exchange } });
    expect(settled.body.answers).toEqual(first.body.answers);
    expect(settled.body.untaken).toBeUndefined();
    expect(settled.body.documents).toEqual([{ collection: 'assets', seq: 2, document: edited }]);
  });

  test('S11: a push that never came is untaken, in a few bytes, and writes nothing if it still comes', async () => {
    const [one, other] = await start();
    const [asset, foreign] = [makeAsset(one), makeAsset(other)];
    await other.exchange([row(foreign)]);
    const exchange = randomUUID();
    for (const _ of [1, 2]) {
      const { body } = await one.exchange([], { more: { settle: exchange } });
      expect(body).toMatchObject({ untaken: true, answers: [], documents: [], checkpoint: { seq: 0 }, more: true });
    }
    const late = await one.exchange([row(asset)], { more: { exchange } });
    expect(late.body).toMatchObject({ untaken: true, answers: [] });
    expect(await endpoint.documents(one.ministry.id)).toHaveLength(1);
    // The same rows under another id are another push.
    const { body } = await one.exchange([row(asset)], { more: { exchange: randomUUID() } });
    expect(body.answers).toMatchObject([{ outcome: 'accepted' }]);
  });

  test('S11: of a push and the question about it that arrive together, one comes first, and both answers say which', async () => {
    const [one] = await start();
    for (let round = 0; round < 8; round += 1) {
      const exchange = randomUUID();
      const asset = makeAsset(one);
      const requests = [
        one.exchange([row(asset)], { more: { exchange } }),
        one.exchange([], { more: { settle: exchange } }),
      ];
      const [pushed, asked] = await Promise.all(round % 2 === 0 ? requests : requests.reverse()).then((answers) =>
        round % 2 === 0 ? answers : answers.reverse(),
      );
      expect(asked?.body.untaken).toBe(pushed?.body.untaken);
      expect(asked?.body.answers).toEqual(pushed?.body.answers);
      const isThere = (await endpoint.documents(one.ministry.id)).some(({ id }) => id === asset.id);
      expect(isThere).toBe(pushed?.body.untaken !== true);
    }
  });

  test('S11: an earlier push that arrives late does not take the place of the one that is asked about', async () => {
    const [one, other] = await start();
    const [first, second] = [makeAsset(one), makeAsset(one)];
    const [early, late] = [randomUUID(), randomUUID()];
    await one.exchange([row(first)], { more: { exchange: early } });
    await one.exchange([row(second)], { more: { exchange: late } });
    const again = await one.exchange([row(first)], { more: { exchange: early } });
    expect(again.body.answers).toEqual([{ outcome: 'accepted', seq: 1 }]);
    const settled = await one.exchange([], { more: { settle: late } });
    expect(settled.body.answers).toEqual([{ outcome: 'accepted', seq: 2 }]);
    // An id is one device's own.
    expect((await other.exchange([], { more: { settle: late } })).body.untaken).toBe(true);
  });

  test('S19: a checkpoint that this endpoint has not reached is refused, and so nothing is missed in silence', async () => {
    const [one] = await start();
    const { status, body } = await one.exchange<{ code: string }>([], { seq: 5 });
    expect([status, body.code]).toEqual([409, 'SYNC_CHECKPOINT_AHEAD']);
  });
});
