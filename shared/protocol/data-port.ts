import { type Static, type TSchema, Type } from 'typebox';
import { ActInput, MAX_ACT_ASSETS } from '../domain/act.ts';
import { AssetChanges, AssetDraft, INITIAL_STATUSES } from '../domain/asset.ts';
import type { ErrorData } from '../domain/errors.ts';
import type { ChainProblem } from '../domain/journal-chain.ts';
import type { Role } from '../domain/roles.ts';
import type { PaperRequest } from '../papers/request.ts';
import {
  ACQUISITION_MODES,
  type Asset,
  HOLDER_KINDS,
  PHYSICAL_STATES,
  SERIAL_ABSENCE_REASONS,
} from '../schema/asset.ts';
import { Id, Instant, Line, Word } from '../schema/collection.ts';
import { LIST_QUESTIONS, type ListQuestionOutput, MAX_FOUND } from './asset-list.ts';
import { DASHBOARD_QUESTIONS, type DashboardQuestionOutput } from './dashboard.ts';
import {
  FILE_COMMANDS,
  FILE_QUESTIONS,
  type FileCommandOutput,
  type FileQuestionOutput,
  type FilesState,
} from './files.ts';
import { FLEET_QUESTIONS, type FleetQuestionOutput } from './fleet.ts';
import {
  LICENCE_KEY_COMMANDS,
  LICENCE_KEY_QUESTIONS,
  type LicenceKeyCommandOutput,
  type LicenceKeyQuestionOutput,
} from './licence-keys.ts';
import { LINK_COMMANDS, LINK_QUESTIONS, type LinkCommandOutput, type LinkQuestionOutput } from './links.ts';
import { PAPER_COMMANDS, PAPER_QUESTIONS, type PaperCommandOutput, type PaperQuestionOutput } from './papers.ts';
import {
  PARCEL_COMMANDS,
  PARCEL_QUESTIONS,
  type ParcelCommandOutput,
  type ParcelQuestionOutput,
} from './parcel-port.ts';
import { REFERENCE_DATA_COMMANDS, type ReferenceDataCommandOutput } from './reference-data.ts';
import { REVIEW_COMMANDS, REVIEW_QUESTIONS, type ReviewCommandOutput, type ReviewQuestionOutput } from './reviews.ts';
import { type LoadProgress, SNAPSHOT_COMMANDS, type SnapshotCommandOutput } from './snapshot-port.ts';
import {
  TRAFFIC_COMMANDS,
  TRAFFIC_QUESTIONS,
  type TrafficCommandOutput,
  type TrafficPause,
  type TrafficQuestionOutput,
} from './traffic.ts';
import {
  TRANSFER_COMMANDS,
  TRANSFER_QUESTIONS,
  type TransferCommandOutput,
  type TransferQuestionOutput,
} from './transfers.ts';

import { VIEW_COMMANDS, type ViewCommandOutput } from './views.ts';

/**
 * The boundary between a window and the data process: one MessagePort, three kinds of requests.
 * Every message is checked against this file before it is dispatched (SPEC P1); what is not listed is refused.
 */

// ---- commands: the only way a window writes (SPEC A1) ------------------------------------------------------------

/** How a column of a table feeds a field of the asset: header → field, or not at all. */
export const ImportMapping = Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 40 }));
export type ImportMapping = Readonly<Record<string, string>>;

/** Values for what the files do not say, chosen once in the wizard. */
export const ImportDefaults = Type.Object(
  {
    structureId: Id,
    siteId: Id,
    status: Word(INITIAL_STATUSES),
    physicalState: Word(PHYSICAL_STATES),
    holderKind: Word(HOLDER_KINDS),
    acquisitionMode: Word(ACQUISITION_MODES),
    typeCode: Type.Optional(Line(8)),
  },
  { additionalProperties: false },
);
export type ImportDefaults = Static<typeof ImportDefaults>;

