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
  /** Repetitions of every measurement, of which the median counts. */
  readonly runs: number;
  readonly parts: readonly Part[];
  /** For files of the bench; emptied by the script that made it. */
  readonly directory: string;
  /** Where the results go, as JSON. */
  readonly resultFile: string;
};

export const PARTS = ['suite'] as const;
export type Part = (typeof PARTS)[number];

/** Milliseconds by the names RxDB gives its measurements. */
export type SuiteTimes = Readonly<Record<string, number>>;

/** One measurement of one contestant. */
export type Measurement = {
  readonly row: string;
  /** Documents or assets in the store. */
  readonly size: number;
  readonly contestant: Contestant;
  /** One value per run, in milliseconds. */
  readonly runs: readonly number[];
};

export type WorkerApi = {
  /** Opens an empty register in a folder; ports that come with it are served a writable storage of any collection. */
  hostSuite: { readonly input: { readonly directory: string }; readonly output: null };
  /** RxDB's suite on the storage in this process. */
  suiteInProcess: {
    readonly input: { readonly directory: string; readonly docs: number };
    readonly output: SuiteTimes;
  };
  /** What RxDB's suite does, with SQLCipher by hand. */
  suiteFloor: { readonly input: { readonly directory: string; readonly docs: number }; readonly output: SuiteTimes };
};

export type WindowApi = {
  /** RxDB's suite over the port that came with this nonce. */
  suiteThroughPort: { readonly input: { readonly nonce: string; readonly docs: number }; readonly output: SuiteTimes };
  suiteDexie: { readonly input: { readonly docs: number }; readonly output: SuiteTimes };
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
