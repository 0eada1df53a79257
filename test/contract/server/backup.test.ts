import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrolAnswer, PATHS } from '#shared/protocol/replication.ts';
import { backUp, restore } from '../../../server/commands/backup.ts';
import { type Endpoint, serve } from '../../../server/commands/serve.ts';
import { DEFAULT_CONFIG } from '../../../server/config.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { ADMIN_TOKEN } from '../../support/endpoint.ts';
import { createSharedDatabase, type SharedDatabase } from '../../support/endpoint-database.ts';
import { asTestDevice, postJson, type TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

const KINDS = createSharedDatabase ? (['folder', 'PostgreSQL'] as const) : (['folder'] as const);
const CONFIG = { ...DEFAULT_CONFIG, adminToken: ADMIN_TOKEN, logLevel: 'silent' as const };

function start(place: StorePlace): Promise<Endpoint> {
  return serve({ place, host: '127.0.0.1', port: 0, demonstration: 'empty', config: CONFIG, onProgress: () => {} });
}

async function enrol({ address }: Endpoint): Promise<TestDevice> {
  const person = { name: 'HOUNKPÈ Sènami', role: 'gestionnaire' };
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const { body } = await postJson<{ code: string }>(
    `${address}${PATHS.enrolmentCodes}`,
    { ministry: 'MND', person },
    headers,
  );
  const enrolment = { protocol: 1, code: body.code, deviceName: 'Poste' };
  return asTestDevice(address, (await postJson<EnrolAnswer>(`${address}${PATHS.enrol}`, enrolment)).body);
}

describe.each(KINDS)('backing up a %s', (kind) => {
  const directory = mkdtempSync(join(tmpdir(), 'registre-backup-'));
  const file = join(directory, 'registre.backup');
  const databases: SharedDatabase[] = [];
  let place: StorePlace;
  let original: Awaited<ReturnType<typeof makeRegister>>;
  let bytes: number;

  beforeAll(async () => {
    place = await makePlace('first');
    original = await makeRegister(place);
    bytes = await backUp(place, file);
  });
  afterAll(async () => {
    await Promise.all(databases.map((database) => database.drop()));
    rmSync(directory, { recursive: true, force: true });
  });

  /** An empty place for a register. */
  async function makePlace(name: string): Promise<StorePlace> {
    if (kind === 'folder' || !createSharedDatabase) return { data: join(directory, name) };
    const database = await createSharedDatabase();
    databases.push(database);
    return { databaseUrl: database.url };
  }

  /** A register with one desktop and what it pushed. */
  async function makeRegister(at: StorePlace) {
    const endpoint = await start(at);
    const device = await enrol(endpoint);
    const asset = makeAsset(device);
    await device.exchange([asRow('assets', asset)]);
    const keys = await readKeys(endpoint);
    const documents = await endpoint.store.pull(device.ministry.id, { seq: 0, limit: 10_000 });
    await endpoint.stop();
    return { device, asset, documents, keys };
  }

  async function readKeys({ store }: Endpoint) {
    const [row] = await store.database.transaction((connection) =>
      connection.query('select signing_public, sealing_public from endpoint_keys'),
    );
    return row;
  }

  it('S19: what comes back is all that was there (rows, sequences, desktops, keys), in another epoch', async () => {
    const { device, asset, documents, keys } = original;
    expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([bytes, 0o600]);
    const elsewhere = await makePlace('second');
    await restore(elsewhere, file);
    const endpoint = await start(elsewhere);
    expect(await endpoint.store.pull(device.ministry.id, { seq: 0, limit: 10_000 })).toEqual(documents);
    expect(await readKeys(endpoint)).toEqual(keys);
    const [row] = await endpoint.store.database.transaction((connection) =>
      connection.query('select epoch, epoch_seq from ministries where id = $1', [device.ministry.id]),
    );
    expect(Number(row?.epoch)).toBeGreaterThan(1);
    expect(Number(row?.epoch_seq)).toBe(documents.at(-1)?.seq);
    const back = asTestDevice(endpoint.address, device);
    const { status, body } = await back.exchange([asRow('assets', { ...asset, brand: 'HP' }, asset)], { protocol: 1 });
    expect([status, body.answers]).toMatchObject([200, [{ outcome: 'accepted' }]]);
    await endpoint.stop();
  });

  it('nothing is overwritten: neither a file by a backup nor a register by a restore', async () => {
    const before = readFileSync(file);
    await expect(backUp(place, file)).rejects.toThrow(/already/);
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(restore(place, file)).rejects.toThrow(/already/);
  });

  it('K6: a backup that was cut or is none is refused, and a good one fits into the same place afterwards', async () => {
    const [cut, none] = [join(directory, 'cut'), join(directory, 'none')];
    writeFileSync(cut, readFileSync(file).subarray(0, Math.floor(bytes * 0.6)));
    writeFileSync(none, 'Registre');
    const elsewhere = await makePlace('third');
    await expect(restore(elsewhere, cut)).rejects.toMatchObject({ name: 'AppError' });
    await expect(restore(elsewhere, none)).rejects.toMatchObject({ name: 'AppError' });
    await restore(elsewhere, file);
  });

  if (kind === 'folder') {
    it('K4: a folder that an endpoint uses is not copied under its feet', async () => {
      const used = join(directory, 'used');
      mkdirSync(used);
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      writeFileSync(join(used, 'endpoint.lock'), JSON.stringify({ pid: process.ppid, boot }));
      await expect(backUp({ data: used }, join(directory, 'other'))).rejects.toMatchObject({
        code: 'STORE_ALREADY_OPEN',
      });
    });
    return;
  }

  it('S3: a backup is made while desktops push, and holds no half of a push', async () => {
    const busy = await makePlace('busy');
    const endpoint = await start(busy);
    const device = await enrol(endpoint);
    let isDone = false;
    const pushing = (async () => {
      while (!isDone) await device.exchange([1, 2, 3, 4].map(() => asRow('assets', makeAsset(device))));
    })();
    await backUp(busy, join(directory, 'busy')).finally(() => {
      isDone = true;
    });
    await pushing;
    await endpoint.stop();
    const elsewhere = await makePlace('quiet');
    await restore(elsewhere, join(directory, 'busy'));
    const restored = await start(elsewhere);
    const documents = await restored.store.pull(device.ministry.id, { seq: 0, limit: 100_000 });
    expect(documents.filter(({ collection }) => collection === 'assets').length % 4).toBe(0);
    expect(await restored.store.currentSeq(device.ministry.id)).toBe(documents.at(-1)?.seq);
    await restored.stop();
  });

  it('S6: a role that row-level security binds makes no backup, rather than one with rows left out', async () => {
    const [database] = databases;
    if (!database || !('databaseUrl' in place)) throw new Error('No database');
    const opened = await database.open();
    const role = `registre_bound_${Date.now()}`;
    await opened.transaction((connection) =>
      connection.execute(`create role ${role} login; grant select on all tables in schema public to ${role}`),
    );
    const url = new URL(place.databaseUrl);
    url.username = role;
    await expect(backUp({ databaseUrl: url.href }, join(directory, 'bound'))).rejects.toThrow(
      /row-level security|row security|permission/,
    );
    expect(() => statSync(join(directory, 'bound'))).toThrow();
    await opened.transaction((connection) => connection.execute(`drop owned by ${role}; drop role ${role}`));
    await opened.close();
  });
});
