import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { MAX_ROWS } from '#shared/protocol/replication.ts';
import { SNAPSHOT_PATHS } from '#shared/protocol/snapshot.ts';
import { startCountingProxy } from '../../support/counting-proxy.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { type Desktop, startDesktop, startEnrolled } from '../replication/desktop.ts';
import { expectEqualToEndpoint } from '../replication/facts.ts';

describe.each(DATABASES)('first load from a snapshot on $name', (database) => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ demonstration: 'full', database });
  });
  afterAll(() => endpoint.stop());

  const enrol = async (desktop: Desktop) =>
    desktop.service.commands.enrol({
      server: desktop.network.address,
      code: await endpoint.enrolmentCode(),
      deviceName: 'Poste',
    });

  test('S20: a new desktop has every row by one download and one exchange, and nothing to send back', async () => {
    const desktop = await startDesktop(endpoint);
    const paths: string[] = [];
    desktop.network.alter = (path, body) => {
      paths.push(path);
      return body;
    };
    await enrol(desktop);
    await desktop.sync();
    const there = await endpoint.documents();
    expect(there.length).toBeGreaterThan(2 * MAX_ROWS);
    expectEqualToEndpoint(desktop, there);
    expect(desktop.state).toMatchObject({ phase: 'idle', waiting: 0, openReviews: 0, setAside: 0 });
    expect(desktop.state.loading).toBeUndefined();
    // The largest of all transfers stands in the figures (SPEC S16).
    expect(desktop.service.questions.getTraffic({}).total.received).toBe(desktop.state.bytesReceived);
    expect(paths.filter((path) => path === SNAPSHOT_PATHS.latest)).toHaveLength(1);
    expect(paths.filter((path) => path.includes('exchange')).length).toBeLessThanOrEqual(2);
  });

  test('S20: cut every 64 kB and restarted on the way it is complete, and no byte comes twice', async () => {
    const proxy = await startCountingProxy(endpoint.address);
    onTestFinished(() => proxy.close());
    const whole = await startDesktop({ address: proxy.address });
    await enrol(whole);
    await whole.sync();
    const uncut = whole.state.bytesReceived;

    const desktop = await startDesktop({ address: proxy.address });
    await enrol(desktop).catch(() => {});
    proxy.reset();
    proxy.setLine({ cutEvery: 64 * 1024 });
    let received = 0;
    for (let cuts = 0; desktop.state.phase !== 'idle' && cuts < 60; cuts += 1) {
      await desktop.service.commands.syncNow({});
      if (cuts % 3 === 1) {
        received += desktop.state.bytesReceived;
        await desktop.restart();
      }
    }
    proxy.setLine({});
    await desktop.sync();
    received += desktop.state.bytesReceived;
    expectEqualToEndpoint(desktop, await endpoint.documents());
    expect(proxy.traffic.cuts).toBeGreaterThan(1);
    expect(received).toBeLessThanOrEqual(1.05 * uncut);
  }, 120_000);

  test('S20: a chunk that was altered on its way is refused and asked for again; nothing of it is kept', async () => {
    const desktop = await startDesktop(endpoint);
    const ranges: number[] = [];
    desktop.network.alter = (path, body) => {
      if (!path.startsWith(SNAPSHOT_PATHS.latest)) return body;
      ranges.push(body.length);
      const altered = Buffer.from(body);
      if (ranges.length === 1) altered[altered.length - 10] = (altered[altered.length - 10] ?? 0) ^ 1;
      return altered;
    };
    await enrol(desktop);
    await vi.waitFor(() => expect(desktop.state.lastError).toMatchObject({ code: 'SYNC_BAD_ANSWER' }), 20_000);
    expect(desktop.state.lastError?.details).toMatchObject({ problem: 'altered' });
    await desktop.sync();
    expectEqualToEndpoint(desktop, await endpoint.documents());
    expect(ranges).toHaveLength(2);
    expect(ranges[1]).toBeLessThan(ranges[0] ?? 0);
  });

  test('S20: a head that the endpoint did not sign is not believed; the rows come by exchanges in the end', async () => {
    const desktop = await startDesktop(endpoint);
    desktop.network.alter = (path, body) =>
      path.startsWith(SNAPSHOT_PATHS.latest)
        ? Buffer.from(body.toString('latin1').replace('\\"rows\\":', '\\"rowz\\":'), 'latin1')
        : body;
    await enrol(desktop);
    await vi.waitFor(() => expect(desktop.state.lastError?.code).toBe('SYNC_BAD_ANSWER'), 20_000);
    expect(desktop.all('assets')).toEqual([]);
    await desktop.sync();
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });

  test('S7: what is written while the snapshot is taken in is merged, and what is loaded is never taken back', async () => {
    const [other, desktop] = [await startEnrolled(endpoint), await startDesktop(endpoint)];
    const [first] = other.all('assets').sort((a, b) => (a.id < b.id ? -1 : 1));
    const id = first?.id ?? '';
    await enrol(desktop);
    await vi.waitFor(() => expect(desktop.asset(id)).toBeDefined(), { timeout: 20_000, interval: 1 });
    expect(desktop.state.loading).toMatchObject({ totalRows: expect.any(Number) });
    const made = desktop.create({ brand: 'Lenovo' });
    desktop.service.commands.updateAsset({ id, changes: { notes: 'ici' } });
    other.service.commands.updateAsset({ id, changes: { model: 'là' } });
    await other.sync();
    await desktop.sync();
    await other.sync();
    await desktop.sync();
    for (const one of [other, desktop]) {
      expect(one.asset(id)).toMatchObject({ notes: 'ici', model: 'là' });
      expect(one.asset(made)).toMatchObject({ brand: 'Lenovo' });
    }
    expect(desktop.state.openReviews).toBe(0);
    expectEqualToEndpoint(desktop, await endpoint.documents());
  });
});
