import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrolAnswer, PATHS, type WireDocument } from '#shared/protocol/replication.ts';
import { buildTargets } from '../../../build/scripts/build.mjs';
import { OPERATION_PATHS } from '../../../server/routes/operation.ts';
import { createSharedDatabase, type SharedDatabase } from '../../support/endpoint-database.ts';
import { asTestDevice, postJson, type TestDevice } from '../../support/endpoint-device.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';
import { ENDPOINT_PROGRAM, type EndpointProcess, startEndpointProcess } from '../../support/endpoint-process.ts';

const BATCH = 20;

async function enrol(endpoint: EndpointProcess): Promise<TestDevice> {
  const body = { protocol: 1, code: await endpoint.enrolmentCode(), deviceName: 'Poste' };
  const answer = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, body);
  return asTestDevice(endpoint.address, answer.body);
}

type Pushed = { readonly acknowledged: WireDocument[]; readonly cut: WireDocument[] };

/** Pushes batch after batch until the endpoint is gone. */
async function pushUntilGone(device: TestDevice, onAcknowledged: () => void): Promise<Pushed> {
  const acknowledged: WireDocument[] = [];
  for (;;) {
    const batch = Array.from({ length: BATCH }, () => makeAsset(device));
    try {
      const { status, body } = await device.exchange(batch.map((asset) => asRow('assets', asset)));
      if (status !== 200) return { acknowledged, cut: batch };
      expect(body.answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
      acknowledged.push(...batch);
      onAcknowledged();
    } catch {
      return { acknowledged, cut: batch };
    }
  }
}

async function idsOf(device: TestDevice): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let seq = 0; ; ) {
    const { body } = await device.exchange([], { seq });
    for (const { document } of body.documents) ids.add(document.id);
    seq = body.checkpoint.seq;
    if (!body.more) return ids;
  }
}

const PLACES = createSharedDatabase ? (['folder', 'PostgreSQL'] as const) : (['folder'] as const);

describe.each(PLACES)('stopping an endpoint on a %s', (kind) => {
  let dataDir: string;
  let database: SharedDatabase | undefined;

  beforeAll(async () => {
    if (!existsSync(ENDPOINT_PROGRAM)) await buildTargets(['server']);
  });
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
    database = kind === 'PostgreSQL' ? await createSharedDatabase?.() : undefined;
  });
  afterEach(async () => {
    rmSync(dataDir, { recursive: true, force: true });
    await database?.drop();
  });

  const start = (env: Readonly<Record<string, string>> = {}) =>
    startEndpointProcess({ dataDir, demonstration: 'empty', env, ...(database && { databaseUrl: database.url }) });

  it('E3 S3 S5: no acknowledged row is lost to a stop during pushes, and what it cut is repeated without effect', async () => {
    const endpoint = await start();
    const device = await enrol(endpoint);
    let exited: Promise<number | null> | undefined;
    let acknowledgements = 0;
    const stopSoon = () => {
      acknowledgements += 1;
      if (acknowledgements === 10) exited = endpoint.stop();
    };
    const pushed = await Promise.all([1, 2, 3, 4].map(() => pushUntilGone(device, stopSoon)));
    expect(await exited).toBe(0);

    const again = await start();
    const back = asTestDevice(again.address, device);
    const kept = await idsOf(back);
    const acknowledged = pushed.flatMap((one) => one.acknowledged);
    expect(acknowledged.length).toBeGreaterThanOrEqual(10 * BATCH);
    expect(acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    const cut = pushed.flatMap((one) => one.cut);
    const repeated = await back.exchange(cut.map((asset) => asRow('assets', asset)));
    expect(repeated.body.answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const all = await idsOf(back);
    expect([...acknowledged, ...cut].every(({ id }) => all.has(id))).toBe(true);
    await again.stop();
  });

  it('E3: before it stops, an instance says that it is not ready and still answers', async () => {
    const endpoint = await start({ REGISTRE_STOP_DELAY: '1500' });
    const device = await enrol(endpoint);
    const exited = endpoint.stop();
    await vi.waitFor(async () => {
      const response = await fetch(`${endpoint.address}${OPERATION_PATHS.ready}`);
      expect([response.status, await response.json()]).toEqual([503, { status: 'not-ready', reason: 'stopping' }]);
    });
    expect((await device.exchange([asRow('assets', makeAsset(device))])).body.answers).toMatchObject([
      { outcome: 'accepted' },
    ]);
    expect(await exited).toBe(0);
    await expect(fetch(`${endpoint.address}${OPERATION_PATHS.health}`)).rejects.toThrow();
  });
});
