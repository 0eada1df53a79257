import { randomBytes } from 'node:crypto';
import { type EnrolAnswer, type ErrorAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { ADMIN_TOKEN, startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { asTestDevice, postJson } from '../../support/endpoint-device.ts';

const HOUR = 60 * 60 * 1000;

describe.each(DATABASES)('enrolment over $name', (database) => {
  let endpoint: TestEndpoint;
  let now = Date.parse('2026-11-23T10:00:00Z');

  beforeAll(async () => {
    endpoint = await startEndpoint({ database, clock: () => new Date(now) });
  });
  afterAll(() => endpoint.stop());

  function enrol(code: string, protocol = PROTOCOL_VERSION, secret?: string) {
    const body = { protocol, code, deviceName: 'Poste 12', ...(secret && { secret }) };
    return postJson<EnrolAnswer & ErrorAnswer>(`${endpoint.address}${PATHS.enrol}`, body);
  }

  it('a code makes a device of the ministry, for the person it was made for', async () => {
    const code = await endpoint.enrolmentCode({ name: 'ADJAHO Koffi', role: 'technicien' });
    const { status, body } = await enrol(code);
    expect(status).toBe(200);
    expect(body.ministry).toEqual(endpoint.ministry);
    expect(body.person).toMatchObject({ name: 'ADJAHO Koffi', role: 'technicien' });
    expect(body.device).toMatchObject({ name: 'Poste 12', code: expect.stringMatching(/^[A-HJ-NP-Z2-9]{2,4}$/) });
  });

  it('a code is read in lower case, without its dash, with spaces, and with look-alikes typed for 0 and 1', async () => {
    const spell = [
      (code: string) => code.toLowerCase(),
      (code: string) => code.replace('-', ''),
      (code: string) => ` ${code.slice(0, 2)} ${code.slice(2)} `,
      (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'l'),
    ];
    for (const variant of spell) {
      expect((await enrol(variant(await endpoint.enrolmentCode()))).status).toBe(200);
    }
  });

  it('a code works once, is good for 24 hours, and a wrong one is answered alike', async () => {
    const used = await endpoint.enrolmentCode();
    await enrol(used);
    const late = await endpoint.enrolmentCode();
    const inTime = await endpoint.enrolmentCode();
    now += 24 * HOUR - 1;
    expect((await enrol(inTime)).status).toBe(200);
    now += 1;
    const answers = [await enrol(used), await enrol(late), await enrol('0000-0000')];
    for (const { status, body } of answers) {
      expect(status).toBe(403);
      expect(body).toEqual({ code: 'ENROLMENT_CODE_INVALID', field: '/code', message: expect.any(String) });
    }
    expect(new Set(answers.map(({ body }) => body.message)).size).toBe(1);
  });

  it('of many who present one code at once, one is enrolled', async () => {
    const code = await endpoint.enrolmentCode();
    const answers = await Promise.all(Array.from({ length: 6 }, () => enrol(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('S5: a device that lost its answer gets the same again with its secret for 24 hours, and nobody else does', async () => {
    const code = await endpoint.enrolmentCode();
    const secret = randomBytes(32).toString('base64url');
    const [first, second] = await Promise.all([1, 2].map(() => enrol(code, PROTOCOL_VERSION, secret)));
    expect([first?.status, second?.body]).toEqual([200, first?.body]);
    const works = asTestDevice(endpoint.address, first?.body as EnrolAnswer);
    expect((await works.exchange([])).status).toBe(200);
    const strangers = [await enrol(code), await enrol(code, PROTOCOL_VERSION, randomBytes(32).toString('base64url'))];
    expect(strangers.map(({ status }) => status)).toEqual([403, 403]);
    now += 24 * HOUR - 1;
    expect((await enrol(code, PROTOCOL_VERSION, secret)).body).toEqual(first?.body);
    now += 1;
    expect((await enrol(code, PROTOCOL_VERSION, secret)).status).toBe(403);
    expect((await enrol(await endpoint.enrolmentCode(), PROTOCOL_VERSION, secret)).body.token).not.toBe(
      first?.body.token,
    );
    expect((await enrol(code, PROTOCOL_VERSION, 'short')).status).toBe(400);
  });

  it('A2: device codes are unique in the ministry, and grow when the short ones run out', async () => {
    const ministry = await endpoint.addMinistry();
    const first = await endpoint.enrol(ministry.acronym);
    const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    const pairs = [...alphabet].flatMap((left) => [...alphabet].map((right) => `${left}${right}`));
    await asMinistry(endpoint.store.database, ministry.id, (connection) =>
      connection.query(
        `insert into devices (ministry_id, id, code, name, person_id, token_hash, created_at)
         select $1, gen_random_uuid(), code, 'x', $2, sha256(code::bytea), now() from unnest($3::text[]) as code
         on conflict do nothing`,
        [ministry.id, first.person.id, pairs],
      ),
    );
    expect((await endpoint.enrol(ministry.acronym)).device.code).toHaveLength(3);
  });

  it('neither tokens nor codes are stored: only their hashes are', async () => {
    const code = await endpoint.enrolmentCode();
    const { body } = await enrol(code);
    const tables = await asMinistry(endpoint.store.database, endpoint.ministry.id, async (connection) => [
      ...(await connection.query('select d::text as row from devices d')),
      ...(await connection.query('select c::text as row from enrolment_codes c')),
    ]);
    const text = tables.map(({ row }) => row).join('\n');
    for (const secret of [body.token, body.token.split('.')[1] ?? '', code, code.replace('-', '')]) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain(body.device.id);
  });

  it('only the administrator makes codes', async () => {
    const url = `${endpoint.address}${PATHS.enrolmentCodes}`;
    const request = { ministry: endpoint.ministry.acronym, person: { name: 'X', role: 'dsi' } };
    const device = await endpoint.enrol();
    for (const token of ['', ADMIN_TOKEN.slice(1), `${ADMIN_TOKEN}x`, device.token]) {
      const { status, body } = await postJson(url, request, { authorization: `Bearer ${token}` });
      expect([status, body]).toEqual([401, expect.objectContaining({ code: 'SYNC_UNAUTHORISED' })]);
    }
    const authorization = `Bearer ${ADMIN_TOKEN}`;
    const unknown = await postJson(url, { ...request, ministry: 'NONE' }, { authorization });
    expect([unknown.status, unknown.body]).toEqual([404, expect.objectContaining({ field: '/ministry' })]);
    const noRole = await postJson(url, { ...request, person: { name: 'X', role: 'king' } }, { authorization });
    expect([noRole.status, noRole.body]).toEqual([400, expect.objectContaining({ field: '/person/role' })]);
  });

  it('an enrolment in another protocol is told which side is too old, and the code stays good', async () => {
    const code = await endpoint.enrolmentCode();
    expect((await enrol(code, PROTOCOL_VERSION + 1)).body.code).toBe('SYNC_SERVER_TOO_OLD');
    expect((await enrol(code, 0)).body.code).toBe('SYNC_CLIENT_TOO_OLD');
    expect((await enrol(code)).status).toBe(200);
  });
});

describe('enrolment under attack', () => {
  it('an address that tries codes is stopped after a few, right code or wrong', async () => {
    const endpoint = await startEndpoint({ config: { enrolmentTries: 5 } });
    const code = await endpoint.enrolmentCode();
    const attempt = (text: string) =>
      postJson<ErrorAnswer>(`${endpoint.address}${PATHS.enrol}`, { protocol: 1, code: text, deviceName: 'x' });
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess += 1) statuses.push((await attempt(`0000-000${guess}`)).status);
    const { status, body, headers } = await attempt(code);
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    expect([status, body.code]).toEqual([429, 'SYNC_TOO_MANY_REQUESTS']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await endpoint.stop();
  });

  it('without an administrator token the administration routes refuse everybody', async () => {
    const endpoint = await startEndpoint({ config: { adminToken: undefined } });
    const { status } = await postJson(
      `${endpoint.address}${PATHS.enrolmentCodes}`,
      {},
      { authorization: 'Bearer undefined' },
    );
    expect(status).toBe(401);
    await endpoint.stop();
  });
});
