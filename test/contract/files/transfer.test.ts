import { vi } from 'vitest';
import { openNextEpoch } from '../../../server/store/epoch.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { attach, fileRow, pdfBytes, photoBytes, readWhole } from '../../support/attached-files.ts';
import { type CountingProxy, startCountingProxy } from '../../support/counting-proxy.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import { assetDraft } from '../../support/register.ts';
import { type Desktop, startDesktop } from '../replication/desktop.ts';

const WAIT = { timeout: 50_000, interval: 50 } as const;

describe.each(DATABASES)('files between desktops over $name', (database) => {
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
  });
  afterAll(() => endpoint.stop());

  /** A desktop on a line of its own, enrolled, with everything pulled. */
  async function start(): Promise<Desktop & { readonly line: CountingProxy }> {
    const line = await startCountingProxy(endpoint.address);
    onTestFinished(() => line.close());
    const desktop = await startDesktop(endpoint);
    const code = await endpoint.enrolmentCode();
    await desktop.service.commands.enrol({ server: line.address, code, deviceName: 'Poste' });
    await desktop.sync();
    // Not a copy: the service is another one after a restart.
    return Object.defineProperty(desktop, 'line', { value: line }) as Desktop & { readonly line: CountingProxy };
  }

  const placeOf = ({ service }: Desktop, id: string) => service.questions.getFileStates({ ids: [id] })[id]?.place;
  const isSent = (desktop: Desktop) =>
    vi.waitFor(() => expect(desktop.service.questions.getFilesState({}).waiting.bytes).toBe(0), WAIT);
  const arrived = (desktop: Desktop, id: string) =>
    vi.waitFor(async () => {
      await desktop.sync();
      expect(fileRow(desktop.service, id)).toBeDefined();
    }, WAIT);

  it('F1: a photo attached on one desktop shows on another: the thumbnail by itself, the photo when asked for', async () => {
    const [here, there] = [await start(), await start()];
    const [data, thumbnail] = [photoBytes(400_000), photoBytes(12_000)];
    const id = await attach(here.service, here.create(), { data, thumbnail });
    await isSent(here);
    expect(placeOf(here, id)).toBe('received');
    await arrived(there, id);
    await vi.waitFor(() => expect(readWhole(there.service, id, 'thumbnail').equals(thumbnail)).toBe(true), WAIT);
    expect(placeOf(there, id)).toBe('remote');
    there.service.commands.fetchFile({ id });
    await vi.waitFor(() => expect(placeOf(there, id)).toBe('received'), WAIT);
    expect(readWhole(there.service, id).equals(data)).toBe(true);
  });

  it('F2: over a line that is cut every 48 kB, a file goes up and comes down whole, and few bytes travel twice', async () => {
    const [here, there] = [await start(), await start()];
    const data = pdfBytes(250_000);
    for (const { line } of [here, there]) {
      line.setLine({ cutEvery: 48_000 });
      line.cut();
      line.reset();
    }
    const id = await attach(here.service, here.create(), { data });
    await isSent(here);
    await arrived(there, id);
    there.service.commands.fetchFile({ id });
    await vi.waitFor(() => expect(placeOf(there, id)).toBe('received'), WAIT);
    expect(readWhole(there.service, id).equals(data)).toBe(true);
    expect(here.line.traffic.cuts).toBeGreaterThan(2);
    // The rows and headers of both desktops come on top of the file.
    expect(here.line.traffic.up).toBeLessThan(1.5 * data.length);
  }, 90_000);

  it('F1: on a line of 64 kbit/s a row passes a document of 50 MB that is on its way', async () => {
    const here = await start();
    here.line.setLine({ bytesPerSecond: 8000, delay: 150 });
    const id = await attach(here.service, here.create(), { data: pdfBytes(50 * 1024 * 1024) });
    await vi.waitFor(() => expect(here.service.questions.getFilesState({}).active?.done).toBeGreaterThan(0), WAIT);
    here.line.reset();
    here.create({ designation: 'Enregistré pendant l’envoi', serialNumber: 'PENDANT-1' });
    await vi.waitFor(() => expect(here.state.waiting).toBe(0), WAIT);
    // A piece that was in the line, at the most two, and the rows: not the file.
    expect(here.line.traffic.up).toBeLessThan(50_000);
    const before = here.service.questions.getFilesState({}).active?.done ?? 0;
    await vi.waitFor(
      () => expect(here.service.questions.getFilesState({}).active?.done ?? 0).toBeGreaterThan(before),
      WAIT,
    );
    expect(placeOf(here, id)).toBe('local');
  }, 90_000);

  it('F2: what was sent and fetched before the desktop was restarted is gone on with', async () => {
    const [here, there] = [await start(), await start()];
    const data = pdfBytes(1_500_000);
    const id = await attach(here.service, here.create(), { data });
    await isSent(here);
    await arrived(there, id);
    there.line.setLine({ bytesPerSecond: 200_000 });
    there.service.commands.fetchFile({ id });
    await vi.waitFor(
      () => expect(there.service.questions.getFilesState({}).active?.done).toBeGreaterThan(300_000),
      WAIT,
    );
    await there.restart();
    there.line.setLine({});
    await there.line.settled(300);
    there.line.reset();
    await there.sync();
    there.service.commands.fetchFile({ id });
    await vi.waitFor(() => expect(placeOf(there, id)).toBe('received'), WAIT);
    expect(readWhole(there.service, id).equals(data)).toBe(true);
    expect(there.line.traffic.down).toBeLessThan(data.length - 200_000);
  }, 60_000);

  it.each([
    [
      'F2: what the endpoint has lost is sent to it again within a week',
      (desktop: Desktop) => desktop.register.meta.set('files.checked', null),
    ],
    [
      'F2 S19: what an endpoint that came back from a backup has lost is sent to it at once',
      () => openNextEpoch(endpoint.store.database),
    ],
  ])('%s', async (_name, lose) => {
    const here = await start();
    const data = photoBytes(5000);
    await attach(here.service, here.create(), { data });
    await isSent(here);
    const { ministry } = here.register.identity.require();
    // As an older backup that came back leaves it.
    await endpoint.store.database.transaction(async (connection) => {
      await connection.query('delete from file_chunks where ministry_id = $1', [ministry.id]);
      await connection.query('delete from files where ministry_id = $1', [ministry.id]);
    });
    const known = () =>
      asMinistry(endpoint.store.database, ministry.id, (connection) => connection.query('select bytes from files'));
    expect(await known()).toEqual([]);
    await lose(here);
    await vi.waitFor(async () => {
      await here.sync();
      expect((await known()).map(({ bytes }) => Number(bytes))).toContain(5000);
    }, WAIT);
  });

  it('S16: in economy files wait, and only what a person asks for comes; rows go as ever', async () => {
    const [here, there] = [await start(), await start()];
    const [data, thumbnail] = [photoBytes(20_000), photoBytes(5000)];
    const setMode = ({ register: { traffic } }: Desktop, mode: 'normal' | 'economy') => {
      traffic.settings = { ...traffic.settings, mode };
    };
    setMode(there, 'economy');
    const first = await attach(here.service, here.create(), { data, thumbnail });
    await isSent(here);
    setMode(here, 'economy');
    const before = there.register.traffic.today;
    const other = photoBytes(30_000);
    const second = await attach(here.service, here.create({ serialNumber: 'ECO-2' }), { data: other });
    await here.sync();
    await arrived(there, second);
    there.service.commands.fetchFile({ id: first });
    await vi.waitFor(() => expect(placeOf(there, first)).toBe('received'), WAIT);
    expect(placeOf(here, second)).toBe('local');
    expect(there.service.questions.getFileStates({ ids: [first] })[first]?.hasThumbnail).toBe(false);
    expect(there.register.traffic.today.received - before.received).toBeGreaterThanOrEqual(data.length);
    setMode(here, 'normal');
    await here.sync();
    await isSent(here);
  });

  it('F1: without a network files wait, and go once there is one', async () => {
    const here = await start();
    here.line.setLine({ isDown: true });
    here.line.cut();
    const made = here.service.commands.createAsset({ draft: assetDraft({ serialNumber: 'HL-1' }), status: 'in-stock' });
    const id = await attach(here.service, (made as { id: string }).id, { data: photoBytes(5000) });
    expect(placeOf(here, id)).toBe('local');
    here.line.setLine({});
    await here.sync();
    await isSent(here);
    expect(placeOf(here, id)).toBe('received');
  });
});
