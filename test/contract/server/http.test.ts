import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import {
  type ErrorAnswer,
  type ExchangeAnswer,
  MAX_ROWS,
  PATHS,
  PROTOCOL_VERSION,
} from '#shared/protocol/replication.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

const MAX_BODY = 2_000_000;
const EMPTY = { protocol: 1, checkpoint: { seq: 0 }, limit: 100, push: [] };
const json = { 'content-type': 'application/json' };

describe('the endpoint on HTTP', () => {
  let endpoint: TestEndpoint;
  let device: TestDevice;
  let log = '';

  beforeAll(async () => {
    const write = (line: string) => {
      log += line;
    };
    endpoint = await startEndpoint({ config: { maxBodyBytes: MAX_BODY }, log: { write } });
    device = await endpoint.enrol();
  });
  afterAll(() => endpoint.stop());

  function send(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) {
    return device.request<ErrorAnswer & ExchangeAnswer>(PATHS.exchange, { method: 'POST', body, headers });
  }

  /** Plain HTTP: `fetch` decompresses on its own and hides what travelled. */
  async function pullBytes(encoding: string) {
    const { get } = await import('node:http');
    return new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${device.token}`, 'accept-encoding': encoding };
      get(`${endpoint.address}${PATHS.pull.replace(':collection', 'assets')}?limit=1000`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ encoding: response.headers['content-encoding'], bytes: Buffer.concat(chunks) }),
        );
      }).on('error', reject);
    });
  }

  it('/healthz answers without a token', async () => {
    const response = await fetch(`${endpoint.address}${PATHS.health}`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  it.each([
    ['POST', PATHS.exchange],
    ['GET', PATHS.pull],
    ['POST', PATHS.push],
    ['GET', PATHS.stream],
  ])('S6: %s %s without a known token is refused before its body is read', async (method, path) => {
    const other = await endpoint.addMinistry();
    const [, secret] = device.token.split('.');
    const elsewhere = `${Buffer.from(other.id.replaceAll('-', ''), 'hex').toString('base64url')}.${secret}`;
    const wrong = [
      undefined,
      '',
      'x',
      `${device.token}x`,
      device.token.slice(0, -1),
      elsewhere,
      `${'A'.repeat(22)}.${'A'.repeat(43)}`,
    ];
    for (const token of wrong) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const body = method === 'POST' ? { body: 'not json' } : {};
      const response = await fetch(`${endpoint.address}${path}`, { method, headers: { ...json, ...headers }, ...body });
      expect([response.status, await response.json()]).toEqual([
        401,
        { code: 'SYNC_UNAUTHORISED', message: expect.any(String) },
      ]);
    }
  });

  it.each([
    ['cut JSON', '{"protocol":1', 400, undefined],
    ['no JSON', 'hello', 400, undefined],
    ['an empty body', '', 400, undefined],
    ['another type', '[]', 400, ''],
    ['a missing field', '{"protocol":1,"limit":1,"push":[]}', 400, '/checkpoint'],
    ['an unknown field', JSON.stringify({ ...EMPTY, extra: 1 }), 400, '/extra'],
    ['a negative checkpoint', JSON.stringify({ ...EMPTY, checkpoint: { seq: -1 } }), 400, '/checkpoint/seq'],
    ['a checkpoint in text', JSON.stringify({ ...EMPTY, checkpoint: { seq: '0' } }), 400, '/checkpoint/seq'],
    ['too many rows wanted', JSON.stringify({ ...EMPTY, limit: MAX_ROWS + 1 }), 400, '/limit'],
    ['a row without a collection', JSON.stringify({ ...EMPTY, push: [{ row: {} }] }), 400, '/push/0/collection'],
    ['a poisoned prototype', '{"__proto__":{"x":1},"protocol":1}', 400, undefined],
  ])('%s is refused with the field', async (_name, body, status, field) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      code: 'SYNC_BAD_REQUEST',
      message: expect.any(String),
      ...(field !== undefined && { field }),
    });
  });

  it('S19: a checkpoint beyond every sequence is refused: this endpoint never gave it', async () => {
    const { status, body } = await device.exchange<ErrorAnswer>([], { seq: Number.MAX_SAFE_INTEGER });
    expect([status, body.code, body.field]).toEqual([409, 'SYNC_CHECKPOINT_AHEAD', '/checkpoint/seq']);
  });

  it('another protocol is told which side is too old, whatever else has changed in its shape', async () => {
    const newer = await send(JSON.stringify({ protocol: PROTOCOL_VERSION + 1, everything: 'different' }));
    expect([newer.status, newer.body.code]).toEqual([400, 'SYNC_SERVER_TOO_OLD']);
    const older = await send(JSON.stringify({ ...EMPTY, protocol: 0 }));
    expect([older.status, older.body.code]).toEqual([400, 'SYNC_CLIENT_TOO_OLD']);
  });

  it('unknown and malformed addresses, methods and media types are refused as data', async () => {
    const [path, method, address, media] = [
      await device.request('/nowhere'),
      await device.request(PATHS.exchange, { method: 'PUT', headers: json, body: '{}' }),
      await device.request('/v1/collections/%E0%A4%A/pull'),
      await send('<a/>', { 'content-type': 'application/xml' }),
    ];
    expect([path, method, address, media].map(({ status }) => status)).toEqual([404, 404, 400, 415]);
    for (const { body } of [path, method, address, media]) expect(body.code).toBe('SYNC_BAD_REQUEST');
  });

  it('more rows than allowed are refused as too large, and none is written', async () => {
    const push = Array.from({ length: MAX_ROWS + 1 }, () => ({ collection: 'assets', row: {} }));
    const { status, body } = await send(JSON.stringify({ ...EMPTY, push }));
    expect([status, body.code, body.field]).toEqual([413, 'SYNC_TOO_LARGE', '/push']);
  });

  it('a body larger than allowed is refused, also when it was small on the wire', async () => {
    const large = JSON.stringify({ ...EMPTY, filler: 'x'.repeat(MAX_BODY) });
    const bombs = [
      await send(large),
      await send(gzipSync(large), { ...json, 'content-encoding': 'gzip' }),
      await send(brotliCompressSync(large), { ...json, 'content-encoding': 'br' }),
    ];
    for (const { status, body } of bombs) expect([status, body.code]).toEqual([413, 'SYNC_TOO_LARGE']);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('a request in %s is understood', async (encoding, compress) => {
    const asset = makeAsset(device);
    const request = JSON.stringify({ ...EMPTY, push: [asRow('assets', asset)] });
    const { body } = await send(Uint8Array.from(compress(request)), { ...json, 'content-encoding': encoding });
    expect(body.answers).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('an unknown encoding, and bytes that are not what they say, are refused', async () => {
    const unknown = await send('{}', { ...json, 'content-encoding': 'snappy' });
    const broken = await send('{"protocol":1}', { ...json, 'content-encoding': 'gzip' });
    expect([unknown.status, unknown.body.code]).toEqual([415, 'SYNC_BAD_REQUEST']);
    expect([broken.status, broken.body.code]).toEqual([400, 'SYNC_BAD_REQUEST']);
  });

  it('answers are compressed as the client can read them', async () => {
    await device.exchange(Array.from({ length: 50 }, () => asRow('assets', makeAsset(device))));
    const plain = await pullBytes('identity');
    const brotli = await pullBytes('gzip, br');
    const gzip = await pullBytes('gzip');
    expect([plain.encoding, brotli.encoding, gzip.encoding]).toEqual([undefined, 'br', 'gzip']);
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes);
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 5);
  });

  it('an answer may not be cached, guessed at or identified by its server', async () => {
    const { headers } = await device.exchange([]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('a failure of the database is answered without its words', async () => {
    const fails = vi.spyOn(endpoint.store, 'pull').mockRejectedValueOnce(new Error('detail: Key (id)=(Secret) exists'));
    const { status, body } = await device.exchange([]);
    fails.mockRestore();
    expect([status, body]).toEqual([500, { code: 'INTERNAL', message: 'The endpoint failed' }]);
    expect(log).toContain('"failed"');
  });

  it('the log names ministries and devices, and holds neither a token, a code, a name, a row nor an address', async () => {
    const code = await endpoint.enrolmentCode({ name: 'HOUNKPÈ Sènami' });
    await device.exchange([asRow('assets', makeAsset(device, { designation: 'Confidential' }))]);
    const answers = log.split('\n').filter((line) => !line.includes('Server listening'));
    expect(answers.some((line) => line.includes(device.device.id))).toBe(true);
    for (const secret of [device.token, code, 'HOUNKPÈ', 'Confidential', 'Secret', '127.0.0.1', 'Bearer']) {
      expect(answers.filter((line) => line.includes(secret))).toEqual([]);
    }
  });
});

describe('the rate of a device', () => {
  it('a device that asks too often waits, and another one is not concerned', async () => {
    const endpoint = await startEndpoint({ config: { deviceRequestsPerMinute: 3 } });
    // Each enrolment asks from one address too.
    const [eager, calm] = [await endpoint.enrol(), await endpoint.enrol().catch(() => undefined)];
    for (let request = 0; request < 3; request += 1) expect((await eager.exchange([])).status).toBe(200);
    const { status, body, headers } = await eager.exchange<ErrorAnswer>([]);
    expect([status, body.code]).toEqual([429, 'SYNC_TOO_MANY_REQUESTS']);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await calm?.exchange([]))?.status).toBe(200);
    await endpoint.stop();
  });
});

describe('guesses of a token', () => {
  it.each([
    ['a device', PATHS.pull, 'GET'],
    ['the administrator', PATHS.enrolmentCodes, 'POST'],
  ])(
    'S6: an address that guesses the token of %s is stopped before the database is asked',
    async (_who, path, method) => {
      const endpoint = await startEndpoint({ config: { failedTokens: 3 } });
      const transactions = vi.spyOn(endpoint.store.database, 'transaction');
      const token = `${'A'.repeat(22)}.${'A'.repeat(43)}`;
      const guess = (forwarded: string) =>
        fetch(`${endpoint.address}${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': forwarded },
        });
      // Invented addresses of proxies that are not there make no difference.
      for (let round = 0; round < 3; round += 1) expect((await guess(`10.0.0.${round}`)).status).toBe(401);
      transactions.mockClear();
      const answer = await guess('10.0.0.9');
      expect([answer.status, await answer.json()]).toMatchObject([429, { code: 'SYNC_TOO_MANY_REQUESTS' }]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(transactions).not.toHaveBeenCalled();
      await endpoint.stop();
    },
  );

  it('behind one proxy the address it saw counts, not those invented before it', async () => {
    const endpoint = await startEndpoint({ config: { failedTokens: 1, trustedProxies: 1 } });
    const guess = async (forwarded: string) =>
      (await fetch(`${endpoint.address}${PATHS.pull}`, { headers: { 'x-forwarded-for': forwarded } })).status;
    expect([await guess('1.1.1.1, 10.0.0.1'), await guess('2.2.2.2, 10.0.0.1')]).toEqual([401, 429]);
    expect(await guess('2.2.2.2, 10.0.0.2')).toBe(401);
    await endpoint.stop();
  });
});

