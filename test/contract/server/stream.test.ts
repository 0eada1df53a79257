import { PATHS } from '#shared/protocol/replication.ts';
import { SequenceStream } from '../../../server/replication/sequence-stream.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { openStream } from '../../support/endpoint-stream.ts';

function createGate(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

describe.each(DATABASES)('stream over $name', (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database, config: { heartbeat: 20 } });
  });
  afterAll(() => endpoint.stop());
  beforeEach(async () => {
    device = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });

  it('a stream says at once where the ministry stands', async () => {
    const empty = await openStream(endpoint.address, device.token);
    expect(await empty.until(() => true)).toEqual({ seq: 0 });
    await device.exchange([asRow('assets', makeAsset(device)), asRow('assets', makeAsset(device))]);
    const later = await openStream(endpoint.address, device.token);
    expect(await later.until(() => true)).toEqual({ seq: 2 });
    expect([later.status, later.contentType]).toEqual([200, 'text/event-stream']);
    empty.close();
    later.close();
  });

  it('a commit wakes every device of the ministry, after it can be pulled, and none of another', async () => {
    const other = await endpoint.enrol((await endpoint.addMinistry()).acronym);
    const colleague = await endpoint.enrol(device.ministry.acronym);
    const foreign = await openStream(endpoint.address, other.token);
    const stream = await openStream(endpoint.address, colleague.token);
    await foreign.until(() => true);
    const [{ seq }] = await Promise.all([
      stream.until((event) => event.seq > 0),
      device.exchange([asRow('assets', makeAsset(device))]),
    ]);
    expect((await colleague.exchange([])).body.checkpoint).toEqual({ seq });
    expect(foreign.events).toEqual([{ seq: 0 }]);
    stream.close();
    foreign.close();
  });

  it('S5: a push that changes nothing wakes nobody', async () => {
    const row = asRow('assets', makeAsset(device));
    await device.exchange([row]);
    const stream = await openStream(endpoint.address, device.token);
    await stream.until(() => true);
    await device.exchange([row, asRow('assets', makeAsset(device, { brand: 1 }))]);
    await device.exchange([asRow('assets', makeAsset(device))]);
    await stream.until(({ seq }) => seq === 2);
    expect(stream.events).toEqual([{ seq: 1 }, { seq: 2 }]);
    stream.close();
  });

  it('a device that left before its stream began leaves nothing behind', async () => {
    const { store } = endpoint;
    const { currentSeq } = store;
    const [asked, go] = [createGate(), createGate()];
    vi.spyOn(store, 'currentSeq').mockImplementationOnce(async (ministryId) => {
      asked.open();
      await go.passed;
      return currentSeq(ministryId);
    });
    const began = vi.spyOn(SequenceStream.prototype, 'announce');
    const aborted = new AbortController();
    const headers = { authorization: `Bearer ${device.token}` };
    const request = fetch(`${endpoint.address}${PATHS.stream}`, { headers, signal: aborted.signal });
    await asked.passed;
    aborted.abort();
    await expect(request).rejects.toThrow();
    // By the answers to these the endpoint has noticed that the stream's connection is gone.
    for (let round = 0; round < 3; round += 1) await device.exchange([]);
    began.mockClear();
    go.open();
    await device.exchange([asRow('assets', makeAsset(device))]);
    expect(began).not.toHaveBeenCalled();
  });

  it('a device that opens more than four streams loses its oldest, and another device none', async () => {
    const colleague = await endpoint.enrol(device.ministry.acronym);
    const bystander = await openStream(endpoint.address, colleague.token);
    const streams = [];
    for (let count = 0; count < 6; count += 1) {
      const stream = await openStream(endpoint.address, device.token);
      await stream.until(() => true);
      streams.push(stream);
    }
    await Promise.all([streams[0]?.ended, streams[1]?.ended]);
    await device.exchange([asRow('assets', makeAsset(device))]);
    await Promise.all([bystander, ...streams.slice(2)].map((stream) => stream.until(({ seq }) => seq === 1)));
    for (const stream of [bystander, ...streams]) stream.close();
  });

  it('a silent stream is kept open by comments', async () => {
    const stream = await openStream(endpoint.address, device.token);
    await vi.waitFor(() => expect(stream.comments()).toBeGreaterThan(2));
    stream.close();
  });
});

describe('stopping with open streams', () => {
  it('an endpoint that stops ends its streams instead of waiting for them', async () => {
    const endpoint = await startEndpoint();
    const device = await endpoint.enrol();
    const stream = await openStream(endpoint.address, device.token);
    await stream.until(() => true);
    await endpoint.stop();
    await stream.ended;
  });
});
