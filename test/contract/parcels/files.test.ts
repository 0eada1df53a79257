import { createHash } from 'node:crypto';
import { filePartStart } from '#shared/parcels/file-part.ts';
import type { ParcelOutcome } from '#shared/protocol/parcels.ts';
import { seal } from '#shared/sealing/seal.ts';
import { requireEndpointKeys } from '../../../electron/data/parcels/device-keys.ts';
import { signParts } from '../../../electron/data/parcels/make-parcel.ts';
import { openNextEpoch } from '../../../server/store/epoch.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { attach, fileRow, pdfBytes, photoBytes, readWhole } from '../../support/attached-files.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { type Desktop, startEnrolled } from '../replication/desktop.ts';
import { answerOf, bring, type File, startIsolated } from './stick.ts';

const SMALL = 100_000;

describe.each(DATABASES)('files in parcels over $name', (database) => {
  let endpoint: TestEndpoint;
  let carrier: TestDevice;
  let ministry: string;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
    carrier = await endpoint.enrol((await endpoint.addMinistry()).acronym);
  });
  beforeEach(async () => {
    ministry = (await endpoint.addMinistry()).id;
  });
  afterAll(() => endpoint.stop());

  type Stick = { readonly rows: readonly File[]; readonly parts: readonly File[] };

  /** What a person puts on the stick: rows, then the parts with files. */
  async function pack({ service: { commands } }: Desktop, partSize = SMALL): Promise<Stick> {
    const { files: rows, plan } = await commands.makeParcel({ partSize, withFiles: true });
    const parts: File[] = [];
    for (let part = 1; plan && part <= plan.parts; part += 1) {
      parts.push((await commands.sealFilePart({ planId: plan.planId, part })).file);
    }
    return { rows, parts };
  }
  const bringAll = async (files: readonly File[]): Promise<ParcelOutcome[]> => {
    const outcomes: ParcelOutcome[] = [];
    for (const { bytes } of files) outcomes.push(await bring(carrier, bytes));
    return outcomes;
  };
  const take = async (desktop: Desktop, outcome: ParcelOutcome | undefined) =>
    (await desktop.service.commands.takeParcelFiles({ files: outcome ? answerOf(outcome) : [] })).files;
  const placeOf = ({ service }: Desktop, id: string) => service.questions.getFileStates({ ids: [id] })[id]?.place;
  const contents = () =>
    asMinistry(endpoint.store.database, ministry, (connection) =>
      connection.query(
        `select f.hash, string_agg(encode(c.data, 'hex'), '' order by c.position) as data
           from files f join file_chunks c on c.ministry_id = f.ministry_id and c.content_id = f.content_id
          where f.ministry_id = $1 group by f.hash order by f.hash`,
        [ministry],
      ),
    );
  const table = (name: 'file_parts' | 'file_uploads' | 'file_chunks') =>
    asMinistry(endpoint.store.database, ministry, (connection) =>
      connection.query(`select 1 from ${name} where ministry_id = $1`, [ministry]),
    );
  const hashesAt = async () => (await contents()).map(({ hash }) => hash);
  const hashOf = (data: Buffer) => createHash('sha256').update(data).digest('hex');

  it('X1 F1: photos, their thumbnails and documents go with the parcel; the receipt names them, and nothing is sent again', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const [photo, thumbnail, pdf] = [photoBytes(60_000), photoBytes(8000), pdfBytes(250_000)];
    const asset = desktop.create();
    const id = await attach(desktop.service, asset, { data: photo, thumbnail });
    const large = await attach(desktop.service, asset, { data: pdf });
    const before = desktop.service.questions.getParcels({});
    expect(before.files.local).toEqual({ files: 2, bytes: 318_000 });
    expect(before.rowBytes).toBeGreaterThan(500);
    const { rows, parts } = await pack(desktop);
    expect(before.rowBytes / rows.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(0.3);
    expect(parts.map(({ name }) => name)).toEqual(
      parts.map((_part, at) =>
        expect.stringMatching(`^Colis 1 – .+ – fichiers ${at + 1} sur ${parts.length}.registre$`),
      ),
    );
    for (const { bytes } of parts) {
      expect(bytes.length).toBeLessThan(SMALL + 2000);
      expect(Buffer.from(bytes).includes('PDF')).toBe(false);
    }
    expect(desktop.service.questions.getParcels({})).toMatchObject({
      files: { local: { files: 0 }, sent: { files: 2 } },
      own: [{ number: 1, files: 2, filesReceived: 0 }],
    });
    expect(desktop.service.questions.getFileStates({ ids: [id] })[id]).toMatchObject({ place: 'local', parcel: 1 });
    const outcomes = await bringAll([...rows, ...parts]);
    expect(outcomes.map(({ state }) => state)).toEqual(outcomes.map(() => 'applied'));
    expect(await contents()).toEqual(
      [photo, thumbnail, pdf]
        .map((data) => ({ hash: hashOf(data), data: data.toString('hex') }))
        .sort((a, b) => (a.hash < b.hash ? -1 : 1)),
    );
    expect(await take(desktop, outcomes.at(-1))).toMatchObject([
      { kind: 'answer', taken: { received: [1], files: 3 } },
    ]);
    expect([placeOf(desktop, id), placeOf(desktop, large)]).toEqual(['received', 'received']);
    expect(desktop.service.questions.getParcels({}).own).toMatchObject([{ files: 2, filesReceived: 2 }]);
    expect((await desktop.service.commands.makeParcel({ partSize: SMALL, withFiles: true })).plan).toBeUndefined();
    expect(readWhole(desktop.service, large).equals(pdf)).toBe(true);
  });

  it('X3: rows are applied without their files; parts that come before them, in any order and twice, wait and are taken once', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const pdf = pdfBytes(350_000);
    const id = await attach(desktop.service, desktop.create(), { data: pdf });
    const { rows, parts } = await pack(desktop);
    const [first, ...others] = parts;
    const early = await bringAll([...others].reverse());
    expect(early).toMatchObject(others.map(() => ({ state: 'waiting', missing: [1] })));
    expect((await bringAll(rows)).at(-1)?.state).toBe('applied');
    expect(await hashesAt()).toEqual([]);
    // What comes before the others is missing still, and they wait for it.
    expect(await bringAll(others.slice(-1))).toMatchObject([{ state: 'incomplete' }]);
    const [last] = await bringAll([first as File]);
    expect(last?.state).toBe('applied');
    expect(await hashesAt()).toEqual([hashOf(pdf)]);
    expect(await table('file_parts')).toEqual([]);
    expect(await table('file_uploads')).toEqual([]);
    const again = await bringAll([...parts, ...rows]);
    expect(again.map(({ state }) => state)).toEqual(again.map(() => 'applied'));
    expect(await hashesAt()).toEqual([hashOf(pdf)]);
    await take(desktop, again.at(-1));
    expect(placeOf(desktop, id)).toBe('received');
  });

  it('F2 X3: what went by network before and goes on after is taken once, whatever came by hand', async () => {
    const desktop = await startEnrolled(endpoint, { ministry });
    const asset = desktop.create();
    await desktop.sync();
    await desktop.goOffline();
    const [pdf, photo] = [pdfBytes(300_000), photoBytes(50_000)];
    await attach(desktop.service, asset, { data: photo });
    const id = await attach(desktop.service, asset, { data: pdf });
    const { rows, parts } = await pack(desktop);
    await bringAll([...rows, ...parts.slice(0, 2)]);
    await desktop.goOnline();
    await vi.waitFor(() => expect(placeOf(desktop, id)).toBe('received'), { timeout: 20_000 });
    const late = await bringAll(parts);
    expect(late.map(({ state }) => state)).toEqual(late.map(() => 'applied'));
    expect(await hashesAt()).toEqual([hashOf(pdf), hashOf(photo)].sort());
    expect(await table('file_uploads')).toEqual([]);
    const chunks = (await contents()).map(({ data }) => String(data).length / 2);
    expect(chunks.sort()).toEqual([300_000, 50_000]);
  });

  it('X2: a part that is cut, altered, of another desktop or sealed to another is refused with the reason and changes nothing', async () => {
    const [desktop, other] = [await startIsolated(endpoint, { ministry }), await startIsolated(endpoint, { ministry })];
    await attach(desktop.service, desktop.create(), { data: photoBytes(30_000) });
    const { rows, parts } = await pack(desktop);
    await bringAll(rows);
    const { bytes } = parts[0] as File;
    const altered = bytes.slice();
    altered[altered.length - 5] = (altered[altered.length - 5] ?? 0) ^ 1;
    const sealed = await seal(new Uint8Array(100), requireEndpointKeys(desktop.register).sealing);
    const what = { kind: 'files', number: 1, follows: 0, madeAt: desktop.register.instant() } as const;
    const [nonsense] = signParts(desktop.register, { ...what, files: { part: 1, of: 1 } }, sealed, 1_000_000);
    // Its bytes as somebody else's.
    const end = bytes.indexOf(10, 20);
    const [stolen] = signParts(other.register, { ...what, files: { part: 1, of: 1 } }, bytes.slice(end + 1), 1_000_000);
    const unsealed = signParts(
      desktop.register,
      { ...what, files: { part: 1, of: 1 } },
      new Uint8Array(300),
      1_000_000,
    );
    const outcomes = [];
    for (const file of [bytes.slice(0, -1), altered, nonsense?.bytes, stolen?.bytes, unsealed[0]?.bytes]) {
      outcomes.push(await bring(carrier, file ?? new Uint8Array()));
    }
    expect(outcomes).toMatchObject([
      { state: 'refused', problem: 'cut' },
      { state: 'refused', problem: 'altered' },
      { state: 'refused', problem: 'newer-program' },
      { state: 'refused', problem: 'altered' },
      { state: 'refused', problem: 'sealed-to-another' },
    ]);
    for (const name of ['file_parts', 'file_uploads', 'file_chunks'] as const) expect(await table(name)).toEqual([]);
    expect(await bring(carrier, bytes)).toMatchObject({ state: 'applied' });
  });

  it('F2: bytes that are not those of their file, and files that no row describes, leave nothing behind', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const [photo, pdf] = [photoBytes(30_000), pdfBytes(20_000)];
    const asset = desktop.create();
    const fileId = await attach(desktop.service, asset, { data: photo });
    const good = await attach(desktop.service, asset, { data: pdf });
    await bringAll((await pack(desktop)).rows);
    const forge = async (pieces: readonly { fileId: string; hash: string; data: Buffer }[]) => {
      const { id: deviceId } = desktop.register.identity.require().device;
      const start = filePartStart({
        protocol: 1,
        deviceId,
        number: 1,
        pieces: pieces.map(({ data, ...piece }) => ({ ...piece, bytes: data.length, offset: 0, length: data.length })),
      });
      const body = new Uint8Array(Buffer.concat([start, ...pieces.map(({ data }) => data)]));
      const sealed = new Uint8Array(await seal(body, requireEndpointKeys(desktop.register).sealing));
      const what = { kind: 'files', number: 1, follows: 0, madeAt: desktop.register.instant() } as const;
      const [file] = signParts(desktop.register, { ...what, files: { part: 1, of: 1 } }, sealed, 1_000_000);
      return bring(carrier, (file as File).bytes);
    };
    const wrong = { fileId, hash: hashOf(photo), data: photoBytes(30_000) };
    const unknown = { fileId: asset, hash: hashOf(pdf), data: pdf };
    const right = { fileId: good, hash: fileRow(desktop.service, good)?.hash ?? '', data: pdf };
    expect(await forge([wrong])).toMatchObject({ state: 'refused', problem: 'wrong-bytes' });
    expect(await forge([unknown])).toMatchObject({ state: 'refused', problem: 'not-described' });
    for (const name of ['file_parts', 'file_uploads', 'file_chunks'] as const) expect(await table(name)).toEqual([]);
    expect(await forge([wrong, right])).toMatchObject({ state: 'applied', problem: 'wrong-bytes' });
    expect(await hashesAt()).toEqual([hashOf(pdf)]);
  });

  it('X4: a receipt that was lost is told again until the desktop says that it has it; what is lost at the endpoint is sent anew', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const photo = photoBytes(30_000);
    const id = await attach(desktop.service, desktop.create(), { data: photo });
    const { rows, parts } = await pack(desktop);
    await bringAll([...rows, ...parts]);
    // The stick with the answer was lost; the next parcel brings it all the same.
    desktop.create();
    const [outcome] = await bringAll((await pack(desktop)).rows.slice(-1));
    expect(await take(desktop, outcome)).toMatchObject([{ taken: { files: 1 } }]);
    desktop.create();
    const [next] = await bringAll((await pack(desktop)).rows);
    expect(await take(desktop, next)).toMatchObject([{ taken: { received: [3], files: 0 } }]);
    const { hash } = fileRow(desktop.service, id) ?? { hash: '' };
    desktop.service.files.store.markReceived(hash, null);
    const sticks = await pack(desktop);
    const [, again] = await bringAll([...sticks.rows, ...sticks.parts]);
    expect(await take(desktop, again)).toMatchObject([{ taken: { files: 1 } }]);
  });

  it('F4: a file that is damaged on the disk stays behind, and the others of its part go', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const asset = desktop.create();
    const [bad, good] = [photoBytes(20_000), photoBytes(25_000)];
    await attach(desktop.service, asset, { data: bad });
    await attach(desktop.service, asset, { data: good });
    const { store } = desktop.service.files;
    const read = store.read.bind(store);
    vi.spyOn(store, 'read').mockImplementation((hash, stretch) => {
      if (hash !== hashOf(bad)) return read(hash, stretch);
      desktop.register.connection.run('UPDATE stored_files SET place = ? WHERE hash = ?', ['00'.repeat(16), hash]);
      return read(hash, stretch);
    });
    const { rows, parts } = await pack(desktop);
    vi.restoreAllMocks();
    await bringAll([...rows, ...parts]);
    expect(await hashesAt()).toEqual([hashOf(good)]);
  });

  it('S8 X7: a file whose row was refused stays until a person has decided, and is counted so', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const data = photoBytes(20_000);
    await attach(desktop.service, desktop.create(), { data });
    await endpoint.store.database.transaction((connection) =>
      connection.query(`update people set role = 'auditeur' where ministry_id = $1`, [ministry]),
    );
    const { rows, parts } = await pack(desktop);
    const outcomes = await bringAll([...rows, ...parts]);
    expect(outcomes.at(-1)).toMatchObject({ state: 'refused', problem: 'not-described' });
    await take(desktop, outcomes.at(-1));
    expect(desktop.service.questions.getParcels({}).files).toMatchObject({
      local: { files: 0 },
      sent: { files: 0 },
      refused: { files: 1, bytes: data.length },
    });
    expect((await desktop.service.commands.makeParcel({ partSize: SMALL, withFiles: true })).plan).toBeUndefined();
  });

  it('S19 X4: an endpoint that came back from a backup tells of files anew, though it counts from an earlier place', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    const asset = desktop.create();
    for (const bytes of [20_000, 21_000]) await attach(desktop.service, asset, { data: photoBytes(bytes) });
    const before = await pack(desktop);
    await take(desktop, (await bringAll([...before.rows, ...before.parts])).at(-1));
    await endpoint.store.database.transaction(async (connection) => {
      for (const name of ['parcel_files', 'files', 'file_chunks']) {
        await connection.query(`delete from ${name} where ministry_id = $1`, [ministry]);
      }
    });
    await openNextEpoch(endpoint.store.database);
    const id = await attach(desktop.service, asset, { data: photoBytes(22_000) });
    const after = await pack(desktop);
    // Its parcel was made before it knew: it learns of the epoch, and is told of the file by the next answer.
    await take(desktop, (await bringAll([...after.rows, ...after.parts])).at(-1));
    expect(placeOf(desktop, id)).toBe('local');
    await take(desktop, (await bringAll((await pack(desktop)).rows)).at(-1));
    expect(placeOf(desktop, id)).toBe('received');
  });

  it('X1: a part of an earlier plan is asked for in vain, and says so', async () => {
    const desktop = await startIsolated(endpoint, { ministry });
    await attach(desktop.service, desktop.create(), { data: photoBytes(20_000) });
    const { plan } = await desktop.service.commands.makeParcel({ partSize: SMALL, withFiles: true });
    await desktop.service.commands.makeParcel({ partSize: SMALL, withFiles: true });
    await expect(desktop.service.commands.sealFilePart({ planId: plan?.planId ?? '', part: 1 })).rejects.toMatchObject({
      code: 'COMMAND_NOT_FOUND',
    });
  });
});
