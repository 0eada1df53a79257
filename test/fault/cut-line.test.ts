import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { assetDraft } from '../support/asset-draft.ts';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { type CutDesktop, cutAfter, cutEverywhere, synchronise } from '../support/cut-everywhere.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { readerOf } from '../support/endpoint-reader.ts';
import { TEST_KEY, temporaryDirectory } from '../support/storage.ts';

/** `CUT_STRIDE=1` cuts at every byte, as the end-to-end test does to the packaged application. */
const STRIDE = Number(process.env.CUT_STRIDE ?? 3);
/** Cuts of an enrolment: an address has twenty tries in ten minutes, and each cut takes two. */
const ENROLMENT_CUTS = 7;
const TIMEOUT = 300_000;

function cutDesktop(service: RegisterService, id = ''): CutDesktop {
  return {
    writeNote: async (notes) => service.commands.updateAsset({ id, changes: { notes } }),
    syncNow: async () => service.commands.syncNow({}),
    state: async () => service.replicator.state,
  };
}

/** The data process's own service on a new file, and the endpoint as it ships, with a line between them that breaks. */
describe('a line that is cut', () => {
  let endpoint: EndpointProcess;
  let proxy: CountingProxy;
  let profiles: ReturnType<typeof temporaryDirectory>;
  const services = new Set<RegisterService>();
  let count = 0;

  beforeAll(async () => {
    // More exchanges in a minute than any desktop makes.
    vi.stubEnv('REGISTRE_DEVICE_REQUESTS_PER_MINUTE', '1000000');
    endpoint = await startEndpointProcess({ demonstration: 'empty' });
    proxy = await startCountingProxy(endpoint.address);
    profiles = temporaryDirectory();
  });
  afterAll(async () => {
    for (const service of services) await service.close();
    await proxy.close();
    await endpoint.stop();
    profiles.remove();
  });

  function openService(): RegisterService {
    count += 1;
    const connection = openRegister({ directory: `${profiles.path}/${count}`, key: TEST_KEY, create: true });
    const service = new RegisterService(new Register(connection));
    services.add(service);
    return service;
  }

  async function close(service: RegisterService): Promise<void> {
    await service.close();
    services.delete(service);
  }

  async function enrol(service: RegisterService, code: string): Promise<void> {
    await service.commands.enrol({ server: proxy.address, code, deviceName: 'Poste' });
    await synchronise(cutDesktop(service), proxy);
  }

  it('S3, S5, S11: an exchange cut after any byte arrives once', { timeout: TIMEOUT }, async () => {
    const service = openService();
    await enrol(service, await endpoint.enrolmentCode());
    // Creation answers at once: only imports and exchanges are asynchronous.
    const { id } = (await service.commands.createAsset({ draft: assetDraft(), status: 'in-stock' })) as { id: string };
    const desktop = cutDesktop(service, id);
    const report = await cutEverywhere({
      desktop,
      proxy,
      reader: await readerOf(endpoint),
      assetId: id,
      stride: STRIDE,
    });
    // A run in which nothing was cut proves nothing.
    expect(report.cut).toBeGreaterThan(200 / STRIDE);
    expect(report.unanswered).toBeGreaterThan(20 / STRIDE);
    expect(service.register.countOpenReviews()).toBe(0);
    await close(service);
  });

  it('S10: an enrolment that is cut anywhere succeeds with the same code', { timeout: TIMEOUT }, async () => {
    proxy.cut();
    proxy.setLine({});
    proxy.reset();
    const first = openService();
    await first.commands.enrol({ server: proxy.address, code: await endpoint.enrolmentCode(), deviceName: 'Poste' });
    const bytes = proxy.traffic.up + proxy.traffic.down;
    // Its stream would take a cut on it.
    await close(first);
    for (let place = 1; place <= bytes; place += Math.ceil(bytes / ENROLMENT_CUTS)) {
      const service = openService();
      const code = await endpoint.enrolmentCode();
      cutAfter(proxy, place);
      const enrolment = service.enrol({ server: proxy.address, code, deviceName: 'Poste' });
      await enrolment.catch((error: unknown) => expect(error).toMatchObject({ code: 'SYNC_UNREACHABLE' }));
      expect(proxy.traffic.cuts).toBeGreaterThan(0);
      proxy.cut();
      proxy.setLine({});
      if (!service.register.identity.get()) await enrol(service, code);
      expect(service.register.identity.get()?.ministry.acronym).toBe('MND');
      await close(service);
    }
  });
});
