import type { CollectionName } from '#shared/schema/collections.ts';
import { exportParcels, makeParcels } from '../../../electron/data/parcels/make-parcel.ts';
import { takeFiles } from '../../../electron/data/parcels/take-files.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { type Desktop, startEnrolled } from '../replication/desktop.ts';
import { expectEqualToEndpoint, expectGaplessJournal } from '../replication/facts.ts';
import { answerOf, bring, type File, pack, startIsolated } from './stick.ts';

describe('parcels, carriers and a network that comes and goes', () => {
  let endpoint: TestEndpoint;
  let carrier: TestDevice;
  let ministry: string;

  beforeAll(async () => {
    endpoint = await startEndpoint();
    carrier = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });
  beforeEach(async () => {
    ministry = (await endpoint.addMinistry()).id;
  });
  afterAll(() => endpoint.stop());

  const edit = (desktop: Desktop, id: string, room: string) =>
    desktop.service.commands.updateAsset({ id, changes: { room } });
  const make = (desktop: Desktop) => desktop.service.commands.makeParcel({ partSize: 4_000_000 });
  const take = (desktop: Desktop, files: readonly File[]) =>
    desktop.service.commands.takeParcelFiles({ files: [...files] });
  const reviews = (desktop: Desktop) => desktop.all('reviews' satisfies CollectionName);

  it('X5: another desktop carries a parcel without reading it, and brings the receipt back on the stick', async () => {
    const isolated = await startIsolated(endpoint, { ministry });
    const mule = await startEnrolled(endpoint, { ministry: (await endpoint.addMinistry()).id });
    const id = isolated.create({ designation: 'Serveur de la paie' });
    const { files, rows } = await make(isolated);
    expect(rows).toBe(2);
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^Colis 1 – .+ – poste .+\.registre$/)]);
    expect(files.some(({ bytes }) => Buffer.from(bytes).includes('paie'))).toBe(false);
    await mule.goOffline();
    expect((await take(mule, files)).files).toMatchObject([{ kind: 'parcel-of-another', number: 1 }]);
    await mule.restart();
    await mule.goOnline();
    await vi.waitFor(() => expect(mule.service.questions.getCarriedAnswers({}).files).toHaveLength(1), {
      timeout: 20_000,
    });
    expect(mule.service.questions.getParcels({}).carried).toMatchObject([{ kind: 'answer' }, { state: 'applied' }]);
    expect(mule.all('assets')).toEqual([]);
    const answers = mule.service.questions.getCarriedAnswers({}).files;
    expect((await take(isolated, answers)).files).toMatchObject([
      { kind: 'answer', taken: { received: [1], settled: 2 } },
    ]);
    expect(isolated.service.questions.getAssetSync({ id }).state).toBe('received');
  });

  it('X7: a record is on this desktop, then sent in a parcel, then received; an edit in between is on this desktop', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const id = desktop.create();
    const state = () => desktop.service.questions.getAssetSync({ id });
    expect(state()).toEqual({ state: 'local' });
    const { files } = await make(desktop);
    expect(state()).toEqual({ state: 'sent', parcel: 1 });
    expect(desktop.service.questions.getParcels({})).toMatchObject({
      totals: { local: 0, sent: 2, refused: 0 },
      assets: { local: 0, sent: 1 },
    });
    edit(desktop, id, 'B12');
    expect(state()).toEqual({ state: 'local' });
    await take(desktop, answerOf(await bring(carrier, (files[0] as File).bytes)));
    expect(state()).toEqual({ state: 'local' });
    const second = await make(desktop);
    expect(second.files.map(({ name }) => name)).toEqual([expect.stringMatching(/^Colis 2 /)]);
    await take(desktop, answerOf(await bring(carrier, (second.files[0] as File).bytes)));
    expect(state()).toMatchObject({ state: 'received' });
    expect(desktop.service.questions.getParcels({}).totals).toMatchObject({ local: 0, sent: 0, refused: 0 });
  });

  it('X2: a second stick of the same is the same parcel; with nothing to say a parcel asks for news', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    const id = other.create();
    await other.sync();
    const [one, two] = [await make(desktop), await make(desktop)];
    expect(two).toEqual(one);
    await take(desktop, answerOf(await bring(carrier, (one.files[0] as File).bytes)));
    expect(desktop.asset(id)).toEqual(other.asset(id));
  });

  it('X3 S5: what is in a parcel goes by network where there is one; the parcel then changes nothing any more', async () => {
    const desktop = await startEnrolled(endpoint, { ministry });
    const id = desktop.create({ room: 'A' });
    await desktop.sync();
    await desktop.goOffline();
    edit(desktop, id, 'B');
    const { files } = await make(desktop);
    // Back to what the endpoint has: the parcel, applied late, would find nothing against it.
    edit(desktop, id, 'A');
    await desktop.goOnline();
    expect(desktop.service.questions.getParcels({}).own).toMatchObject([{ state: 'closed' }]);
    const before = await endpoint.documents(ministry);
    expect((await bring(carrier, (files[0] as File).bytes)).state).toBe('applied');
    expect(await endpoint.documents(ministry)).toEqual(before);
    await desktop.sync();
    expect(desktop.asset(id)).toMatchObject({ room: 'A' });
  });

  it('X3: a parcel that arrived while its desktop was away is known to it before it exchanges', async () => {
    const desktop = await startEnrolled(endpoint, { ministry });
    const id = desktop.create({ room: 'A' });
    await desktop.sync();
    await desktop.goOffline();
    edit(desktop, id, 'B');
    const { files } = await make(desktop);
    edit(desktop, id, 'C');
    await bring(carrier, (files[0] as File).bytes);
    await desktop.goOnline();
    expect(desktop.asset(id)).toMatchObject({ room: 'C' });
    expect(reviews(desktop)).toEqual([]);
    expect(desktop.service.questions.getParcels({}).own).toMatchObject([{ state: 'received' }]);
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
  });

  it('X3 S5: a push whose answer was lost goes on in the parcel, and no edit meets its own former self', async () => {
    for (const isBrought of [true, false]) {
      const desktop = await startEnrolled(endpoint, { ministry });
      const id = desktop.create({ room: 'A', serialNumber: `SN-${isBrought}` });
      await desktop.sync();
      desktop.network.troubles.push('lose-answer');
      edit(desktop, id, 'B');
      await vi.waitFor(() => expect(desktop.network.troubles).toEqual([]));
      await desktop.goOffline();
      edit(desktop, id, 'C');
      const { files } = await make(desktop);
      if (isBrought) await take(desktop, answerOf(await bring(carrier, (files[0] as File).bytes)));
      await desktop.goOnline();
      expect(desktop.asset(id)).toMatchObject({ room: 'C' });
      expect(reviews(desktop)).toEqual([]);
      expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
    }
  });

  it('M2 S5 X3: a push that was taken and whose answer was lost is accepted in the parcel, though it was replaced knowingly', async () => {
    const [one, two] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    const id = one.create({ room: 'A' });
    await one.sync();
    one.network.troubles.push('lose-answer');
    edit(one, id, 'B');
    await vi.waitFor(() => expect(one.network.troubles).toEqual([]));
    await one.goOffline();
    await two.sync();
    edit(two, id, 'C');
    await two.sync();
    const { files } = await make(one);
    await take(one, answerOf(await bring(carrier, (files[0] as File).bytes)));
    expect(one.asset(id)).toMatchObject({ room: 'C' });
    expect(reviews(one)).toEqual([]);
    expect(one.service.questions.getParcels({}).own).toMatchObject([{ state: 'received', conflicts: 0 }]);
    await one.goOnline();
    expectEqualToEndpoint(one, await endpoint.documents(ministry));
    expect(reviews(one)).toEqual([]);
  });

  it('X2: what is more than a parcel takes goes in several, numbered on, by one act', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const ids = [1, 2, 3].map(() => desktop.create());
    await makeParcels(desktop.register, 4);
    const files = exportParcels(desktop.register, 4_000_000);
    expect(desktop.service.questions.getParcels({}).own.map(({ number, rows }) => [number, rows])).toEqual([
      [2, 2],
      [1, 4],
    ]);
    // The second one first: it waits for the other.
    expect(await bring(carrier, (files[1] as File).bytes)).toMatchObject({ state: 'waiting', missing: [1] });
    await take(desktop, answerOf(await bring(carrier, (files[0] as File).bytes)));
    expect(desktop.service.questions.getParcels({}).own).toMatchObject([{ state: 'received' }, { state: 'received' }]);
    for (const id of ids) expect(desktop.service.questions.getAssetSync({ id }).state).toBe('received');
  });

  it('X3: stick and network in any order leave everybody with the same, and lose nothing', async () => {
    const [one, two] = [await startEnrolled(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    const id = one.create();
    await one.sync();
    await two.sync();
    const lost: File[] = [];
    for (let round = 0; round < 8; round += 1) {
      await one.goOffline();
      edit(one, id, `R${round}`);
      const made = one.create({ serialNumber: `SN-${round}-A` });
      two.service.commands.updateAsset({ id, changes: { notes: `N${round}` } });
      await two.sync();
      const { files } = await make(one);
      edit(one, made, `M${round}`);
      if (round % 2 === 0) {
        const outcomes = [];
        for (const { bytes } of files) outcomes.push(await bring(carrier, bytes));
        const answer = outcomes.at(-1);
        if (round % 4 === 0 && answer) await take(one, answerOf(answer));
      } else lost.push(...files);
      if (round % 3 === 0) await one.goOnline();
    }
    for (const { bytes } of lost.reverse()) await bring(carrier, bytes);
    await one.goOnline();
    await two.sync();
    await one.sync();
    expect(one.asset(id)).toMatchObject({ room: 'R7', notes: 'N7' });
    expect(reviews(one)).toEqual([]);
    const there = await endpoint.documents(ministry);
    expectEqualToEndpoint(one, there);
    expectEqualToEndpoint(two, there);
    const devices = [one, two].map((desktop) => desktop.register.identity.require().device.id);
    expectGaplessJournal(one.all('movements'), devices);
  });

  it('X2: files that are no parcels are named one by one, and the others are taken', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startIsolated(endpoint, { ministry })];
    other.create();
    const [parcel] = await pack(other);
    const [own] = await pack(desktop);
    const bytes = (parcel as File).bytes;
    const taken = await takeFiles(desktop.register, [
      { name: 'photo.jpg', bytes: new Uint8Array([255, 216, 255]) },
      { name: 'vide', bytes: new Uint8Array() },
      { name: 'coupé', bytes: bytes.slice(0, -1) },
      { name: 'demain', bytes: new TextEncoder().encode('REGISTRE 2\nxxxx') },
      own as File,
      parcel as File,
    ]);
    expect(taken).toMatchObject([
      { kind: 'wrong', problem: 'not-registre' },
      { kind: 'wrong', problem: 'not-registre' },
      { kind: 'wrong', problem: 'cut' },
      { kind: 'wrong', problem: 'newer-program' },
      { kind: 'own-parcel', number: 1 },
      { kind: 'parcel-of-another', number: 1 },
    ]);
  });

  it('a desktop that is not enrolled, or knows no key of its endpoint, is told so', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    desktop.register.meta.set('parcels.endpointKeys', null);
    await expect(make(desktop)).rejects.toMatchObject({ details: { problem: 'no-endpoint-keys' } });
    expect(desktop.service.questions.getParcels({}).canMake).toBe(false);
  });

  it('X2: a register that was restored from a backup skips the numbers that it used before', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    desktop.create();
    await bring(carrier, ((await make(desktop)).files[0] as File).bytes);
    // The backup knows of no parcel.
    desktop.register.connection.run('DELETE FROM parcels');
    desktop.register.connection.run('DELETE FROM parcel_rows');
    const id = desktop.create({ serialNumber: 'SN-NEW' });
    const outcome = await bring(carrier, ((await make(desktop)).files[0] as File).bytes);
    expect(outcome).toMatchObject({ state: 'refused', problem: 'number-taken' });
    await take(desktop, answerOf(outcome));
    const again = await make(desktop);
    expect(again.files.map(({ name }) => name)).toEqual([expect.stringMatching(/^Colis 2 /)]);
    await take(desktop, answerOf(await bring(carrier, (again.files[0] as File).bytes)));
    expect(desktop.service.questions.getAssetSync({ id }).state).toBe('received');
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
  });
});
