import { REGISTER_PARTS, type RegisterPart, type RunTimes, type Sparing } from './register/measure.ts';
import type { planRuns } from './register/plan.ts';
import type { RunPlan } from './register/questions.ts';

/**
 * What the bench's processes ask of one another. Main drives; a worker (utility process) owns encrypted files, a window
 * runs what a window runs. Everything here is JSON.
 */

/** Who is measured. */
export const CONTESTANTS = ['port', 'process', 'dexie', 'floor'] as const;
/**
 * `port`: RxDB in a window over the port to the data process. `process`: RxDB on the storage in the data process itself.
 * `dexie`: RxDB on Dexie (IndexedDB) in a window. `floor`: SQLCipher written by hand, in a process like the data process.
 */
export type Contestant = (typeof CONTESTANTS)[number];

/** What the bench's main process is started with, in a file. */
export type Plan = {
  /** Documents of RxDB's suite. */
  readonly suiteSize: number;
  /** Assets of each register. */
  readonly registerSizes: readonly number[];
  /** Assets of the register that a desktop is started on, besides the others. */
  readonly startSize: number;
  /** Rows of the import during which windows must not freeze. */
  readonly importRows: number;
  /** Repetitions of every measurement, of which the median counts. */
  readonly runs: number;
  readonly parts: readonly Part[];
  /** For files of the bench; emptied by the script that made it. */
  readonly directory: string;
  /** Where the results go, as JSON. */
  readonly resultFile: string;
};

/** What may be asked for alone. */
export const PARTS = ['suite', 'load', ...REGISTER_PARTS, 'start', 'memory', 'freeze', 'kills'] as const;
export type Part = (typeof PARTS)[number];

/** Milliseconds by the names RxDB gives its measurements. */
export type SuiteTimes = Readonly<Record<string, number>>;

export type Unit = 'ms' | 'MB' | 'B' | 'count';

/** One measurement of one contestant. */
export type Measurement = {
  readonly row: string;
  /** Documents or assets in the store. */
  readonly size: number;
  readonly contestant: Contestant;
  readonly unit: Unit;
  /** One value per run. */
  readonly runs: readonly number[];
  /** Every single question's time, in milliseconds, run after run. */
  readonly single?: readonly (readonly number[])[];
};

export type LoadInput = {
  /** A new folder, where the file will be. */
  readonly directory: string;
  readonly size: number;
  /** Copies of the file on the way, in folders of their own. */
  readonly snapshots?: readonly { readonly size: number; readonly directory: string }[];
};
/** Milliseconds of writing alone, and the size of the closed file in bytes. */
export type Loaded = { readonly milliseconds: number; readonly bytes: number };

export type MeasureInput = {
  readonly directory: string;
  readonly runs: readonly RunPlan[];
  readonly parts: readonly RegisterPart[];
};

type InFolder = { readonly directory: string };

export type WorkerApi = {
  /** Opens an empty register in a folder; ports that come with it are served a writable storage of any collection. */
  hostSuite: { readonly input: InFolder; readonly output: null };
  /** RxDB's suite on the storage in this process. */
  suiteInProcess: { readonly input: InFolder & { readonly docs: number }; readonly output: SuiteTimes };
  /** What RxDB's suite does, with SQLCipher by hand. */
  suiteFloor: { readonly input: InFolder & { readonly docs: number }; readonly output: SuiteTimes };
  loadOurs: { readonly input: LoadInput; readonly output: Loaded };
  loadFloor: { readonly input: LoadInput; readonly output: Loaded };
  planRuns: { readonly input: Parameters<typeof planRuns>[0]; readonly output: readonly RunPlan[] };
  /** Sends assets to a page as JSON texts, batch after batch, on the port that comes with this. */
  sendAssets: { readonly input: { readonly size: number; readonly batch: number }; readonly output: null };
  measureInProcess: { readonly input: MeasureInput; readonly output: readonly RunTimes[] };
  measureFloor: { readonly input: MeasureInput; readonly output: readonly RunTimes[] };
  /** A structure and a site of the ministry that the desktop works for. */
  findPlace: { readonly input: null; readonly output: { readonly structureId: string; readonly siteId: string } };
  /** Opens the file and reads the first page and the total; how many rows. */
  startFloor: { readonly input: InFolder; readonly output: number };
};

/** What one window met while an import ran. Times are milliseconds since 1970. */
export type FreezeFacts = {
  /** Longest time between two turns of the page's main thread, and between two frames, in milliseconds. */
  readonly longestTurn: number;
  readonly longestFrame: number;
  /** Tasks of more than 50 ms, as Chromium itself saw them, in milliseconds. */
  readonly longTasks: readonly number[];
  /** From a letter until its rows were there to be drawn. */
  readonly searched: readonly { readonly at: number; readonly took: number }[];
  /** Codes and messages of questions that failed. */
  readonly errors: readonly string[];
};
export type ImportFacts = {
  readonly created: number;
  readonly previewBegan: number;
  readonly commitBegan: number;
  readonly ended: number;
};

type WithNonce = { readonly nonce: string };

export type WindowApi = {
  /** RxDB's suite over the port that came with this nonce. */
  suiteThroughPort: { readonly input: WithNonce & { readonly docs: number }; readonly output: SuiteTimes };
  suiteDexie: { readonly input: { readonly docs: number }; readonly output: SuiteTimes };
  /** From a port to the first page of the list with its total: how many rows, of how many. */
  startList: { readonly input: WithNonce; readonly output: { readonly rows: number; readonly total: number } };
  measureThroughPort: {
    readonly input: WithNonce & Omit<MeasureInput, 'directory'>;
    readonly output: readonly RunTimes[];
  };
  /** Fills a database of this page with what comes on a port; milliseconds of writing alone. */
  loadDexie: { readonly input: WithNonce & { readonly name: string }; readonly output: number };
  measureDexie: {
    readonly input: Omit<MeasureInput, 'directory'> & { readonly name: string; readonly sparing: Sparing };
    readonly output: readonly RunTimes[];
  };
  startDexie: {
    readonly input: { readonly name: string };
    readonly output: { readonly rows: number; readonly total: number };
  };
  removeDexie: { readonly input: { readonly name: string }; readonly output: null };
  /** Looks at the list and types searches until told to stop. */
  beginUse: { readonly input: WithNonce & { readonly searches: readonly string[] }; readonly output: null };
  endUse: { readonly input: null; readonly output: FreezeFacts };
  /** Imports a table with so many rows, in the window that is in use. */
  importTable: {
    readonly input: { readonly rows: number; readonly structureId: string; readonly siteId: string };
    readonly output: ImportFacts;
  };
};

type Api = Readonly<Record<string, { readonly input: unknown; readonly output: unknown }>>;
export type Handlers<Calls extends Api> = {
  readonly [Name in keyof Calls]: (
    input: Calls[Name]['input'],
  ) => Calls[Name]['output'] | Promise<Calls[Name]['output']>;
};

export type WorkerCall = { readonly id: number; readonly name: keyof WorkerApi; readonly input: unknown };
export type WorkerReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string }
  | { readonly progress: string };

/** The key of every file of the bench: what it costs does not depend on its value. */
export const BENCH_KEY = new Uint8Array(32).fill(7);
