import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EnrolAnswer, type ExchangeAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { Register } from '../../electron/data/register.ts';
import { RegisterService } from '../../electron/data/service.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { assetDraft } from '../support/asset-draft.ts';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { asTestDevice, postJson } from '../support/endpoint-device.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { TEST_KEY, temporaryDirectory } from '../support/storage.ts';

/** `CUT_STRIDE=7` cuts at every seventh byte only. */
const STRIDE = Number(process.env.CUT_STRIDE ?? 1);
/** Cuts of an enrolment: an address has twenty tries in ten minutes, and each cut takes two. */
const ENROLMENT_CUTS = 7;
const TIMEOUT = 300_000;
/** Milliseconds: who hears no stream looks once a minute, who hears one very much later. */
const STREAM_IS_HEARD = 2 * 60_000;

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
    await synchronise(service);
  }

  /** The line is sound again, and what it cut is gone; ends when nothing more is to be expected on it. */
  async function synchronise(service: RegisterService): Promise<void> {
    proxy.setLine({});
    proxy.cut();
    await vi.waitFor(
      async () => {
        const { phase, waiting } = await service.commands.syncNow({});
        expect([phase, waiting]).toEqual(['idle', 0]);
      },
      { timeout: 10_000, interval: 5 },
    );
    // The stream opens behind the exchange: its first bytes would take the next cut on them.
    await vi.waitFor(
      () => expect(Date.parse(service.replicator.state.nextTry ?? '')).toBeGreaterThan(Date.now() + STREAM_IS_HEARD),
      { timeout: 10_000, interval: 1 },
    );
  }

  /** Ends what is open, so that the next exchange begins a connection of its own and the cut falls where it is meant to. */
  function cutAfter(bytes: number): void {
    proxy.cut();
    proxy.reset();
    proxy.setLine({ cutEvery: bytes });
  }

  it('S3, S5, S11: an exchange cut after any byte arrives once', { timeout: TIMEOUT }, async () => {
    const service = openService();
    await enrol(service, await endpoint.enrolmentCode());
    const { id } = (await service.commands.createAsset({ draft: assetDraft(), status: 'in-stock' })) as { id: string };
    await synchronise(service);
    const reader = await readerOf(endpoint);
    const begun = await reader.lastSequence();

    proxy.cut();
    proxy.reset();
    let edits = 1;
    const edit = () => service.commands.updateAsset({ id, changes: { notes: `note ${1_000_000 + edits}` } });
    edit();
    await service.commands.syncNow({});
    const { up, down } = proxy.traffic;
    const bytes = up + down;
    expect(bytes).toBeGreaterThan(200);
    await synchronise(service);

    /** Cuts that the desktop noticed, and those of them whose push the endpoint had taken: only the answer was lost. */
    const seen = { cut: 0, unanswered: 0 };
    for (let place = 1; place <= bytes; place += STRIDE) {
      cutAfter(place);
      edits += 1;
      edit();
      const { waiting } = await service.commands.syncNow({});
      const { up, down, cuts } = proxy.traffic;
      if (waiting > 0) {
        // This exchange and nothing else: cut once, right there.
        expect({ carried: up + down, cuts }).toEqual({ carried: place, cuts: 1 });
        seen.cut += 1;
        if ((await reader.rows(begun + 2 * (edits - 1))).length > 0) seen.unanswered += 1;
      }
      await synchronise(service);
    }

    const rows = await reader.rows(begun);
    const asset = rows.find(({ document }) => document.id === id);
    expect(asset?.document.notes).toBe(`note ${1_000_000 + edits}`);
    const entries = rows.filter(({ collection }) => collection === 'movements');
    expect(entries.length).toBe(edits);
    // Two rows for each edit took two sequences: none was written a second time.
    expect((await reader.lastSequence()) - begun).toBe(2 * edits);
    // A run in which nothing was cut proves nothing; the last bytes are those of the stream that follows.
    expect(seen.cut).toBeGreaterThan(bytes / STRIDE / 2);
    expect(seen.unanswered).toBeGreaterThan(down / STRIDE / 2);
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
      cutAfter(place);
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

type ReadRow = ExchangeAnswer['documents'][number];

/** Another device, on a line of its own that nothing happens to. */
async function readerOf(endpoint: EndpointProcess) {
  const body = { protocol: PROTOCOL_VERSION, code: await endpoint.enrolmentCode(), deviceName: 'Autre' };
  const { body: enrolled } = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, body);
  const device = asTestDevice(endpoint.address, enrolled);
  const rows = async (seq: number) => {
    const read: ReadRow[] = [];
    for (let [from, more] = [seq, true]; more; ) {
      const page = (await device.exchange([], { seq: from })).body;
      read.push(...page.documents);
      [from, more] = [page.checkpoint.seq, page.more];
    }
    return read;
  };
  /** The last sequence that was given. */
  const lastSequence = async () => (await rows(0)).at(-1)?.seq ?? 0;
  return { rows, lastSequence };
}
