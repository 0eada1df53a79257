import { type Static, Type } from 'typebox';
import { ROLES } from '../domain/roles.ts';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Instant, Line, Word } from './collection.ts';

export const FILE_KINDS = ['photo', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What may be attached, as its first bytes tell: never by its name. */
export const MEDIA_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Most bytes of one document. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024;
/** Most bytes of a photo once it was made smaller. */
export const MAX_PHOTO_BYTES = 4 * 1024 * 1024;
/** Most bytes of a thumbnail. */
export const MAX_THUMBNAIL_BYTES = 40 * 1024;

/** SHA-256 of a file's bytes, in lower-case hexadecimal: what the file is (SPEC F1). */
export const ContentHash = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9a-f]{64}$' });

const Content = (maximum: number) =>
  Type.Object({ hash: ContentHash, bytes: Type.Integer({ minimum: 1, maximum }) }, { additionalProperties: false });

const Person = { personId: Id, name: Line(150), role: Word(ROLES) } as const;

/** What is known of a file that is attached to an asset. Its bytes travel apart (SPEC F1). */
export const RegisterFile = Document({
  assetId: Id,
  kind: Word(FILE_KINDS),
  /** As its author's disk named it. */
  name: Line(200),
  mediaType: Word(MEDIA_TYPES),
  /** Of the bytes that are kept. */
  hash: ContentHash,
  bytes: Type.Integer({ minimum: 1, maximum: MAX_FILE_BYTES }),
  /** Pixels, of a photo. */
  width: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  height: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  /** What the photo was before it was made smaller (SPEC F3); these bytes are kept nowhere. */
  original: Type.Optional(Content(Number.MAX_SAFE_INTEGER)),
  thumbnail: Type.Optional(Content(MAX_THUMBNAIL_BYTES)),
  addedAt: Instant,
  author: Type.Object(Person, { additionalProperties: false }),
  deviceId: Id,
  /** Taken off the asset: shown no more, never erased. */
  removed: Type.Optional(Type.Object({ at: Instant, ...Person }, { additionalProperties: false })),
});
export type RegisterFile = Static<typeof RegisterFile>;

export const files = {
  name: 'files',
  version: 0,
  document: RegisterFile,
  indexes: [['assetId', 'addedAt'], ['addedAt']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
