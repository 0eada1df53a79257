import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CountingProxy, startCountingProxy } from '../../support/counting-proxy.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import type { Trouble } from './network.ts';

/** Tries after which nothing moves any more, as far as a test can tell. */
const MAX_TRIES = 1500;

describe('a line that dies every so many bytes', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ config: { deviceRequestsPerMinute: 1_000_000 } });
  });
  afterAll(() => endpoint.stop());

  /** A desktop on a line of its own that is sound until it is told otherwise. */
  async function start(ministry: string): Promise<{ readonly desktop: Desktop; readonly proxy: CountingProxy }> {
    const proxy = await startCountingProxy(endpoint.address);
    onTestFinished(() => proxy.close());
    const desktop = await startEnrolled({ ...endpoint, address: proxy.address }, { ministry });
    return { desktop, proxy };
  }

  /** Tries again and again, as the schedule does, only sooner. */
  async function insist(desktop: Desktop, isDone: () => boolean): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES && !isDone(); tries += 1) await desktop.service.commands.syncNow({});
    expect(desktop.state.lastError?.code ?? 'none').toMatch(/none|SYNC_UNREACHABLE/);
    expect(isDone()).toBe(true);
  }

  /** Each of these ends one exchange. What fails on a kept connection is tried at once on another one, which meets the same. */
  async function meet({ network, service }: Desktop, troubles: readonly Trouble[]): Promise<void> {
    for (const trouble of troubles) {
      network.troubles.splice(0, network.troubles.length, trouble, trouble);
      expect((await service.commands.syncNow({})).phase).toBe('offline');
    }
    network.troubles.length = 0;
  }

  const sequenceOf = (ministry: string) => endpoint.store.currentSeq(ministry);

  test('S14: two hundred signed edits arrive, each once, on a line that dies every 2 kB', async () => {
    const { id: ministry } = await endpoint.addMinistry();
    const { desktop, proxy } = await start(ministry);
    const ids = Array.from({ length: 200 }, () => desktop.create());
    await desktop.sync();
    await desktop.goOffline();
    for (const [place, id] of ids.entries()) {
      desktop.service.commands.updateAsset({ id, changes: { room: `B${place}` } });
    }
    const begun = await sequenceOf(ministry);
    proxy.reset();
    proxy.setLine({ cutEvery: 2000 });
    desktop.network.weather = 'up';
    await insist(desktop, () => desktop.state.waiting === 0);
    const { up, down, cuts } = proxy.traffic;
    expect(cuts).toBeGreaterThan(10);
    // What was cut was sent in vain; it must not be most of what was sent.
    expect(up + down).toBeLessThan(120_000);
    proxy.setLine({});
    await desktop.sync();
    const rooms = new Map((await endpoint.documents(ministry)).map(({ id, body }) => [id, body.room]));
    expect(ids.map((id) => rooms.get(id))).toEqual(ids.map((_, place) => `B${place}`));
    // An edit and its entry take a sequence each: none was written a second time.
    expect((await sequenceOf(ministry)) - begun).toBe(400);
    expect(desktop.state).toMatchObject({ phase: 'idle', waiting: 0, openReviews: 0, setAside: 0 });
  }, 120_000);

  test.each([
    ['was taken, and whose answers were lost,', ['lose-answer', 'cut-answer']],
    ['was taken at the second try,', ['lose-request', 'lose-answer']],
    ['never arrived', ['lose-request', 'lose-request']],
    ['never arrived, as the answer to the question did not either,', ['lose-request', 'lose-request', 'lose-answer']],
    ['was taken, as the question was, whose answer was cut,', ['lose-answer', 'lose-answer', 'cut-answer']],
  ] as const)(
    'S11, S14: a push that %s is asked about, and an edit made since asks nobody',
    async (_what, troubles) => {
      const { id: ministry } = await endpoint.addMinistry();
      const { desktop } = await start(ministry);
      const ids = Array.from({ length: 4 }, () => desktop.create());
      await desktop.sync();
      for (const id of ids) desktop.service.commands.updateAsset({ id, changes: { room: 'B1' } });
      const begun = await sequenceOf(ministry);
      await meet(desktop, troubles);
      // That it was asked is remembered by the endpoint, not by this desktop.
      if (troubles.length > 2) await desktop.restart();
      for (const id of ids) desktop.service.commands.updateAsset({ id, changes: { room: 'B2' } });
      await desktop.sync();
      const rooms = (await endpoint.documents(ministry)).filter(({ collection }) => collection === 'assets');
      expect(rooms.map(({ body }) => body.room)).toEqual(['B2', 'B2', 'B2', 'B2']);
      // Eight entries, and each asset once or twice.
      const written = (await sequenceOf(ministry)) - begun;
      expect([written >= 12, written <= 16]).toEqual([true, true]);
      expect(desktop.state).toMatchObject({ waiting: 0, openReviews: 0 });
    },
  );

  test('S11: an endpoint that does not know the question gets the push again as it was', async () => {
    const { id: ministry } = await endpoint.addMinistry();
    const { desktop } = await start(ministry);
    desktop.create();
    await desktop.sync();
    const id = desktop.create();
    await meet(desktop, ['lose-answer', 'lose-answer']);
    desktop.service.commands.updateAsset({ id, changes: { room: 'B2' } });
    desktop.network.isOld = true;
    await desktop.sync();
    desktop.network.isOld = false;
    expect(desktop.state).toMatchObject({ waiting: 0, openReviews: 0 });
    expect((await endpoint.documents(ministry)).filter(({ collection }) => collection === 'movements')).toHaveLength(3);
  });

  test('S11, S14: whatever the line carries before it dies, if a row at all: all goes out once, all comes in, and nobody is asked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1700, max: 12_000 }),
        fc.integer({ min: 1, max: 25 }),
        async (cutEvery, count) => {
          const { id: ministry } = await endpoint.addMinistry();
          const [one, other] = [await start(ministry), await start(ministry)];
          other.desktop.network.weather = 'down';
          one.proxy.setLine({ cutEvery });
          const begun = await sequenceOf(ministry);
          const ids = Array.from({ length: count }, () => one.desktop.create());
          // Edits while a push may be without its answer.
          await one.desktop.service.commands.syncNow({});
          for (const id of ids) one.desktop.service.commands.updateAsset({ id, changes: { room: 'B1' } });
          await one.desktop.service.commands.syncNow({});
          for (const id of ids) one.desktop.service.commands.updateAsset({ id, changes: { room: 'B2' } });
          await insist(one.desktop, () => one.desktop.state.waiting === 0);
          const there = (await endpoint.documents(ministry)).filter(({ collection }) => collection === 'movements');
          expect(there).toHaveLength(3 * count);
          expect((await sequenceOf(ministry)) - begun).toBeLessThanOrEqual(6 * count);

          other.proxy.setLine({ cutEvery });
          other.desktop.network.weather = 'up';
          await insist(other.desktop, () => ids.every((id) => other.desktop.asset(id)?.room === 'B2'));
          for (const { desktop, proxy } of [one, other]) {
            proxy.setLine({});
            await desktop.sync();
            expect(desktop.state.openReviews).toBe(0);
            await desktop.close();
          }
        },
      ),
      { numRuns: 5 },
    );
  }, 240_000);
});