export const COMMANDS = {
  createAsset: Type.Object({ draft: AssetDraft, status: Word(INITIAL_STATUSES) }, { additionalProperties: false }),
  /** A series of equal assets that came together: one act of entry, on all of them or on none. */
  createSeries: Type.Object(
    {
      draft: Type.Omit(AssetDraft, ['serialNumber', 'serialAbsenceReason']),
      status: Word(INITIAL_STATUSES),
      /** One per asset; `null` where the serial is illegible or absent. */
      serialNumbers: Type.Array(Type.Union([Line(100), Type.Null()]), { minItems: 1, maxItems: MAX_ACT_ASSETS }),
      serialAbsenceReason: Type.Optional(Word(SERIAL_ABSENCE_REASONS)),
      documentNumber: Type.Optional(Line(100)),
    },
    { additionalProperties: false },
  ),
  updateAsset: Type.Object(
    { id: Id, changes: AssetChanges, reason: Type.Optional(Line(1000)) },
    { additionalProperties: false },
  ),
  /** The same changes on many assets: all of them or none, as one act. */
  updateAssets: Type.Object(
    {
      ids: Type.Array(Id, { minItems: 1, maxItems: MAX_ACT_ASSETS, uniqueItems: true }),
      changes: AssetChanges,
      reason: Type.Optional(Line(1000)),
    },
    { additionalProperties: false },
  ),
  /** Two records of one thing become one; `changes` are the values that the kept one takes over. */
  mergeAssets: Type.Object(
    { keepId: Id, otherId: Id, changes: AssetChanges, reason: Line(1000) },
    { additionalProperties: false },
  ),
  /** All of it or nothing: the first asset that cannot is named with what is possible. */
  performAct: ActInput,
  /** Takes back an act as a whole by a counter-entry, where nothing came after it on the fields it changed. */
  undoAct: Type.Object({ actId: Id }, { additionalProperties: false }),
  ...FILE_COMMANDS,
  ...LICENCE_KEY_COMMANDS,
  ...LINK_COMMANDS,
  ...PAPER_COMMANDS,
  ...VIEW_COMMANDS,
  ...SNAPSHOT_COMMANDS,
  ...TRANSFER_COMMANDS,
  ...TRAFFIC_COMMANDS,
  ...PARCEL_COMMANDS,
  ...REFERENCE_DATA_COMMANDS,
  ...REVIEW_COMMANDS,
  /** Reads files and says what would be created. Writes nothing. Called again when the mapping or defaults change. */
  previewImport: Type.Object(
    {
      files: Type.Array(Type.Object({ name: Line(255), bytes: Type.Unsafe<Uint8Array>({}) }), {
        minItems: 1,
        maxItems: 5000,
      }),
      mapping: Type.Optional(ImportMapping),
      defaults: ImportDefaults,
    },
    { additionalProperties: false },
  ),
  /** Creates what the preview showed. Progress comes as `import` events. */
  commitImport: Type.Object({ previewId: Id }, { additionalProperties: false }),
  /** Stops a running commit after the batch in flight; what was created stays and is counted in the answer. */
  cancelImport: Type.Object({ previewId: Id }, { additionalProperties: false }),
  /** Enrols this desktop with an endpoint by a one-time code. */
  enrol: Type.Object({ server: Line(500), code: Line(40), deviceName: Line(100) }, { additionalProperties: false }),
  /** Checks the whole journal; progress comes as `journal-check` events. A second call replaces the first. */
  verifyJournal: Type.Object({}, { additionalProperties: false }),
  /** Ends a running check; it answers with what it has. */
  cancelJournalCheck: Type.Object({}, { additionalProperties: false }),
  /** Tries an exchange now, whatever the schedule says. */
  syncNow: Type.Object({}, { additionalProperties: false }),
} as const satisfies Record<string, TSchema>;

