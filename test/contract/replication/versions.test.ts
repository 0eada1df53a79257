import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { type EndpointOptions, startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, wireOf } from './facts.ts';

const PATIENCE = { timeout: 10_000, interval: 20 };

async function start(options: EndpointOptions): Promise<TestEndpoint> {
  const endpoint = await startEndpoint(options);
  onTestFinished(() => endpoint.stop());
  return endpoint;
}

const phaseOf = (desktop: Desktop, phase: string) =>
  vi.waitFor(() => expect(desktop.state.phase).toBe(phase), PATIENCE);

describe('S18: an endpoint that gives rows to newer programs only', () => {
  test('takes what waits, a batch after the other, and only then says that this program must be updated', async () => {
    const config = { oldestPullProtocol: 1 };
    const endpoint = await start({ config });
    const [one, other] = [await startEnrolled(endpoint), await startEnrolled(endpoint)];
    const shared = one.create({ room: 'A1' });
    await one.sync();
    await other.sync();
    await one.goOffline();
    // The endpoint is run anew with another configuration; rows of others are there that this program may not have.
    const unseen = other.create();
    other.service.commands.updateAsset({ id: shared, changes: { room: 'B2' } });
    await other.sync();
    endpoint.configure({ oldestPullProtocol: PROTOCOL_VERSION + 1 });
    one.service.commands.updateAsset({ id: shared, changes: { room: 'C3', brand: 'HP' } });
    const ids = Array.from({ length: 120 }, () => one.create({ notes: 'n'.repeat(2000) }));
    one.network.weather = 'up';
    await one.service.commands.syncNow({});
    await phaseOf(one, 'refused');
    expect(one.state).toMatchObject({ waiting: 0, lastError: { code: 'SYNC_MUST_UPDATE' } });
    const stored = new Set(wireOf(await endpoint.documents(), 'assets').map(({ id }) => id));
    expect(ids.every((id) => stored.has(id))).toBe(true);
    expect(one.asset(unseen)).toBeUndefined();
    // A conflict is settled all the same: its answer brings the endpoint's state.
    expect(one.asset(shared)).toMatchObject({ room: 'B2', brand: 'HP' });

    // What is done from now on goes out too.
    one.service.commands.updateAsset({ id: shared, changes: { room: 'D4' } });
    await one.service.commands.syncNow({});
    expect(one.state).toMatchObject({ waiting: 0, lastError: { code: 'SYNC_MUST_UPDATE' } });

    // The program is updated: everything comes.
    endpoint.configure(config);
    await one.sync();
    await other.sync();
    for (const desktop of [one, other]) expectEqualToEndpoint(desktop, await endpoint.documents());
    expect(other.asset(shared)).toMatchObject({ room: 'D4' });
  });

  test('gives a program that is new enough everything', async () => {
    const endpoint = await start({ config: { oldestPullProtocol: PROTOCOL_VERSION } });
    const [one, other] = [await startEnrolled(endpoint), await startEnrolled(endpoint)];
    const id = one.create();
    await one.sync();
    await other.sync();
    expect(other.asset(id)).toEqual(one.asset(id));
    const old = await endpoint.enrol();
    const { body } = await old.exchange([], { protocol: 1 });
    expect(body).toMatchObject({ mustUpdate: true, documents: [], checkpoint: { seq: 0 }, more: false });
  });
});

/** An endpoint of the first version: no packed exchange, and no field that it does not know. */
async function olderEndpoint({ address }: TestEndpoint, oldest: 1 | 'none'): Promise<string> {
  const known = ['protocol', 'checkpoint', 'limit', 'push'];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', async () => {
      const refuse = (status: number, code: string) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message: '' }));
      if (request.url !== PATHS.exchange) return void refuse(404, 'SYNC_BAD_REQUEST');
      const { authorization = '', 'content-encoding': encoding } = request.headers;
      const sent = Buffer.concat(pieces);
      const body = (encoding === 'gzip' ? gunzipSync(sent) : sent).toString();
      const parsed = JSON.parse(body);
      if (oldest === 'none' || parsed.protocol !== 1) return void refuse(400, 'SYNC_SERVER_TOO_OLD');
      if (Object.keys(parsed).some((key) => !known.includes(key))) return void refuse(400, 'SYNC_BAD_REQUEST');
      const headers = { authorization, 'content-type': 'application/json' };
      const answer = await fetch(`${address}${PATHS.exchange}`, { method: 'POST', headers, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address of this shape.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('S18: a program that is newer than its endpoint', () => {
  test('speaks the version of the endpoint, both ways', async () => {
    const endpoint = await start({});
    const [one, other] = [await startEnrolled(endpoint), await startEnrolled(endpoint)];
    const id = one.create();
    await one.sync();
    other.service.moveTo(await olderEndpoint(endpoint, 1));
    await other.sync();
    expect(other.asset(id)).toEqual(one.asset(id));
    other.service.commands.updateAsset({ id, changes: { room: 'B2' } });
    await other.sync();
    await one.sync();
    expect(one.asset(id)).toMatchObject({ room: 'B2' });
  });

  test('says that the endpoint must be updated where the two have no version in common, and keeps what waits', async () => {
    const endpoint = await start({});
    const desktop = await startEnrolled(endpoint);
    const id = desktop.create();
    await desktop.sync();
    desktop.service.moveTo(await olderEndpoint(endpoint, 'none'));
    desktop.service.commands.updateAsset({ id, changes: { room: 'B2' } });
    await phaseOf(desktop, 'refused');
    expect(desktop.state).toMatchObject({ waiting: 2, lastError: { code: 'SYNC_SERVER_TOO_OLD' } });
    desktop.service.moveTo(desktop.network.address);
    await desktop.sync();
    expect(wireOf(await endpoint.documents(), 'assets')).toMatchObject([{ room: 'B2' }]);
  });
});
