import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SyncState } from '#shared/protocol/data-port.ts';
import { PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startDesktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, wireOf } from './facts.ts';
import { startNetwork } from './network.ts';

/** Long enough for some tries with their growing delays. */
const PATIENCE = { timeout: 15_000, interval: 20 };

describe('the connection', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  const start = async (): Promise<Desktop> => startEnrolled(endpoint, { ministry: (await endpoint.addMinistry()).id });
  const phaseOf = (desktop: Desktop, phase: SyncState['phase']) =>
    vi.waitFor(() => expect(desktop.state.phase).toBe(phase), PATIENCE);

  test('an endpoint that is down is tried again at growing intervals, and comes back by itself', async () => {
    const desktop = await start();
    desktop.network.weather = 'down';
    desktop.network.cut();
    const id = desktop.create();
    await phaseOf(desktop, 'offline');
    expect(desktop.state.lastError).toMatchObject({ code: 'SYNC_UNREACHABLE', action: 'retry' });
    const before = desktop.network.requests;
    const delays: number[] = [];
    await vi.waitFor(() => {
      const { phase, nextTry, lastError } = desktop.state;
      if (phase !== 'offline' || !nextTry || !lastError) throw new Error('between two tries');
      const delay = Date.parse(nextTry) - Date.parse(lastError.at);
      if (delays.at(-1) !== delay) delays.push(delay);
      expect(delays.length).toBeGreaterThanOrEqual(3);
    }, PATIENCE);
    // Doubled each time with a quarter more or less: every second delay is longer for certain.
    expect(delays[2]).toBeGreaterThan(Number(delays[0]));
    expect(desktop.network.requests).toBeGreaterThan(before);
    desktop.network.weather = 'up';
    await phaseOf(desktop, 'idle');
    expect(desktop.state.lastError).toBeUndefined();
    expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
  });

  test('a captive portal is named as such, changes nothing, and is left by itself', async () => {
    const desktop = await start();
    const id = desktop.create();
    await desktop.sync();
    desktop.network.weather = 'captive-portal';
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    await phaseOf(desktop, 'offline');
    expect(desktop.state).toMatchObject({
      waiting: 2,
      lastError: { code: 'SYNC_CAPTIVE_PORTAL', details: { status: 200, isHtml: true } },
    });
    desktop.network.weather = 'up';
    await phaseOf(desktop, 'idle');
    expect(desktop.state.waiting).toBe(0);
  });

  test('a token that the endpoint does not know leads to the phase refused, and keeps what waits', async () => {
    const desktop = await start();
    const { device } = desktop.register.identity.require();
    await endpoint.store.database.transaction((connection) =>
      connection.query(`update devices set token_hash = decode(repeat('00', 32), 'hex') where id = $1`, [device.id]),
    );
    desktop.create();
    await phaseOf(desktop, 'refused');
    expect(desktop.state).toMatchObject({ waiting: 2, lastError: { code: 'SYNC_UNAUTHORISED' } });
    await desktop.restart();
    await phaseOf(desktop, 'refused');
    expect(desktop.state.waiting).toBe(2);
  });

  test('the stream wakes the other desktop: it has the change without asking', async () => {
    const ministry = (await endpoint.addMinistry()).id;
    const [one, other] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    await vi.waitFor(() => expect(other.network.openStreams).toBe(1), PATIENCE);
    const id = one.create();
    await vi.waitFor(() => expect(other.asset(id)).toBeDefined(), PATIENCE);
    await vi.waitFor(async () => expectEqualToEndpoint(other, await endpoint.documents(ministry)), PATIENCE);
  });

  test('what the stream says of a desktop’s own rows before their answer is there costs no further exchange', async () => {
    const ministry = (await endpoint.addMinistry()).id;
    const [one, other] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    await vi.waitFor(() => expect([one, other].map(({ network }) => network.openStreams)).toEqual([1, 1]), PATIENCE);
    await one.sync();
    const before = one.network.requests;
    let id = '';
    // Both were told at once: when the other one has the row, this one has heard of it.
    one.network.whileNextAnswerWaits(() => vi.waitFor(() => expect(other.asset(id)).toBeDefined(), PATIENCE));
    id = one.create();
    await vi.waitFor(() => expect(one.state).toMatchObject({ phase: 'idle', waiting: 0 }), PATIENCE);
    await one.sync();
    expect(one.network.requests - before).toBe(2);
  });

  test('a stream that ended is opened again', async () => {
    const ministry = (await endpoint.addMinistry()).id;
    const [one, other] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    await vi.waitFor(() => expect(other.network.openStreams).toBe(1), PATIENCE);
    other.network.cut();
    await vi.waitFor(() => expect(other.network.openStreams).toBe(0), PATIENCE);
    const id = one.create();
    await vi.waitFor(() => expect(other.asset(id)).toBeDefined(), PATIENCE);
    await vi.waitFor(() => expect(other.network.openStreams).toBe(1), PATIENCE);
  });

  test('where no stream gets through, exchanges become rarer instead of filling the line', async () => {
    const desktop = await startDesktop(endpoint);
    desktop.network.weather = 'no-stream';
    const { network } = desktop;
    const code = await endpoint.enrolmentCode({ ministry: (await endpoint.addMinistry()).id });
    await desktop.service.enrol({ server: network.address, code, deviceName: 'Poste' });
    const delays: number[] = [];
    await vi.waitFor(() => {
      const { phase, nextTry, lastSuccess } = desktop.state;
      if (phase !== 'idle' || !nextTry || !lastSuccess) throw new Error('exchanging');
      const delay = Date.parse(nextTry) - Date.parse(lastSuccess);
      if (delays.at(-1) !== delay && delay < 50_000) delays.push(delay);
      expect(delays.length).toBeGreaterThanOrEqual(3);
    }, PATIENCE);
    expect(delays[2]).toBeGreaterThan(Number(delays[0]) * 2);
    expect(desktop.state.lastError).toBeUndefined();
  });

  test('P2: closing during an exchange ends at once, applies nothing, and leaves nothing running', async () => {
    const desktop = await start();
    const id = desktop.create();
    await desktop.sync();
    await desktop.goOffline();
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    let closed: Promise<void> | undefined;
    desktop.network.whileNextAnswerWaits(() => {
      closed = desktop.service.close();
      return closed;
    });
    desktop.network.weather = 'up';
    await desktop.service.replicator.syncNow().catch(() => undefined);
    await closed;
    expect(desktop.register.connection.isClosed).toBe(true);
    const requests = desktop.network.requests + desktop.network.streamRequests;
    // A wake-up that comes too late is no wake-up.
    desktop.service.replicator.wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(desktop.network.requests + desktop.network.streamRequests).toBe(requests);
    await desktop.restart();
    await desktop.sync();
    expect(desktop.asset(id)).toMatchObject({ room: 'B12' });
  });

  test('many wake-ups during an exchange make one more exchange, not many', async () => {
    const desktop = await start();
    const before = desktop.network.requests;
    desktop.network.whileNextAnswerWaits(() => {
      for (let count = 0; count < 50; count += 1) desktop.service.replicator.wake();
    });
    await desktop.service.commands.syncNow({});
    expect(desktop.network.requests - before).toBe(2);
  });

  /** An endpoint of one answer to every exchange. */
  async function endpointThatAnswers(part: object): Promise<string> {
    const answer = {
      protocol: PROTOCOL_VERSION,
      answers: [],
      documents: [],
      checkpoint: { seq: 9 },
      more: false,
      time: '',
      ...part,
    };
    return serve((request, response) => {
      response.setHeader('content-type', 'application/json');
      // It does not know the dictionary either.
      if (request.url?.startsWith('/v1/x/')) response.writeHead(404).end(JSON.stringify({ code: 'SYNC_BAD_REQUEST' }));
      else response.end(JSON.stringify(request.url === PATHS.exchange ? answer : {}));
    });
  }

  test('an answer that does not fit the contract is named, and nothing of it is applied', async () => {
    const desktop = await start();
    desktop.service.moveTo(await endpointThatAnswers({ documents: [{ collection: 'sites', seq: 1 }] }));
    await phaseOf(desktop, 'offline');
    expect(desktop.state.lastError).toMatchObject({ code: 'SYNC_BAD_ANSWER' });
    expect(desktop.all('sites')).toEqual([]);
  });

  test('S9: rows of a newer program are set aside and counted, and the others arrive', async () => {
    const { id: ministryId } = endpoint.ministry;
    const site = {
      id: '0d3e0000-2022-8000-8000-4d4e44000099',
      ministryId,
      kind: 'site',
      name: 'Lokossa',
      _deleted: false,
    };
    const documents = [
      { collection: 'sites', seq: 7, document: { ...site, id: site.id.replace('99', '98'), altitude: 12 } },
      { collection: 'drones', seq: 8, document: { id: 'd', _deleted: false } },
      { collection: 'sites', seq: 9, document: site },
    ];
    const desktop = await start();
    desktop.service.moveTo(await endpointThatAnswers({ documents }));
    await vi.waitFor(() => expect(desktop.all('sites')).toEqual([site]), PATIENCE);
    await phaseOf(desktop, 'idle');
    expect(desktop.state).toMatchObject({ phase: 'idle', setAside: 2 });
  });

  test('an endpoint that moved is followed at once, with what waits and with its stream', async () => {
    const desktop = await start();
    const second = await startNetwork(endpoint.address);
    onTestFinished(() => second.close());
    desktop.network.weather = 'down';
    desktop.network.cut();
    const id = desktop.create();
    await phaseOf(desktop, 'offline');
    desktop.service.moveTo(second.address);
    await phaseOf(desktop, 'idle');
    expect(desktop.state.server).toBe(second.address);
    expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
    await vi.waitFor(() => expect(second.openStreams).toBe(1), PATIENCE);
  });

  test('while the old address still answers, the stream moves too', async () => {
    const desktop = await start();
    await vi.waitFor(() => expect(desktop.network.openStreams).toBe(1), PATIENCE);
    const second = await startNetwork(endpoint.address);
    onTestFinished(() => second.close());
    desktop.service.moveTo(second.address);
    await vi.waitFor(() => expect([desktop.network.openStreams, second.openStreams]).toEqual([0, 1]), PATIENCE);
  });

  describe('enrolment that the profile prepared', () => {
    test('without a network it is tried until it succeeds', async () => {
      const desktop = await startDesktop(endpoint);
      desktop.network.weather = 'down';
      const ministry = await endpoint.addMinistry();
      const code = await endpoint.enrolmentCode({ ministry: ministry.id });
      const server = desktop.network.address;
      desktop.service.followProfile({ server, code, deviceName: 'Poste' });
      await vi.waitFor(() => expect(desktop.state.lastError?.code).toBe('SYNC_UNREACHABLE'), PATIENCE);
      expect(desktop.state).toMatchObject({ phase: 'not-enrolled', nextTry: expect.any(String) });
      desktop.network.weather = 'captive-portal';
      await vi.waitFor(() => expect(desktop.state.lastError?.code).toBe('SYNC_CAPTIVE_PORTAL'), PATIENCE);
      desktop.network.weather = 'up';
      await phaseOf(desktop, 'idle');
      expect(desktop.state.lastError).toBeUndefined();
      expect(desktop.service.questions.getIdentity({})).toMatchObject({ ministry: { id: ministry.id } });
    });

    test('a code that is refused is not tried again, and the reason is shown', async () => {
      const desktop = await startDesktop(endpoint);
      desktop.service.followProfile({ server: desktop.network.address, code: 'XXXX-XXXX', deviceName: 'Poste' });
      await vi.waitFor(() => expect(desktop.state.lastError?.code).toBe('ENROLMENT_CODE_INVALID'), PATIENCE);
      expect(desktop.state.nextTry).toBeUndefined();
      expect(desktop.network.requests).toBe(1);
    });

    test('an enrolment by hand in between ends the trying', async () => {
      const desktop = await startDesktop(endpoint);
      desktop.network.weather = 'down';
      const codes = [await endpoint.enrolmentCode(), await endpoint.enrolmentCode()];
      const server = desktop.network.address;
      desktop.service.followProfile({ server, code: String(codes[0]), deviceName: 'Poste' });
      await vi.waitFor(() => expect(desktop.state.lastError).toBeDefined(), PATIENCE);
      desktop.network.weather = 'up';
      const identity = await desktop.service.enrol({ server, code: String(codes[1]), deviceName: 'Poste' });
      await desktop.sync();
      const requests = desktop.network.requests;
      await desktop.sync();
      expect(desktop.network.requests - requests).toBe(1);
      expect(desktop.service.questions.getIdentity({})).toEqual(identity);
    });

    test('closing ends the trying', async () => {
      const desktop = await startDesktop(endpoint);
      desktop.network.weather = 'down';
      desktop.service.followProfile({ server: desktop.network.address, code: 'XXXX-XXXX', deviceName: 'Poste' });
      await vi.waitFor(() => expect(desktop.state.lastError).toBeDefined(), PATIENCE);
      const { requests } = desktop.network;
      await desktop.service.close();
      expect(desktop.network.requests).toBe(requests);
    });
  });

  test('a desktop that is enrolled does not change its ministry: what it holds belongs to the first', async () => {
    const desktop = await start();
    const before = desktop.service.questions.getIdentity({});
    desktop.create();
    const code = await endpoint.enrolmentCode({ ministry: (await endpoint.addMinistry()).id });
    await expect(
      desktop.service.enrol({ server: desktop.network.address, code, deviceName: 'Poste' }),
    ).rejects.toMatchObject({ code: 'COMMAND_CONFLICT' });
    expect(desktop.service.questions.getIdentity({})).toEqual(before);
    await desktop.sync();
    expect(wireOf(await endpoint.documents(before?.ministry.id), 'assets')).toHaveLength(1);
  });

  test('a device that the endpoint knows no more is enrolled anew: what waits is sent, what was missed is pulled', async () => {
    const ministry = (await endpoint.addMinistry()).id;
    const [one, other] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    const id = one.create();
    await one.sync();
    const { device } = one.register.identity.require();
    await endpoint.store.database.transaction((connection) =>
      connection.query(`update devices set token_hash = decode(repeat('01', 32), 'hex') where id = $1`, [device.id]),
    );
    one.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    await phaseOf(one, 'refused');
    const missed = other.create();
    await other.sync();
    const code = await endpoint.enrolmentCode({ ministry });
    const identity = await one.service.enrol({ server: one.network.address, code, deviceName: 'Poste' });
    expect(identity.device.id).not.toBe(device.id);
    await one.sync();
    await other.sync();
    expect(one.asset(missed)).toEqual(other.asset(missed));
    expect(other.asset(id)).toMatchObject({ room: 'B12' });
    // The entry of the former device is kept here and shown to a person: nobody may write in another device's name.
    expect(one.all('reviews')).toMatchObject([{ kind: 'refused', collectionName: 'movements' }]);
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    // A server that listens on a port has an address of this shape.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
});
