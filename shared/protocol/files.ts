import { type Static, Type } from 'typebox';

import { ContentHash } from '../schema/file.ts';

/**
 * Files between a desktop and the endpoint: the bytes of what the rows of `files` describe. Uploads follow tus 1.0
 * (creation, creation-with-upload, checksum): https://tus.io/protocols/resumable-upload. What was sent before a cut is
 * kept, and the sender goes on at the byte (SPEC F2). An upload is named by the hash of its file, for one device, so that
 * a lost answer loses nothing.
 */
export const FILE_PATHS = {
  /** POST: which of these files the endpoint has. */
  known: '/v1/files/known',
  /** GET, with `Range`. */
  file: '/v1/files/:hash',
  /** OPTIONS, POST. */
  uploads: '/v1/uploads',
  /** HEAD, PATCH. */
  upload: '/v1/uploads/:hash',
} as const;

export const TUS = {
  version: '1.0.0',
  extensions: 'creation,creation-with-upload,checksum',
  checksums: 'sha256',
  mediaType: 'application/offset+octet-stream',
  /** Status of a checksum, or of a whole file, that is not what was announced. */
  mismatch: 460,
} as const;

/** Most bytes of one PATCH. */
export const MAX_PIECE_BYTES = 1024 * 1024;

/** Most files asked about at once. */
export const MAX_FILES_ASKED = 500;

export const KnownFilesRequest = Type.Object(
  { hashes: Type.Array(ContentHash, { minItems: 1, maxItems: MAX_FILES_ASKED }) },
  { additionalProperties: false },
);
export type KnownFilesRequest = Static<typeof KnownFilesRequest>;

export const KnownFilesAnswer = Type.Object({ known: Type.Array(ContentHash) });
export type KnownFilesAnswer = Static<typeof KnownFilesAnswer>;
