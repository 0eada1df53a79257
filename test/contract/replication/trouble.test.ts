import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { realEnvironment } from '../../../electron/data/register.ts';
import { errors as englishErrors } from '../../../renderer/text/en/errors.ts';
import { errors as frenchErrors } from '../../../renderer/text/fr/errors.ts';
import { type Certificate, createAuthority } from '../../support/certificates.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startDesktop, startEnrolled } from './desktop.ts';

const PATIENCE = { timeout: 10_000, interval: 20 };
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Milliseconds after which a silent host is given up here. */
const SILENCE = 1000;

const authority = createAuthority();
const PAGE = '<!doctype html><title>Wi-Fi de l’hôtel</title><form>Bienvenue</form>';

const html =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(PAGE);
  };

async function listen(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  // A server that listens on a port has an address of this shape.
  return (server.address() as AddressInfo).port;
}

const overHttp = async (answer: RequestListener) => `http://127.0.0.1:${await listen(createServer(answer))}`;
const overTls = async (certificate: Certificate) =>
  `https://localhost:${await listen(createSecureServer(certificate, html(200)))}`;

async function closedPort(): Promise<string> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** What stands in the endpoint's place, and what a person is told. */
const TROUBLES: readonly (readonly [name: string, code: keyof typeof frenchErrors, serve: () => Promise<string>])[] = [
  ['a captive portal with its page', 'SYNC_CAPTIVE_PORTAL', () => overHttp(html(200))],
  [
    'a captive portal that leads to its page',
    'SYNC_CAPTIVE_PORTAL',
    () => overHttp(html(302, { location: 'http://portail.invalid/connexion' })),
  ],
  ['a network that asks for an authentication', 'SYNC_CAPTIVE_PORTAL', () => overHttp(html(511))],
  [
    'a proxy that asks for a password',
    'SYNC_PROXY',
    () => overHttp(html(407, { 'proxy-authenticate': 'Basic realm="mandataire"' })),
  ],
  ['a proxy that forbids the address', 'SYNC_PROXY', () => overHttp(html(403))],
  ['a proxy behind which nothing answers', 'SYNC_PROXY', () => overHttp(html(502))],
  [
    'an equipment that speaks no TLS',
    'SYNC_PROXY',
    async () => (await overHttp(html(200))).replace('http://127.0.0.1', 'https://localhost'),
  ],
  ['a certificate that vouches for itself', 'SYNC_CERTIFICATE_UNKNOWN', () => overTls(createAuthority('Pare-feu'))],
  [
    'an interception, by an authority that nobody knows',
    'SYNC_CERTIFICATE_UNKNOWN',
    () => overTls(createAuthority('Pare-feu').issue()),
  ],
  [
    'an interception that shows its authority',
    'SYNC_CERTIFICATE_UNKNOWN',
    () => {
      const firewall = createAuthority('Pare-feu');
      const { cert, key } = firewall.issue();
      return overTls({ cert: cert + firewall.cert, key });
    },
  ],
  [
    'a certificate that has expired',
    'SYNC_CERTIFICATE_EXPIRED',
    () => overTls(authority.issue({ from: new Date(Date.now() - 2 * YEAR), until: new Date(Date.now() - YEAR) })),
  ],
  [
    'a certificate that is not valid yet',
    'SYNC_CERTIFICATE_EXPIRED',
    () => overTls(authority.issue({ from: new Date(Date.now() + YEAR), until: new Date(Date.now() + 2 * YEAR) })),
  ],
  [
    'a certificate of another host',
    'SYNC_CERTIFICATE_OTHER_HOST',
    () => overTls(authority.issue({ host: 'portail.invalid' })),
  ],
  ['a name without an address', 'SYNC_NO_ADDRESS', async () => 'http://nothing.invalid'],
  ['a port where nobody listens', 'SYNC_CONNECTION_REFUSED', closedPort],
  ['a host that never answers', 'SYNC_TIMEOUT', () => overHttp((request) => void request.resume())],
  [
    'a host that falls silent in its answer',
    'SYNC_TIMEOUT',
    () => overHttp((_request, response) => void response.writeHead(200, { 'content-length': '10' }).write('1')),
  ],
  ['a host that cuts every request', 'SYNC_UNREACHABLE', () => overHttp((request) => void request.socket.destroy())],
  [
    'something that answers and is nothing of all this',
    'SYNC_BAD_ANSWER',
    () => overHttp((_request, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('OK')),
  ],
];

describe('S15: what is wrong with a line is named', () => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  const line = { silence: SILENCE, authorities: [authority.cert] };
  const start = async (): Promise<Desktop> =>
    startEnrolled(endpoint, { ministry: (await endpoint.addMinistry()).id, line });
  const codeOf = (desktop: Desktop, code: string) =>
    vi.waitFor(() => expect(desktop.state.lastError?.code).toBe(code), PATIENCE);

  test.each(TROUBLES)('%s: %s, nothing is lost, and it is left by itself', async (_name, code, serve) => {
    const desktop = await start();
    const id = desktop.create();
    await desktop.sync();
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    await desktop.sync();
    desktop.service.moveTo(await serve());
    await codeOf(desktop, code);
    desktop.service.commands.updateAsset({ id, changes: { room: 'B13' } });
    await desktop.service.commands.syncNow({});
    expect(desktop.state).toMatchObject({ phase: 'offline', waiting: 2, lastError: { code } });
    desktop.service.moveTo(desktop.network.address);
    await desktop.sync();
    expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
  });

  test.each(TROUBLES)('%s: %s at the enrolment too, and the code is not used up', async (_name, code, serve) => {
    const desktop = await startDesktop(endpoint, { line });
    const enrolment = { code: await endpoint.enrolmentCode(), deviceName: 'Poste' };
    await expect(desktop.service.enrol({ server: await serve(), ...enrolment })).rejects.toMatchObject({ code });
    await desktop.service.enrol({ server: desktop.network.address, ...enrolment });
    expect(desktop.service.questions.getIdentity({})).toMatchObject({ ministry: { id: endpoint.ministry.id } });
  });

  test.each([
    ['French', frenchErrors],
    ['English', englishErrors],
  ])('each trouble has its own words in %s: a title, what it is and what to do', (_language, texts) => {
    const codes = [...new Set(TROUBLES.map(([, code]) => code)), 'SYNC_TOO_LARGE'] as const;
    for (const code of codes) {
      for (const words of Object.values(texts[code])) expect(words).toMatch(/\S/);
      expect(Object.keys(texts[code])).toEqual(['title', 'what', 'todo']);
    }
    expect(new Set(codes.map((code) => texts[code].title)).size).toBe(codes.length);
  });

  test('a proxy that takes less than the endpoint does gets smaller pushes, and everything goes through', async () => {
    const desktop = await start();
    desktop.network.largest = 3000;
    // All before the first exchange, on a line that was never cut: the first push is a large one.
    for (let count = 0; count < 40; count += 1) desktop.create({ room: `B${count}` });
    await desktop.sync();
    expect(desktop.network.tooLarge).toBeGreaterThan(0);
    expect(desktop.state).toMatchObject({ phase: 'idle', waiting: 0, openReviews: 0 });
    expect(await endpoint.documents(desktop.register.identity.require().ministry.id)).toHaveLength(80);
  });

  test('S4: a proxy that takes nothing at all is named; no row is refused for it, and all goes once it lets them through', async () => {
    const desktop = await start();
    desktop.network.largest = 10;
    const ids = Array.from({ length: 5 }, () => desktop.create());
    await codeOf(desktop, 'SYNC_PROXY');
    expect(desktop.state).toMatchObject({ phase: 'offline', waiting: 10, openReviews: 0 });
    desktop.network.largest = Number.POSITIVE_INFINITY;
    await desktop.sync();
    for (const id of ids) expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
  });

  test.each([
    ['429 in seconds', { status: 429, retryAfter: '20' }, 20],
    ['503 in seconds', { status: 503, retryAfter: '40' }, 40],
    ['503 longer than this desktop ever waits', { status: 503, retryAfter: '7200' }, 60],
  ] as const)('S15: whoever is busy says when to come back: %s', async (_name, busy, seconds) => {
    const now = Date.now();
    const ministry = (await endpoint.addMinistry()).id;
    const desktop = await startEnrolled(endpoint, {
      ministry,
      line,
      environment: { ...realEnvironment, now: () => now },
    });
    desktop.network.busy = busy;
    desktop.create();
    await codeOf(desktop, 'SYNC_TOO_MANY_REQUESTS');
    const wait = Date.parse(desktop.state.nextTry ?? '') - now;
    // Never earlier than told; a quarter later at the most, so that not everybody comes back at once.
    expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
    expect(wait).toBeLessThanOrEqual(seconds * 1250);
    desktop.network.busy = undefined;
    await desktop.sync();
  });

  test('S15, S20: a first load that is asked to come back comes back when it was told to', async () => {
    const now = Date.now();
    const desktop = await startDesktop(endpoint, { line, environment: { ...realEnvironment, now: () => now } });
    const code = await endpoint.enrolmentCode();
    const busyAfterEnrolment = new Promise<void>((done) => {
      desktop.network.whileNextAnswerWaits(() => {
        desktop.network.busy = { status: 503, retryAfter: '5' };
        done();
      });
    });
    await desktop.service.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
    await busyAfterEnrolment;
    await codeOf(desktop, 'SYNC_TOO_MANY_REQUESTS');
    const wait = Date.parse(desktop.state.nextTry ?? '') - now;
    expect(wait).toBeGreaterThanOrEqual(5000);
    expect(wait).toBeLessThanOrEqual(6250);
    desktop.network.busy = undefined;
    await desktop.sync();
  });

  test('a portal before the first load is a portal, not a wrong file', async () => {
    const desktop = await startDesktop(endpoint, { line });
    desktop.network.isClosedToRows = true;
    const code = await endpoint.enrolmentCode();
    await desktop.service.enrol({ server: desktop.network.address, code, deviceName: 'Poste' });
    desktop.service.moveTo(await overHttp(html(200)));
    await codeOf(desktop, 'SYNC_CAPTIVE_PORTAL');
  });

  test('an authority that is known is believed: past the handshake, it is the page that is wrong', async () => {
    const desktop = await startDesktop(endpoint, { line });
    const enrolment = { code: 'XXXX-XXXX', deviceName: 'Poste' };
    await expect(
      desktop.service.enrol({ server: await overTls(authority.issue()), ...enrolment }),
    ).rejects.toMatchObject({ code: 'SYNC_CAPTIVE_PORTAL' });
  });
});
