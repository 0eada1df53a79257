import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { Id } from '../schema/collection.ts';
import { ContentHash, MAX_FILE_BYTES } from '../schema/file.ts';

/** Bytes of files in a parcel (SPEC X1): each part is sealed, signed and taken alone, so that no more than one is in memory. */

/** Largest part, bytes: what a cut costs whoever carries it over a bad line. A stick takes as many as it holds. */
export const MAX_FILE_PART = 10_000_000;

/** What a part adds to the bytes: its own lines, and the seal's (16 bytes for each 64 KiB). */
const PART_COST = 2048;
const PIECE_COST = 256;
/** Fewer bytes of a file than this do not begin it at the end of a part. */
const WORTH_A_PIECE = 16_384;
const SEAL_SHARE = 1 / 4096;

const Size = Type.Integer({ minimum: 1, maximum: MAX_FILE_BYTES });

/** A stretch of one file, or all of it. */
export const FilePiece = Type.Object(
  {
    /** The row of `files` that describes it. */
    fileId: Id,
    hash: ContentHash,
    /** Of the whole file. */
    bytes: Size,
    offset: Type.Integer({ minimum: 0, maximum: MAX_FILE_BYTES }),
    length: Size,
  },
  { additionalProperties: false },
);
export type FilePiece = Static<typeof FilePiece>;

const Header = Type.Object(
  {
    protocol: Type.Integer({ minimum: 1 }),
    /** Again what the head says, as in the body of rows. */
    deviceId: Id,
    number: Type.Integer({ minimum: 1 }),
    pieces: Type.Array(FilePiece),
  },
  { additionalProperties: false },
);
export type FilePartHeader = Static<typeof Header>;

export type FilePart = FilePartHeader & {
  /** Of each piece, in their order. */
  readonly contents: readonly Uint8Array[];
};

/** Which piece goes into which part: whole files where they fit, in the order given, none above `partSize` bytes. */
export function planFileParts(
  files: readonly Pick<FilePiece, 'fileId' | 'hash' | 'bytes'>[],
  partSize: number,
): readonly (readonly FilePiece[])[] {
  const room = Math.floor(Math.min(partSize, MAX_FILE_PART) * (1 - SEAL_SHARE)) - PART_COST;
  const parts: FilePiece[][] = [];
  let left = 0;
  for (const { fileId, hash, bytes } of files) {
    // A file that an empty part takes whole is not divided; one that is divided begins where there is room.
    const smallest = bytes + PIECE_COST <= room ? bytes : Math.min(bytes, WORTH_A_PIECE);
    for (let offset = 0; offset < bytes; ) {
      if (left < Math.min(smallest, bytes - offset) + PIECE_COST) {
        parts.push([]);
        left = room;
      }
      const length = Math.min(bytes - offset, left - PIECE_COST);
      parts.at(-1)?.push({ fileId, hash, bytes, offset, length });
      left -= length + PIECE_COST;
      offset += length;
    }
  }
  return parts;
}

/** What a part begins with: a line of JSON. The bytes of its pieces follow, one after the other. */
export function filePartStart({ protocol, deviceId, number, pieces }: FilePartHeader): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ protocol, deviceId, number, pieces })}\n`);
}

/** What was opened, checked; nothing where it has not this form. */
export function readFilePart(opened: Uint8Array): FilePart | undefined {
  const end = opened.indexOf(10);
  const header = end < 0 ? undefined : parse(new TextDecoder().decode(opened.subarray(0, end)));
  if (!Value.Check(Header, header)) return undefined;
  const contents: Uint8Array[] = [];
  let at = end + 1;
  for (const { bytes, offset, length } of header.pieces) {
    if (offset + length > bytes || at + length > opened.length) return undefined;
    contents.push(opened.subarray(at, at + length));
    at += length;
  }
  return at === opened.length ? { ...header, contents } : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
