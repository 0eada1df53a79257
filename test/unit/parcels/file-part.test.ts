import fc from 'fast-check';
import { type FilePiece, filePartStart, planFileParts, readFilePart } from '#shared/parcels/file-part.ts';
import { makeSealingIdentity, openSealed, sealStream } from '#shared/sealing/seal.ts';

const ID = '0198c000-0000-7000-8000-000000000001';
const hashOf = (at: number) => at.toString(16).padStart(64, '0');
const files = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 1, max: 2_000_000 })), { maxLength: 30 })
  .map((sizes) => sizes.map((bytes, at) => ({ fileId: ID, hash: hashOf(at), bytes })));

describe('the parts of a parcel with files', () => {
  it('X1 X2: every byte of every file is in the plan once, in order; no part is larger than was chosen; no small file is divided', () => {
    fc.assert(
      fc.property(files, fc.integer({ min: 100_000, max: 30_000_000 }), (given, partSize) => {
        const parts = planFileParts(given, partSize);
        const reached = new Map<string, number>();
        for (const pieces of parts) {
          expect(pieces.length).toBeGreaterThan(0);
          const start = filePartStart({ protocol: 1, deviceId: ID, number: 1, pieces: [...pieces] });
          const plain = pieces.reduce((sum, { length }) => sum + length, start.length);
          // What age adds: a header, and a tag for each 64 KiB.
          expect(plain + 300 + 16 * Math.ceil(plain / 65_536)).toBeLessThanOrEqual(partSize);
          for (const { hash, offset, length, bytes } of pieces) {
            expect(offset).toBe(reached.get(hash) ?? 0);
            expect(length).toBeGreaterThan(0);
            if (bytes < 90_000) expect(length).toBe(bytes);
            reached.set(hash, offset + length);
          }
        }
        expect(given.map(({ hash }) => reached.get(hash))).toEqual(given.map(({ bytes }) => bytes));
      }),
    );
  });

  it('X2: what is written is read back; what is cut, longer or of another form is nothing', () => {
    const contents = [new Uint8Array([1, 2, 3]), new Uint8Array([4])];
    const pieces: FilePiece[] = [
      { fileId: ID, hash: hashOf(1), bytes: 3, offset: 0, length: 3 },
      { fileId: ID, hash: hashOf(2), bytes: 9, offset: 4, length: 1 },
    ];
    const header = { protocol: 1, deviceId: ID, number: 2, pieces };
    const write = (of: Parameters<typeof filePartStart>[0]) =>
      new Uint8Array([...filePartStart(of), ...contents.flatMap((content) => [...content])]);
    const whole = write(header);
    expect(readFilePart(whole)).toEqual({ ...header, contents });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (end) => {
        expect(readFilePart(whole.slice(0, end))).toBeUndefined();
      }),
    );
    expect(readFilePart(new Uint8Array([...whole, 0]))).toBeUndefined();
    for (const wrong of [{ offset: 9 }, { length: 0 }, { bytes: 0 }, { hash: 'x' }]) {
      const [first, second] = pieces as [FilePiece, FilePiece];
      expect(readFilePart(write({ ...header, pieces: [first, { ...second, ...wrong }] }))).toBeUndefined();
    }
  });

  it('X1: bytes that are sealed as they come are opened as one; a source that fails seals nothing', async () => {
    const { secret, recipient } = await makeSealingIdentity();
    const pieces = [100_000, 65_536, 1].map((length, at) => new Uint8Array(length).fill(at + 1));
    async function* source(isBroken: boolean) {
      yield* pieces;
      if (isBroken) throw new RangeError('the disk');
    }
    const opened = await openSealed(await sealStream(source(false), recipient), secret);
    expect(Buffer.from(opened).equals(Buffer.concat(pieces))).toBe(true);
    await expect(sealStream(source(true), recipient)).rejects.toThrow('the disk');
  });
});
