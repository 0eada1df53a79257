import fc from 'fast-check';
import type { RowAnswer } from '#shared/protocol/replication.ts';
import { exportParcels } from '../../../electron/data/parcels/make-parcel.ts';
import { takeFiles } from '../../../electron/data/parcels/take-files.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { startEnrolled } from '../replication/desktop.ts';
import { expectEqualToEndpoint } from '../replication/facts.ts';
import { answerOf, bring, type File, pack, roundTrip, startIsolated } from './stick.ts';

describe.each(DATABASES)('parcels over $name', (database) => {
  let endpoint: TestEndpoint;
  let carrier: TestDevice;
  let ministry: string;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
    // Of another ministry: who carries need not be one of theirs.
    carrier = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });
  beforeEach(async () => {
    ministry = (await endpoint.addMinistry()).id;
  });
  afterAll(() => endpoint.stop());

  const first = (files: readonly File[]): Uint8Array => files[0]?.bytes ?? new Uint8Array();

  it('X3 X4: what an isolated desktop wrote reaches the endpoint by hand, and its receipt comes back', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const id = desktop.create();
    const outcome = await roundTrip(desktop, carrier);
    expect(outcome.state).toBe('applied');
    expect(desktop.register.waiting.count()).toBe(0);
    expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
    expect(desktop.register.ownParcels.list()).toMatchObject([{ number: 1, state: 'received', refused: 0 }]);
  });

  it('X6: the answer brings what others wrote, and an edit of both is merged as by network', async () => {
    const [isolated, other] = [
      await startEnrolled(endpoint, { ministry }),
      await startEnrolled(endpoint, { ministry }),
    ];
    const id = isolated.create();
    await isolated.sync();
    await other.sync();
    await isolated.goOffline();
    other.service.commands.updateAsset({ id, changes: { room: 'A1' } });
    const news = other.create({ serialNumber: 'SN-77821' });
    await other.sync();
    isolated.service.commands.updateAsset({ id, changes: { notes: 'écran fêlé' } });
    await roundTrip(isolated, carrier);
    expect(isolated.asset(news)).toEqual(other.asset(news));
    expect(isolated.asset(id)).toMatchObject({ room: 'A1', notes: 'écran fêlé' });
    await roundTrip(isolated, carrier);
    expect(isolated.register.waiting.count()).toBe(0);
    expectEqualToEndpoint(isolated, await endpoint.documents(ministry));
    expect(isolated.all('reviews')).toEqual([]);
  });

  it('X3: a parcel brought twice, by two carriers at once or after a restart, is applied once', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    desktop.create();
    const bytes = first(await pack(desktop));
    const outcomes = await Promise.all([bring(carrier, bytes), bring(carrier, bytes), bring(carrier, bytes)]);
    const before = await endpoint.documents(ministry);
    expect((await bring(carrier, bytes)).state).toBe('applied');
    expect(await endpoint.documents(ministry)).toEqual(before);
    for (const outcome of outcomes) if (outcome.answer) await takeFiles(desktop.register, answerOf(outcome));
    expect(desktop.register.waiting.count()).toBe(0);
    await desktop.goOnline();
    expect(await endpoint.documents(ministry)).toEqual(before);
  });

  it('X3: a parcel that comes early waits for the one before, and then both are applied and answered', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const id = desktop.create();
    const [one] = await pack(desktop);
    desktop.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    const [, two] = await pack(desktop);
    expect(await bring(carrier, first([two as File]))).toEqual({ state: 'waiting', missing: [1] });
    expect(await endpoint.documents(ministry)).toEqual([]);
    const outcome = await bring(carrier, first([one as File]));
    await takeFiles(desktop.register, answerOf(outcome));
    expect(desktop.register.ownParcels.list()).toMatchObject([{ state: 'received' }, { state: 'received' }]);
    expect(desktop.register.waiting.count()).toBe(0);
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
    expect(desktop.all('reviews')).toEqual([]);
  });

  it('X2: parts come in any order, from any carrier, and repeated; the last one applies the parcel', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    for (let count = 0; count < 12; count += 1) desktop.create({ serialNumber: `SN-00${count}X` });
    const files = await pack(desktop, 1500);
    expect(files.length).toBeGreaterThan(2);
    const [head, ...rest] = [...files].reverse();
    expect((await bring(carrier, first([head as File]))).missing).toHaveLength(files.length - 1);
    const states: string[] = [];
    for (const { bytes } of [...rest.slice(0, 1), ...rest]) states.push((await bring(carrier, bytes)).state);
    expect(states.at(-1)).toBe('applied');
    expect(new Set(states.slice(0, -1))).toEqual(new Set(['incomplete']));
    expect(await endpoint.documents(ministry)).toHaveLength(24);
  });

  it('X2: a parcel that is cut at any place is refused and changes nothing', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    for (let count = 0; count < 12; count += 1) desktop.create({ serialNumber: `SN-10${count}X` });
    const bytes = first(await pack(desktop));
    for (let length = 0; length < bytes.length; length += 997) {
      const outcome = await bring(carrier, bytes.slice(0, length));
      expect([length, outcome.state]).toEqual([length, 'refused']);
    }
    expect(await endpoint.documents(ministry)).toEqual([]);
    expect((await bring(carrier, bytes)).state).toBe('applied');
  });

  it('X2: a parcel with one bit changed, wherever it is, is refused and changes nothing', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    desktop.create();
    const bytes = first(await pack(desktop));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const altered = bytes.slice();
        altered[at] = (altered[at] ?? 0) ^ (1 << bit);
        expect((await bring(carrier, altered)).state).toBe('refused');
      }),
      { numRuns: 150 },
    );
    expect(await endpoint.documents(ministry)).toEqual([]);
  });

  it('X1: a parcel of a device that is not of this ministry, or signed by another device, is refused by name', async () => {
    const [desktop, thief] = [await startIsolated(endpoint, { ministry }), await startIsolated(endpoint, { ministry })];
    const elsewhere = (await endpoint.addMinistry()).id;
    desktop.create();
    await pack(desktop);
    const resigned = (id: { ministry?: object; device?: object }) => {
      // The thief passes somebody's sealed parcel off: under that one's name, or under its own.
      const own = desktop.register.ownParcels.open();
      vi.spyOn(thief.register.ownParcels, 'open').mockReturnValue(own);
      const identity = thief.register.identity.require();
      vi.spyOn(thief.register.identity, 'require').mockReturnValue({ ...identity, ...id } as typeof identity);
      const files = exportParcels(thief.register, 4_000_000);
      vi.restoreAllMocks();
      return first(files);
    };
    const { device } = desktop.register.identity.require();
    expect(await bring(carrier, resigned({ device }))).toEqual({ state: 'refused', problem: 'other-key' });
    expect(await bring(carrier, resigned({}))).toEqual({ state: 'refused', problem: 'altered' });
    const stranger = { ministry: { id: elsewhere, acronym: 'X', name: 'X' } };
    expect(await bring(carrier, resigned(stranger))).toEqual({ state: 'refused', problem: 'unknown-device' });
    expect(await endpoint.documents(ministry)).toEqual([]);
    expect(await endpoint.documents(elsewhere)).toEqual([]);
  });

  it('X1 X4: an answer is taken only from the endpoint, by the desktop it is for, unaltered', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startIsolated(endpoint, { ministry })];
    desktop.create();
    const bytes = first(await pack(desktop));
    const [answer] = answerOf(await bring(carrier, bytes));
    const file = answer as File;
    expect(await takeFiles(other.register, [file])).toMatchObject([{ kind: 'answer-for-another' }]);
    const altered = file.bytes.slice();
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    expect(await takeFiles(desktop.register, [{ ...file, bytes: altered }])).toMatchObject([
      { kind: 'wrong', problem: 'altered' },
    ]);
    const otherEndpoint = await startEndpoint();
    const foreign = await startIsolated(otherEndpoint);
    desktop.register.meta.set('parcels.endpointKeys', foreign.register.meta.get('parcels.endpointKeys'));
    expect(await takeFiles(desktop.register, [file])).toMatchObject([
      { kind: 'wrong', problem: 'not-of-the-endpoint' },
    ]);
    await otherEndpoint.stop();
    expect(desktop.register.waiting.count()).toBeGreaterThan(0);
    expect(desktop.register.ownParcels.list()).toMatchObject([{ state: 'sent' }]);
  });

  it('X4: answers in the wrong order, lost or repeated lose nothing and never go back', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    const answers: File[] = [];
    for (const room of ['A1', 'A2', 'A3']) {
      const id = desktop.create({ room, serialNumber: `SN-${room}` });
      other.create({ serialNumber: `AUTRE-${room}` });
      await other.sync();
      const files = await pack(desktop);
      answers.push(...answerOf(await bring(carrier, first(files.slice(-1)))));
      expect(id).toBeDefined();
    }
    const [one, , three] = answers as [File, File, File];
    await takeFiles(desktop.register, [three]);
    const after = desktop.register.meta.get('sync.checkpoint');
    expect(desktop.register.waiting.count()).toBe(0);
    await takeFiles(desktop.register, [one]);
    await takeFiles(desktop.register, [three]);
    expect(desktop.register.meta.get('sync.checkpoint')).toEqual(after);
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
  });

  it('X6: news that begin after what a desktop has are not taken: nothing would ever fill the hole', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startEnrolled(endpoint, { ministry })];
    other.create();
    await other.sync();
    const outcome = await bring(carrier, first(await pack(desktop)));
    await takeFiles(desktop.register, answerOf(outcome));
    other.create({ serialNumber: 'SN-2' });
    await other.sync();
    const late = answerOf(await bring(carrier, first(await pack(desktop))));
    desktop.register.meta.set('sync.checkpoint', { seq: 0 });
    expect(await takeFiles(desktop.register, late)).toMatchObject([{ kind: 'answer', taken: { news: 'gap' } }]);
    expect(desktop.register.meta.get('sync.checkpoint')).toEqual({ seq: 0 });
  });

  it('S4 S8: a refused row blocks no other row of its parcel, and is shown to a person', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const [bad, good] = [desktop.create(), desktop.create({ serialNumber: 'SN-2' })];
    const next = desktop.register.waiting.notInParcel.bind(desktop.register.waiting);
    vi.spyOn(desktop.register.waiting, 'notInParcel').mockImplementation((limit) =>
      next(limit).filter(({ id }) => id !== bad),
    );
    await pack(desktop);
    vi.restoreAllMocks();
    // Another asset got this one's reference before: the endpoint refuses the second.
    const taken = desktop.asset(good);
    const stored = desktop.register.table('assets').get(bad);
    desktop.register.transaction(() =>
      desktop.register.table('assets').put([{ ...stored, reference: taken?.reference } as never], 'command'),
    );
    await roundTrip(desktop, carrier);
    expect(desktop.service.questions.getAssetSync({ id: good }).state).toBe('received');
    expect(desktop.service.questions.getAssetSync({ id: bad }).state).toBe('refused');
    // Serials of other tests' ministries may be twins of these, found at any moment.
    const refused = desktop.all('reviews').filter(({ kind }) => kind === 'refused');
    expect(refused).toMatchObject([{ documentId: bad }]);
  });

  it('A7: a parcel has the rights of the person of its device, and no other', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    desktop.create();
    const files = await pack(desktop);
    await endpoint.store.database.transaction((connection) =>
      connection.query(`update people set role = 'auditeur' where ministry_id = $1`, [ministry]),
    );
    const outcome = await bring(carrier, first(files));
    await takeFiles(desktop.register, answerOf(outcome));
    expect(await endpoint.documents(ministry)).toEqual([]);
    const answers: RowAnswer['outcome'][] = desktop.register.ownParcels.list().map(() => 'refused');
    expect(desktop.register.ownParcels.list()).toMatchObject(answers.map(() => ({ refused: 2, accepted: 0 })));
  });
});
