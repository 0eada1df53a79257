import { type Static, type TSchema, Type } from 'typebox';
import { Id, Line, Word } from '../schema/collection.ts';

import { ContentHash, FILE_KINDS, RegisterFile } from '../schema/file.ts';

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

// ---- between a window and the data process --------------------------------------------------------------------------

/** What there is of a file: its bytes, and for a photo a small picture of it. */
export const FILE_PARTS = ['file', 'thumbnail'] as const;
export type FilePart = (typeof FILE_PARTS)[number];

/** Most bytes of one message. */
export const MAX_MESSAGE_BYTES = 256 * 1024;
/** Most files of an asset asked about at once. */
const MAX_STATES_ASKED = 500;

const Closed = { additionalProperties: false } as const;

export const FILE_COMMANDS = {
  /** Opens a place for bytes that come piece by piece; nobody sees them until they are attached. */
  openStage: Type.Object({}, Closed),
  writeStage: Type.Object({ stageId: Id, bytes: Type.Unsafe<Uint8Array>({}) }, Closed),
  dropStage: Type.Object({ stageId: Id }, Closed),
  /** What was staged becomes a file of the asset. A photo was made smaller before, and has its thumbnail (SPEC F3). */
  attachFile: Type.Object(
    {
      assetId: Id,
      kind: Word(FILE_KINDS),
      name: Line(200),
      stageId: Id,
      thumbnailStageId: Type.Optional(Id),
      width: RegisterFile.properties.width,
      height: RegisterFile.properties.height,
      original: RegisterFile.properties.original,
    },
    Closed,
  ),
  /** Takes a file off its asset; it stays in the register. */
  retireFile: Type.Object({ id: Id }, Closed),
  restoreFile: Type.Object({ id: Id }, Closed),
  /** Fetches a file from the endpoint, before anything that nobody waits for. Answers at once; `files` events tell the rest. */
  fetchFile: Type.Object({ id: Id }, Closed),
} as const satisfies Record<string, TSchema>;

export type FileCommandOutput = {
  openStage: { readonly stageId: string };
  writeStage: null;
  dropStage: null;
  attachFile: { readonly id: string };
  retireFile: null;
  restoreFile: null;
  fetchFile: null;
};

export const FILE_QUESTIONS = {
  /** Where these files are. Asking for a thumbnail that is not here fetches it. */
  getFileStates: Type.Object({ ids: Type.Array(Id, { maxItems: MAX_STATES_ASKED }) }, Closed),
  /** Bytes of a file on this desktop; fewer than asked for at its end. */
  readFileBytes: Type.Object(
    {
      id: Id,
      part: Word(FILE_PARTS),
      offset: Type.Integer({ minimum: 0 }),
      length: Type.Integer({ minimum: 1, maximum: MAX_MESSAGE_BYTES }),
    },
    Closed,
  ),
  getFilesState: Type.Object({}, Closed),
} as const satisfies Record<string, TSchema>;

/**
 * `local`: on this desktop only. `received`: here and at the endpoint. `remote`: at the endpoint, not here.
 * `awaited`: wanted, on its way or not there yet.
 */
export type FilePlace = 'local' | 'received' | 'remote' | 'awaited';
export type FileState = {
  readonly place: FilePlace;
  readonly hasThumbnail: boolean;
  /** Of a `local` one: the last parcel that it left with (SPEC X7). */
  readonly parcel?: number;
};

export type FilesState = {
  /** Kept on this desktop. */
  readonly stored: { readonly files: number; readonly bytes: number };
  /** Of these, what the endpoint does not have. */
  readonly waiting: { readonly files: number; readonly bytes: number };
  /** What travels now. */
  readonly active?: {
    readonly fileId: string;
    readonly direction: 'up' | 'down';
    readonly done: number;
    readonly total: number;
  };
  /** Rises with every change of where a file is. */
  readonly revision: number;
};

export type FileQuestionOutput = {
  getFileStates: Readonly<Record<string, FileState>>;
  readFileBytes: Uint8Array;
  getFilesState: FilesState;
};
