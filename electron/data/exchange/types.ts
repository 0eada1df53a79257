import type { AssetDraft, InitialStatus } from '#shared/domain/asset.ts';
import type { ImportDefaults, ImportFileProblem, ImportLine, ImportMapping } from '#shared/protocol/data-port.ts';

export type ImportFile = { readonly name: string; readonly bytes: Uint8Array };

export type ImportInput = {
  readonly files: readonly ImportFile[];
  /** The person's choice for some columns, header → field or `''` for "leave out"; the others are proposed. */
  readonly mapping?: ImportMapping | undefined;
  readonly defaults: ImportDefaults;
};

/** An asset that the register already has. */
export type KnownAsset = { readonly id: string; readonly reference: string };

/** What the import must know of the register. Asked once per preview, with everything at once. */
export type ImportLookups = {
  /** Keys of question and answer are serials as `compact` of `shared/domain/fold.ts` writes them. */
  findBySerial(serials: readonly string[]): ReadonlyMap<string, KnownAsset>;
  /** Same for inventory numbers. Without it, a line that has no serial is never recognised. */
  findByInventoryNumber?(numbers: readonly string[]): ReadonlyMap<string, KnownAsset>;
  readonly typeCodes: ReadonlySet<string>;
  /** Name, acronym or alias as `fold` writes it → id. */
  readonly structures: ReadonlyMap<string, string>;
  readonly sites: ReadonlyMap<string, string>;
};

export type LineProblem = { readonly field?: string; readonly problem: string };

/** A line of the preview with what a commit needs besides: the status in which the asset enters the register. */
export type ReadLine = ImportLine & { readonly status: InitialStatus };

/** What one file says about one asset, before defaults, duplicates and the rules. */
export type Candidate = {
  readonly file: string;
  readonly line?: number;
  readonly fields: Partial<AssetDraft>;
  readonly status?: InitialStatus;
  /** What the person should know; the line is created all the same. */
  readonly warnings: readonly LineProblem[];
  /** Why nothing is created from it, whatever the fields say. */
  readonly refusal?: LineProblem;
};

export type ImportColumn = { readonly header: string; readonly samples: readonly string[]; readonly field?: string };

/** What was read of one file. A file with a problem may still show its columns, so that they can be mapped. */
export type FileReading = {
  readonly candidates: Iterable<Candidate>;
  readonly problems: readonly ImportFileProblem[];
  readonly columns?: readonly ImportColumn[];
};

export type ImportReading = {
  readonly columns?: readonly ImportColumn[];
  /** Every line, in the order of the files. */
  readonly lines: readonly ReadLine[];
  readonly fileProblems: readonly ImportFileProblem[];
};
