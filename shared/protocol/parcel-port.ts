import { Type } from 'typebox';
import { Id, Line } from '../schema/collection.ts';

/** The part of the data port that is about parcels; `data-port.ts` takes it in. */

/** Bytes of body in one file: a floppy, a mail, a large mail, a stick. */
export const PART_SIZES = [1_400_000, 4_000_000, 25_000_000, 100_000_000] as const;

/** Most files taken at once. */
const MAX_FILES = 500;

export const PARCEL_COMMANDS = {
  /**
   * Seals what waits for the endpoint, and gives the files of every parcel without receipt. With files, it says in how many
   * parts their bytes go after it; each is sealed when it is asked for.
   */
  makeParcel: Type.Object(
    {
      partSize: Type.Integer({ minimum: 100_000, maximum: 100_000_000 }),
      withFiles: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  /** One part of the last parcel that was made with files. @throws COMMAND_NOT_FOUND where another was made since */
  sealFilePart: Type.Object(
    { planId: Id, part: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
    { additionalProperties: false },
  ),
  /** Takes files of a stick in, whatever they are: parcels of others to carry on, answers for this desktop or another. */
  takeParcelFiles: Type.Object(
    {
      files: Type.Array(
        Type.Object({ name: Line(255), bytes: Type.Unsafe<Uint8Array>({}) }, { additionalProperties: false }),
        { minItems: 1, maxItems: MAX_FILES },
      ),
    },
    { additionalProperties: false },
  ),
  /** Sends what this desktop carries for others, now. */
  sendCarried: Type.Object({}, { additionalProperties: false }),
  /** Forgets a file that it carries. */
  dropCarried: Type.Object({ sha256: Line(43) }, { additionalProperties: false }),
} as const;

export const PARCEL_QUESTIONS = {
  getParcels: Type.Object({}, { additionalProperties: false }),
  /** The files of the answers that this desktop carries for others, to be put on a stick. */
  getCarriedAnswers: Type.Object({}, { additionalProperties: false }),
} as const;

export type OwnParcel = {
  readonly number: number;
  readonly rows: number;
  readonly madeAt: string;
  /** `closed`: its rows went by network. `void`: another parcel of this number had been received before. */
  readonly state: 'sent' | 'received' | 'closed' | 'void';
  readonly receivedAt?: string;
  readonly accepted: number;
  readonly conflicts: number;
  readonly refused: number;
  /** Photos and documents that left with it, and how many of them the endpoint has. */
  readonly files: number;
  readonly filesReceived: number;
};

export type CarriedFile = {
  readonly sha256: string;
  readonly name: string;
  readonly kind: 'parcel' | 'files' | 'answer';
  readonly ministry: string;
  readonly device: string;
  readonly number: number;
  readonly part: number;
  readonly parts: number;
  readonly takenAt: string;
  /** Of a parcel: here still, taken by the endpoint (which waits for other parts or parcels), applied, refused. */
  readonly state: 'kept' | 'sent' | 'applied' | 'refused';
  readonly problem?: string;
};

/** Rows by where they are (SPEC X7). */
export type SyncTotals = {
  readonly local: number;
  readonly sent: number;
  readonly received: number;
  readonly refused: number;
};

export type FileSum = { readonly files: number; readonly bytes: number };

/**
 * Photos and documents by where their bytes are, as `SyncTotals` of rows: refused with the row that describes them.
 * Thumbnails count by their bytes alone.
 */
export type FileTotals = Readonly<Record<keyof SyncTotals, FileSum>>;

/** Parts with files, to be sealed one after the other. */
export type FilePlan = FileSum & { readonly planId: string; readonly parts: number };

/** What an answer did here. */
export type AnswerTaken = {
  /** Numbers of the parcels whose receipts are in now. */
  readonly received: readonly number[];
  /** Rows that wait no more. */
  readonly settled: number;
  /** Files that the endpoint has and that it was not known to have. */
  readonly files: number;
  /** `gap`: earlier news are missing. */
  readonly news: 'none' | 'taken' | 'known' | 'gap';
  readonly documents: number;
  /** True where the endpoint has more news than one file takes. */
  readonly more: boolean;
};

/** What one file of a stick was. */
export type FileTaken = { readonly name: string } & (
  | { readonly kind: 'parcel-of-another'; readonly ministry: string; readonly device: string; readonly number: number }
  | { readonly kind: 'files-of-another'; readonly ministry: string; readonly device: string; readonly number: number }
  | { readonly kind: 'answer-for-another'; readonly ministry: string; readonly device: string }
  | { readonly kind: 'answer'; readonly taken: AnswerTaken }
  /** Another part of this answer is missing. */
  | { readonly kind: 'incomplete' }
  /** This desktop's own parcel: it goes to one that has a connection. */
  | { readonly kind: 'own-parcel'; readonly number: number }
  | { readonly kind: 'wrong'; readonly problem: string }
);

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array };

export type ParcelCommandOutput = {
  makeParcel: { readonly files: readonly NamedBytes[]; readonly rows: number; readonly plan?: FilePlan };
  sealFilePart: { readonly file: NamedBytes };
  takeParcelFiles: { readonly files: readonly FileTaken[] };
  sendCarried: { readonly sent: number; readonly left: number };
  dropCarried: null;
};

export type ParcelQuestionOutput = {
  getParcels: {
    readonly own: readonly OwnParcel[];
    readonly carried: readonly CarriedFile[];
    readonly totals: SyncTotals;
    /** The same of assets alone. */
    readonly assets: SyncTotals;
    /** Bytes of rows that a parcel made now takes, about. */
    readonly rowBytes: number;
    readonly files: FileTotals;
    /** False where the endpoint's keys are not known: this desktop must be connected once. */
    readonly canMake: boolean;
  };
  getCarriedAnswers: { readonly files: readonly NamedBytes[] };
};