export type CommandName = keyof typeof COMMANDS;
/** Changes of assets cannot be inferred from their schema, which is made of that of the asset. */
type EditInput = {
  readonly updateAsset: { readonly id: string; readonly changes: AssetChanges; readonly reason?: string };
  readonly updateAssets: { readonly ids: readonly string[]; readonly changes: AssetChanges; readonly reason?: string };
  readonly mergeAssets: {
    readonly keepId: string;
    readonly otherId: string;
    readonly changes: AssetChanges;
    readonly reason: string;
  };
};
export type CommandInput<Name extends CommandName> = Name extends keyof EditInput
  ? EditInput[Name]
  : Name extends 'issuePaper'
    ? PaperRequest
    : Static<(typeof COMMANDS)[Name]>;

/** One line of an import preview. */
export type ImportLine = {
  /** File and place in it: line of a CSV, or path inside a JSON document. */
  readonly file: string;
  readonly line?: number;
  readonly outcome: 'create' | 'existing' | 'invalid';
  readonly draft: Partial<AssetDraft>;
  /** Why it is invalid (`{field, problem}`) or which asset already has this serial. */
  readonly problems?: readonly { readonly field?: string; readonly problem: string }[];
  readonly existing?: { readonly id: string; readonly reference: string };
};

/** A file, or a place in it, that cannot be used at all. */
export type ImportFileProblem = {
  readonly file: string;
  readonly problem: 'not-text' | 'not-json' | 'not-inventory' | 'empty' | 'bad-csv' | 'too-large' | 'unknown-format';
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer of the offending place. */
  readonly path?: string;
  readonly detail?: string;
};

export type ImportPreview = {
  readonly previewId: string;
  /** `inventory` files need no mapping; a `table` shows its columns, a proposed mapping and sample values. */
  readonly columns?: readonly {
    readonly header: string;
    readonly samples: readonly string[];
    readonly field?: string;
  }[];
  readonly counts: { readonly create: number; readonly existing: number; readonly invalid: number };
  /** The first 200 lines, those with problems first; counts are over all. */
  readonly lines: readonly ImportLine[];
  readonly fileProblems: readonly ImportFileProblem[];
};

export type JournalProgress = { readonly done: number; readonly total: number };

export type JournalCheck = {
  readonly devices: readonly {
    readonly deviceId: string;
    readonly entries: number;
    /** Entries before the first signed one come from the first version of the program. */
    readonly signed: number;
    /** Where the journal of this device stops being proven. */
    readonly firstBad?: {
      readonly id: string;
      readonly assetId: string;
      readonly deviceSequence: number;
      readonly problem: ChainProblem;
    };
  }[];
  readonly entries: number;
  readonly cancelled: boolean;
};

export type ImportProgress = { readonly previewId: string; readonly done: number; readonly total: number };

export type CommandOutput = TrafficCommandOutput &
  PaperCommandOutput &
  FileCommandOutput &
  LicenceKeyCommandOutput &
  LinkCommandOutput &
  ViewCommandOutput &
  SnapshotCommandOutput &
  TransferCommandOutput &
  ParcelCommandOutput &
  ReferenceDataCommandOutput &
  ReviewCommandOutput & {
    createAsset: { readonly id: string; readonly reference: string };
    createSeries: {
      readonly actId: string;
      readonly assets: readonly { readonly id: string; readonly reference: string }[];
    };
    updateAsset: { readonly changed: number };
    /** `changed` counts the assets that differ: one that had these values already has no entry. */
    updateAssets: { readonly actId: string; readonly changed: number };
    mergeAssets: { readonly actId: string; readonly changed: number };
    performAct: { readonly actId: string; readonly changed: number };
    undoAct: { readonly actId: string; readonly changed: number };
    previewImport: ImportPreview;
    /** `existing` lines were not created: their serial came into the register after the preview. */
    commitImport: {
      readonly importId: string;
      readonly created: number;
      readonly existing: number;
      readonly cancelled: boolean;
    };
    cancelImport: null;
    verifyJournal: JournalCheck;
    cancelJournalCheck: null;
    enrol: Identity;
    syncNow: SyncState;
  };

