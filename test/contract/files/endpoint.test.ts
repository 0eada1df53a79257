import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { vi } from 'vitest';
import { FILE_PATHS, TUS } from '#shared/protocol/files.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createApp } from '../../../server/app.ts';
import { DEFAULT_CONFIG } from '../../../server/config.ts';
import { asMinistry } from '../../../server/store/scope.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { DATABASES } from '../../support/endpoint-database.ts';
import type { TestDevice } from '../../support/endpoint-device.ts';
import { announceFile, TestUploads } from '../../support/endpoint-files.ts';

describe.each(DATABASES)('files over $name', (database) => {
  let endpoint: TestEndpoint;
  let device: TestDevice;
  let uploads: TestUploads;

  beforeAll(async () => {
    endpoint = await startEndpoint({ database });
    device = await endpoint.enrol();
    uploads = new TestUploads(endpoint.address, device);
  });
  afterAll(() => endpoint.stop());

  async function countChunks(): Promise<number> {
    const rows = await asMinistry(endpoint.store.database, device.ministry.id, (connection) =>
      connection.query('select 1 from file_chunks'),
    );
    return rows.length;
  }

  it('F2: the endpoint says which tus it speaks, and speaks no other', async () => {
    const authorization = `Bearer ${device.token}`;
    const options = await fetch(`${endpoint.address}${FILE_PATHS.uploads}`, {
      method: 'OPTIONS',
      headers: { authorization },
    });
    expect(options.status).toBe(204);
    expect(options.headers.get('tus-extension')).toContain('creation');
    const other = await fetch(`${endpoint.address}${FILE_PATHS.uploads}`, {
      method: 'POST',
      headers: { authorization, 'tus-resumable': '0.2.2' },
    });
    expect([other.status, other.headers.get('tus-version')]).toEqual([412, TUS.version]);
  });

  it('F2: an upload that is cut anywhere goes on at the byte, and the file is the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 900_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
        async (bytes, cuts) => {
          const file = await announceFile(device, bytes);
          expect((await uploads.create(file)).offset).toBe(0);
          for (const cut of cuts) {
            const { offset } = await uploads.head(file);
            if (offset === bytes) break;
            const rest = file.data.subarray(offset);
            const sent = Math.floor(cut * (rest.length - 1));
            await uploads.cutPatch(file, offset, rest, sent);
            await vi.waitFor(async () => expect((await uploads.head(file)).offset).toBe(offset + sent));
          }
          const { offset } = await uploads.head(file);
          const last = await uploads.patch(file, offset, file.data.subarray(offset));
          expect([last.status, last.offset]).toEqual([204, bytes]);
          const { data } = await uploads.get(file.hash);
          expect(data.equals(file.data)).toBe(true);
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it('F2: bytes that are not those of the hash are dropped whole, and the right ones are taken after them', async () => {
    const file = await announceFile(device, 300_000);
    const before = await countChunks();
    await uploads.create(file);
    const wrong = Buffer.from(file.data);
    wrong[1234] = (wrong[1234] ?? 0) ^ 1;
    expect((await uploads.patch(file, 0, wrong)).status).toBe(TUS.mismatch);
    expect(await countChunks()).toBe(before);
    expect((await uploads.get(file.hash)).status).toBe(404);
    expect((await uploads.head(file)).status).toBe(404);
    expect((await uploads.create(file, { body: file.data })).offset).toBe(300_000);
    expect((await uploads.get(file.hash)).status).toBe(200);
  });

  it('F2: a piece with a wrong checksum adds nothing; with the right one it does', async () => {
    const file = await announceFile(device, 2000);
    await uploads.create(file);
    const first = file.data.subarray(0, 1000);
    const sum = (data: Buffer) => `sha256 ${createHash('sha256').update(data).digest('base64')}`;
    const refused = await uploads.patch(file, 0, first, { 'upload-checksum': sum(file.data) });
    expect(refused.status).toBe(TUS.mismatch);
    expect((await uploads.head(file)).offset).toBe(0);
    expect((await uploads.patch(file, 0, first, { 'upload-checksum': sum(first) })).offset).toBe(1000);
  });

  it('F2: a piece that begins elsewhere, is too much, or is of an upload nobody began is refused', async () => {
    const file = await announceFile(device, 2000);
    expect((await uploads.patch(file, 0, file.data)).status).toBe(404);
    await uploads.create(file);
    expect((await uploads.patch(file, 1, file.data.subarray(1))).status).toBe(409);
    expect((await uploads.patch(file, 0, Buffer.concat([file.data, Buffer.from('x')]))).status).toBe(413);
    expect((await uploads.head(file)).offset).toBe(0);
  });

  it('F1: nothing is taken whose metadata did not come first, or describes another file', async () => {
    const file = await announceFile(device, 500);
    const unknown = { ...file, id: '0198a000-0000-7000-8000-00000000dead' };
    expect((await uploads.create(unknown)).status).toBe(404);
    expect((await uploads.create({ ...file, hash: 'f'.repeat(64) })).status).toBe(400);
    expect((await uploads.create(file, { length: 501 })).status).toBe(400);
    expect((await uploads.create({ ...file, hash: 'no hash' })).status).toBe(400);
  });

  it('F1: a file that the ministry has is not sent a second time, by whichever device', async () => {
    const file = await announceFile(device, 5000);
    await uploads.create(file, { body: file.data });
    const colleague = new TestUploads(endpoint.address, await endpoint.enrol());
    expect((await colleague.create(file)).offset).toBe(5000);
    expect(await colleague.known([file.hash, '0'.repeat(64)])).toEqual({ known: [file.hash] });
  });

  it('F1: two devices that send one file at the same time both end with it, kept once', async () => {
    const file = await announceFile(device, 400_000);
    const colleague = new TestUploads(endpoint.address, await endpoint.enrol());
    const before = await countChunks();
    await Promise.all([uploads.create(file), colleague.create(file)]);
    const answers = await Promise.all([uploads.patch(file, 0, file.data), colleague.patch(file, 0, file.data)]);
    expect(answers.map(({ status, offset }) => [status, offset])).toEqual([
      [204, 400_000],
      [204, 400_000],
    ]);
    expect((await countChunks()) - before).toBe(2);
  });

  it('F5: a file of another ministry is unknown, to be read, asked about, gone on with or found by its hash', async () => {
    const file = await announceFile(device, 3000);
    await uploads.create(file, { body: file.data });
    const begun = await announceFile(device, 3000);
    await uploads.create(begun);
    const stranger = new TestUploads(endpoint.address, await endpoint.enrol((await endpoint.addMinistry()).acronym));
    expect((await stranger.get(file.hash)).status).toBe(404);
    expect(await stranger.known([file.hash])).toEqual({ known: [] });
    expect((await stranger.create(file)).status).toBe(404);
    expect((await stranger.head(begun)).status).toBe(404);
    expect((await stranger.patch(begun, 0, begun.data)).status).toBe(404);
  });

  it.each(['files', 'file_uploads', 'file_chunks'])(
    'F5: raw SQL of another ministry sees no row of %s',
    async (table) => {
      const whole = await announceFile(device, 10);
      await uploads.create(whole, { body: whole.data });
      await uploads.create(await announceFile(device, 10));
      const { id } = await endpoint.addMinistry();
      const seen = (ministryId: string) =>
        asMinistry(endpoint.store.database, ministryId, (connection) => connection.query(`select 1 from ${table}`));
      expect(await seen(id)).toEqual([]);
      expect(await seen(device.ministry.id)).not.toEqual([]);
    },
  );

  it('F2: any range of a file is those bytes of it', async () => {
    const file = await announceFile(device, 700_000);
    await uploads.create(file, { body: file.data.subarray(0, 100) });
    await uploads.patch(file, 100, file.data.subarray(100));
    await fc.assert(
      fc.asyncProperty(fc.nat(699_999), fc.nat(699_999), async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const { status, data } = await uploads.get(file.hash, `bytes=${start}-${end}`);
        expect(status).toBe(206);
        expect(data.equals(file.data.subarray(start, end + 1))).toBe(true);
      }),
      { numRuns: 15 },
    );
    const rest = await uploads.get(file.hash, 'bytes=699990-');
    expect([rest.headers.get('content-range'), rest.data.length]).toEqual(['bytes 699990-699999/700000', 10]);
    expect((await uploads.get(file.hash, 'bytes=700000-')).status).toBe(416);
  });

  it('E1: an upload that one instance began goes on at another, and a third one serves it', async () => {
    const options = {
      store: endpoint.store,
      collections: COLLECTIONS,
      config: DEFAULT_CONFIG,
      clock: () => new Date(),
      log: false,
    } as const;
    const apps = await Promise.all([createApp(options), createApp(options)]);
    const [second, third] = await Promise.all(apps.map((app) => app.listen({ host: '127.0.0.1', port: 0 })));
    const file = await announceFile(device, 10_000);
    await uploads.create(file, { body: file.data.subarray(0, 4000) });
    const elsewhere = new TestUploads(second ?? '', device);
    expect((await elsewhere.head(file)).offset).toBe(4000);
    expect((await elsewhere.patch(file, 4000, file.data.subarray(4000))).status).toBe(204);
    const { data } = await new TestUploads(third ?? '', device).get(file.hash);
    expect(data.equals(file.data)).toBe(true);
    await Promise.all(apps.map((app) => app.close()));
  });
});
