import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { FEW, openWindow } from '../../support/storage-window.ts';
import { type Desktop, startDesktop, startEnrolled } from '../replication/desktop.ts';
import { expectEqualToEndpoint } from '../replication/facts.ts';

const ROWS = 20_000;
const AT_ONCE = 1000;
const WAIT = { timeout: 20_000, interval: 5 };

describe('while a first load runs', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ demonstration: 'full' });
  });
  afterAll(() => endpoint.stop());

  const enrol = async (desktop: Desktop, at: TestEndpoint) =>
    desktop.service.commands.enrol({
      server: desktop.network.address,
      code: await at.enrolmentCode(),
      deviceName: 'Poste',
    });

  /** A desktop that has the first kilobytes of its register, and gets the rest when it is told. */
  async function startHalfWay(): Promise<{ readonly desktop: Desktop; readonly goOn: () => void }> {
    const desktop = await startDesktop(endpoint);
    let goOn = () => {};
    const until = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    onTestFinished(() => goOn());
    desktop.network.holdSnapshot = { after: 20_000, until };
    await enrol(desktop, endpoint);
    await vi.waitFor(() => expect(desktop.state.loading?.bytes).toBeGreaterThan(0), WAIT);
    return { desktop, goOn };
  }

  const stateOf = (desktop: Desktop, id: string) => desktop.service.questions.getAssetSync({ id }).state;

  test('S20: what is written goes out before the load has ended', async () => {
    const { desktop, goOn } = await startHalfWay();
    const id = desktop.create({ brand: 'Lenovo' });
    await vi.waitFor(() => expect(stateOf(desktop, id)).toBe('received'), WAIT);
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    await vi.waitFor(() => expect(desktop.state.waiting).toBe(0), WAIT);
    expect(desktop.state).toMatchObject({ phase: 'exchanging', loading: { isPaused: false } });
    expect((await endpoint.documents()).find((document) => document.id === id)?.body).toMatchObject({ room: 'B12' });
    goOn();
    await desktop.sync();
    expect(desktop.state.loading).toBeUndefined();
    expect(desktop.state.openReviews).toBe(0);
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('S20, S11: a push that is lost during the load goes out after it, once', async () => {
    const { desktop, goOn } = await startHalfWay();
    const begun = await endpoint.store.currentSeq(endpoint.ministry.id);
    desktop.network.troubles.push('lose-answer', 'lose-answer');
    const id = desktop.create();
    await vi.waitFor(() => expect(desktop.network.troubles.length).toBeLessThan(2), WAIT);
    goOn();
    await desktop.sync();
    expect(stateOf(desktop, id)).toBe('received');
    expect((await endpoint.store.currentSeq(endpoint.ministry.id)) - begun).toBe(2);
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('S20: a person stops the load and lets it go on, across a restart; rows go out, and no byte comes twice', async () => {
    const { desktop } = await startHalfWay();
    const other = await startEnrolled(endpoint);
    desktop.service.commands.pauseFirstLoad({ isPaused: true });
    await vi.waitFor(() => expect(desktop.state).toMatchObject({ phase: 'idle', loading: { isPaused: true } }), WAIT);
    const stopped = desktop.state.loading;
    expect(stopped?.bytes).toBeGreaterThan(0);
    const id = desktop.create();
    await vi.waitFor(() => expect(stateOf(desktop, id)).toBe('received'), WAIT);
    const foreign = other.create();
    await other.sync();
    await desktop.restart();
    await desktop.sync();
    expect(desktop.state).toMatchObject({ phase: 'idle', loading: stopped });
    expect(desktop.asset(foreign)).toBeUndefined();
    expect(desktop.network.snapshotRequests).toEqual([0]);

    desktop.network.holdSnapshot = undefined;
    desktop.service.commands.pauseFirstLoad({ isPaused: false });
    await vi.waitFor(() => expect(desktop.asset(foreign)).toBeDefined(), WAIT);
    await desktop.sync();
    const [, from = 0] = desktop.network.snapshotRequests;
    expect(desktop.network.snapshotRequests).toHaveLength(2);
    expect(from).toBeGreaterThanOrEqual(stopped?.bytes ?? 0);
    expect(desktop.state.loading).toBeUndefined();
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('P4: a window is answered while 20,000 rows are taken in', async () => {
    const large = await startEndpoint();
    onTestFinished(() => large.stop());
    const device = await large.enrol();
    for (let rows = 0; rows < ROWS; rows += AT_ONCE) {
      await device.exchange(Array.from({ length: AT_ONCE }, () => asRow('assets', makeAsset(device))));
    }
    const desktop = await startDesktop(large);
    const window = await openWindow(desktop.service, FEW);
    onTestFinished(() => window.close());
    await enrol(desktop, large);
    const counts: number[] = [];
    await vi.waitFor(() => expect(desktop.state.loading).toBeDefined(), WAIT);
    // As someone who looks at the list again and again: only what was answered before the end proves anything.
    while (desktop.state.loading) {
      const filter = { text: 'Dell' };
      const { total } = await window.channel.question('findAssets', { filter, offset: 0, limit: 20, facets: true });
      const found = await window.database.assets.find({ limit: 5 }).exec();
      if (desktop.state.loading && found.length > 0) counts.push(total);
    }
    await desktop.sync();
    expect(desktop.all('assets')).toHaveLength(ROWS);
    expect(counts.length).toBeGreaterThan(3);
    // Each answer is of what was there then: it grows with the load.
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(new Set(counts).size).toBeGreaterThan(2);
  }, 120_000);
});