// ---- questions: answered by SQL, never by pulling documents into the window ---------------------------------------

/** Most entries asked about at once. */
export const MAX_ENTRIES_ASKED = 500;

export const QUESTIONS = {
  ...LIST_QUESTIONS,
  ...DASHBOARD_QUESTIONS,
  /** A stretch of the register as it stood at an instant, ordered by reference. */
  registerAt: Type.Object(
    { at: Instant, offset: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 0, maximum: MAX_FOUND }) },
    { additionalProperties: false },
  ),
  /** Ids of the journal's entries in which a holder or a room came or went, the latest first. */
  findEntries: Type.Object(
    {
      field: Word(['holderName', 'room']),
      value: Line(150),
      offset: Type.Integer({ minimum: 0 }),
      limit: Type.Integer({ minimum: 0, maximum: MAX_FOUND }),
    },
    { additionalProperties: false },
  ),
  /** Records that bear the serial or inventory number of this one. */
  findTwins: Type.Object({ id: Id }, { additionalProperties: false }),
  ...FILE_QUESTIONS,
  ...LICENCE_KEY_QUESTIONS,
  ...LINK_QUESTIONS,
  ...PAPER_QUESTIONS,
  ...TRANSFER_QUESTIONS,
  ...FLEET_QUESTIONS,
  ...TRAFFIC_QUESTIONS,
  ...PARCEL_QUESTIONS,
  ...REVIEW_QUESTIONS,
  getIdentity: Type.Object({}, { additionalProperties: false }),
  getSyncState: Type.Object({}, { additionalProperties: false }),
  /** Where one asset stands between this desktop and the endpoint. */
  getAssetSync: Type.Object({ id: Id }, { additionalProperties: false }),
  /** Which of the journal's entries the endpoint has. */
  getEntriesSync: Type.Object(
    { ids: Type.Array(Id, { maxItems: MAX_ENTRIES_ASKED }) },
    { additionalProperties: false },
  ),
  /** Which assets an act was on. */
  getActAssets: Type.Object({ actId: Id }, { additionalProperties: false }),
} as const satisfies Record<string, TSchema>;

export type QuestionName = keyof typeof QUESTIONS;
export type QuestionInput<Name extends QuestionName> = Name extends 'previewPaper'
  ? PaperRequest
  : Static<(typeof QUESTIONS)[Name]>;

/** Who uses this desktop, for whom. Absent until enrolment. */
export type Identity = {
  readonly ministry: { readonly id: string; readonly acronym: string; readonly name: string };
  readonly person: { readonly id: string; readonly name: string; readonly role: Role };
  readonly device: { readonly id: string; readonly code: string; readonly name: string };
  readonly server: string;
};

export type SyncState = {
  readonly phase: 'not-enrolled' | 'idle' | 'exchanging' | 'offline' | 'refused';
  /** Rows on this desktop that the endpoint has not acknowledged. */
  readonly waiting: number;
  /** Instant of the last complete exchange. */
  readonly lastSuccess?: string;
  readonly lastError?: ErrorData & { readonly at: string };
  /** Instant of the next try, when one is scheduled. */
  readonly nextTry?: string;
  readonly openReviews: number;
  /** Rows received in a form that only a newer version of this program reads (SPEC S9). */
  readonly setAside: number;
  /** Bytes on the wire since the process started, headers not counted. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** While a snapshot is taken in: the register is not whole yet. */
  readonly loading?: LoadProgress;
  /** Why nothing travels by itself now (SPEC S16). */
  readonly pausedBy?: TrafficPause;
  /** Milliseconds by which this desktop's clock is ahead of the endpoint's (SPEC S17). */
  readonly clockSkew?: number;
  readonly server?: string;
};