describe('the size of pages and rows', () => {
  it('S2: a page ends at its bytes, never empty, says that there is more, and the next one goes on', async () => {
    const endpoint = await startEndpoint({ config: { maxPageBytes: 4000 } });
    const device = await endpoint.enrol();
    const notes = 'n'.repeat(2500);
    await device.exchange(Array.from({ length: 5 }, () => asRow('assets', makeAsset(device, { notes }))));
    const pages: number[][] = [];
    for (let [seq, more] = [0, true]; more; ) {
      const { body } = await device.exchange([], { seq });
      pages.push(body.documents.map((document) => document.seq));
      [seq, more] = [body.checkpoint.seq, body.more];
    }
    expect(pages).toEqual([[1, 2], [3, 4], [5]].slice(0, pages.length));
    expect(pages.flat()).toEqual([1, 2, 3, 4, 5]);
    await endpoint.stop();
  });

  it('S4: a row of more than 256 KB, or with more than 200 attributes, is refused alone and named', async () => {
    const endpoint = await startEndpoint();
    const device = await endpoint.enrol();
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 1]));
    const { body } = await device.exchange([
      asRow('assets', makeAsset(device, { notes: 'n'.repeat(256 * 1024) })),
      asRow('assets', makeAsset(device, { attributes: many(201) })),
      asRow('assets', makeAsset(device, { attributes: many(200) })),
    ]);
    expect(body.answers).toMatchObject([
      { outcome: 'refused', reason: 'row is larger than 262144 bytes', field: '/newDocumentState' },
      { outcome: 'refused', field: '/newDocumentState/attributes' },
      { outcome: 'accepted' },
    ]);
    await endpoint.stop();
  });
});
