import { randomBytes } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fileKey, readSealed, SealedWriter } from '../../../electron/data/files/sealed-file.ts';
import { sha256 } from '../../support/endpoint-files.ts';
import { temporaryDirectory } from '../../support/register.ts';

const MASTER = randomBytes(32);

async function write(path: string, place: string, data: Buffer, step: number) {
  const writer = await SealedWriter.create(path, place, fileKey(MASTER, place));
  for (let start = 0; start < data.length; start += step) await writer.write(data.subarray(start, start + step));
  return writer.finish();
}

it('F4: any stretch of a sealed file is what was written, however it was written', async () => {
  const directory = temporaryDirectory();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(300_000),
      fc.integer({ min: 1, max: 200_000 }),
      fc.nat(310_000),
      fc.nat(310_000),
      async (bytes, step, offset, length) => {
        number += 1;
        const [path, place, data] = [
          join(directory, String(number)),
          randomBytes(16).toString('hex'),
          randomBytes(bytes),
        ];
        const { hash } = await write(path, place, data, Math.max(step, Math.ceil(bytes / 50)));
        expect(hash).toBe(sha256(data));
        const read = readSealed(path, fileKey(MASTER, place), bytes, { offset, length });
        expect(read.equals(data.subarray(offset, offset + length))).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

it('F4: nothing of the content, nor the same bytes twice, is seen on the disk', async () => {
  const directory = temporaryDirectory();
  const data = Buffer.from('PREFECTURE DE COTONOU '.repeat(20_000));
  for (const name of ['one', 'other'])
    await write(join(directory, name), randomBytes(16).toString('hex'), data, 100_000);
  const [one, other] = ['one', 'other'].map((name) => readFileSync(join(directory, name)));
  expect(one?.includes('PREFECTURE')).toBe(false);
  expect(one?.subarray(0, 64).equals(other?.subarray(0, 64) ?? Buffer.alloc(0))).toBe(false);
});

describe('F4: what was changed on the disk is not opened', () => {
  const [data, place] = [randomBytes(200_000), randomBytes(16).toString('hex')];
  const read = (path: string, from = place) =>
    readSealed(path, fileKey(MASTER, from), data.length, { offset: 0, length: data.length });

  it.each([0, 40, 65_600, 199_000])('a byte at %i', async (at) => {
    const path = join(temporaryDirectory(), 'file');
    await write(path, place, data, data.length);
    const sealed = readFileSync(path);
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    writeFileSync(path, sealed);
    expect(() => read(path)).toThrow('damaged');
  });

  it('a missing end, two chunks that changed places, a file in the place of another, none at all', async () => {
    const path = join(temporaryDirectory(), 'file');
    await write(path, place, data, data.length);
    const sealed = readFileSync(path);
    const size = 64 * 1024 + 28;
    writeFileSync(
      path,
      Buffer.concat([sealed.subarray(size, 2 * size), sealed.subarray(0, size), sealed.subarray(2 * size)]),
    );
    expect(() => read(path)).toThrow('damaged');
    writeFileSync(path, sealed);
    expect(() => read(path, randomBytes(16).toString('hex'))).toThrow('damaged');
    expect(read(path).equals(data)).toBe(true);
    truncateSync(path, sealed.length - 1);
    expect(() => read(path)).toThrow('damaged');
    expect(() => read(`${path}-gone`)).toThrow('damaged');
  });
});

it('F2: a file that was begun goes on where its whole chunks end, and is the same in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(250_000), fc.nat(70_000), async (written, torn) => {
      const [path, place, data] = [
        join(temporaryDirectory(), 'file'),
        randomBytes(16).toString('hex'),
        randomBytes(260_000),
      ];
      const first = await SealedWriter.create(path, place, fileKey(MASTER, place));
      await first.write(data.subarray(0, written));
      await first.close();
      const size = readFileSync(path).length;
      // A power cut may leave the last chunk half written.
      truncateSync(path, Math.max(0, size - torn));
      const second = await SealedWriter.resume(path, place, fileKey(MASTER, place));
      expect(second.bytes).toBeLessThanOrEqual(written);
      expect(second.bytes).toBeGreaterThanOrEqual(Math.max(0, written - torn - 2 * 64 * 1024));
      await second.write(data.subarray(second.bytes));
      expect((await second.finish()).hash).toBe(sha256(data));
      expect(
        readSealed(path, fileKey(MASTER, place), data.length, { offset: 0, length: data.length }).equals(data),
      ).toBe(true);
    }),
    { numRuns: 15 },
  );
});
