import { type Static, Type } from 'typebox';
import { Id, Instant, Line } from '../schema/collection.ts';
import { Epoch } from './replication.ts';

/**
 * A ministry's rows up to a sequence, as one file (SPEC S20): a line with the head and the endpoint's signature over it,
 * then the chunks that the head lists, one after another. The same bytes travel by network, resumed at any of them, and on
 * a stick.
 */
export const SNAPSHOT_PATHS = {
  /** The newest, made now where there is none yet. 404 where the rows fit into one exchange. */
  latest: '/v1/snapshot',
  /** One that was begun: 404 once it is gone. */
  byId: '/v1/snapshot/:id',
} as const;

export const SNAPSHOT_FORMAT = 'registre-snapshot';
export const SNAPSHOT_VERSION = 1;

/** Rows of one chunk at the most. */
export const MAX_CHUNK_ROWS = 5000;
/** Bytes of one chunk at the most, once it is open: one that is larger is refused before it fills the memory. */
export const MAX_CHUNK_TEXT = 64 * 1024 * 1024;
/** Bytes of the first line at the most. */
export const MAX_HEAD_BYTES = 4 * 1024 * 1024;

export const SnapshotChunk = Type.Object({
  collection: Line(40),
  rows: Type.Integer({ minimum: 1, maximum: MAX_CHUNK_ROWS }),
  /** As it lies in the file: brotli over JSON, see `snapshot/chunk.ts`. */
  bytes: Type.Integer({ minimum: 1, maximum: MAX_CHUNK_TEXT }),
  /** Of these bytes, base64url. */
  sha256: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
});
export type SnapshotChunk = Static<typeof SnapshotChunk>;

/** A newer endpoint may add fields. */
export const SnapshotHead = Type.Object({
  id: Id,
  ministryId: Id,
  /** Whoever has the snapshot asks for what came after this sequence. */
  seq: Type.Integer({ minimum: 1 }),
  /** Of its sequences (SPEC S19). */
  epoch: Epoch,
  madeAt: Instant,
  chunks: Type.Array(SnapshotChunk),
});
export type SnapshotHead = Static<typeof SnapshotHead>;

/** The first line of the file. */
export const SnapshotOpening = Type.Object({
  format: Type.Literal(SNAPSHOT_FORMAT),
  version: Type.Integer({ minimum: 1 }),
  /** JSON of `SnapshotHead`, as it was signed. */
  head: Type.String({ maxLength: MAX_HEAD_BYTES }),
  /** Ed25519 over `snapshotText`, base64url. */
  signature: Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' }),
});
export type SnapshotOpening = Static<typeof SnapshotOpening>;

/** What the endpoint signs: the head alone, as it holds the hash of every chunk. */
export function snapshotText(head: string): string {
  return `registre snapshot\n${head}`;
}

export function countRows({ chunks }: SnapshotHead): number {
  return chunks.reduce((sum, { rows }) => sum + rows, 0);
}

/** Bytes of the chunks: the file without its first line. */
export function countChunkBytes({ chunks }: SnapshotHead): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes, 0);
}