/** Only on this desktop, in a parcel without receipt, refused by the endpoint, or there (SPEC X7). */
export type EndpointState = 'local' | 'sent' | 'refused' | 'received';

export type QuestionOutput = PaperQuestionOutput &
  FileQuestionOutput &
  LicenceKeyQuestionOutput &
  LinkQuestionOutput &
  ListQuestionOutput &
  DashboardQuestionOutput &
  TransferQuestionOutput &
  FleetQuestionOutput &
  ParcelQuestionOutput &
  TrafficQuestionOutput &
  ReviewQuestionOutput & {
    registerAt: { readonly total: number; readonly assets: readonly Asset[] };
    findEntries: { readonly total: number; readonly ids: readonly string[] };
    findTwins: readonly {
      readonly id: string;
      readonly reference: string;
      readonly by: 'serialNumber' | 'inventoryNumber';
    }[];
    getIdentity: Identity | null;
    getSyncState: SyncState;
    getAssetSync: {
      readonly state: EndpointState;
      readonly receipt?: number;
      readonly receivedAt?: string;
      /** Number of the parcel in which it left. */
      readonly parcel?: number;
    };
    getEntriesSync: Readonly<Record<string, EndpointState>>;
    getActAssets: { readonly assetIds: readonly string[] };
  };

// ---- storage: what RxDB asks of a window's read-only storage ------------------------------------------------------

/**
 * The methods of `RxStorageInstance` that may cross the port; those that write only where the host was opened writable.
 * Documents are answered as a JSON list in UTF-8: parsing in the window is cheaper than cloning every object. A long list
 * comes in parts, so that the window parses one while the next is made.
 */
export const STORAGE_READS = ['query', 'count', 'findDocumentsById', 'getChangedDocumentsSince'] as const;
export const STORAGE_WRITES = ['bulkWrite', 'cleanup', 'remove'] as const;
export type StorageMethod = (typeof STORAGE_READS)[number] | (typeof STORAGE_WRITES)[number];

// ---- envelopes ----------------------------------------------------------------------------------------------------

export type PortRequest =
  | { readonly id: number; readonly kind: 'command'; readonly name: CommandName; readonly input: unknown }
  | { readonly id: number; readonly kind: 'question'; readonly name: QuestionName; readonly input: unknown }
  /** Opens a storage instance for this port; answers `StorageOpened`. Its change stream begins at once. */
  | { readonly id: number; readonly kind: 'storage-open'; readonly params: StorageOpenParams }
  | {
      readonly id: number;
      readonly kind: 'storage-call';
      readonly handle: number;
      readonly method: StorageMethod;
      readonly args: readonly unknown[];
    }
  | { readonly id: number; readonly kind: 'storage-close'; readonly handle: number };

export type StorageOpenParams = {
  readonly databaseName: string;
  readonly collectionName: string;
  /** `RxJsonSchema`, as RxDB filled it in. */
  readonly schema: unknown;
};

/** The answer to `storage-open`: the handle, and the place in the file's sequence of writes where its events begin. */
export type StorageOpened = { readonly handle: number; readonly checkpoint: { readonly seq: number } };

export type PortAnswer =
  /** `isPart`: more follows under the same id; the last part comes without. */
  | { readonly id: number; readonly ok: true; readonly value: unknown; readonly isPart?: true }
  | { readonly id: number; readonly ok: false; readonly error: ErrorData };

export type PortEvent =
  /** An `EventBulk` of an open storage instance, as JSON text. */
  | { readonly event: 'storage-changes'; readonly handle: number; readonly bulk: unknown }
  | { readonly event: 'sync'; readonly state: SyncState }
  | { readonly event: 'files'; readonly state: FilesState }
  | { readonly event: 'import'; readonly progress: ImportProgress }
  | { readonly event: 'journal-check'; readonly progress: JournalProgress }
  | { readonly event: 'identity'; readonly identity: Identity | null };
