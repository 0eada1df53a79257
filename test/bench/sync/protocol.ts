import type { Asset } from '#shared/schema/asset.ts';

/** What the bench of synchronisation is to do, as the script hands it to the program. */
export type Plan = {
  /** Assets of the register that is edited and read over the far line. */
  readonly small: number;
  /** Assets of the first load. */
  readonly large: number;
  /** Edits made without a network and sent together. */
  readonly edits: number;
  readonly runs: number;
  readonly parts: readonly Part[];
  readonly contestants: readonly ContestantName[];
  /** An empty folder of the bench's own. */
  readonly directory: string;
  readonly resultFile: string;
};

export const PARTS = ['idle', 'edit', 'edits', 'load', 'cut', 'far', 'slow'] as const;
export type Part = (typeof PARTS)[number];

/**
 * `ours` is the product: an edit is a command that writes the asset and its signed journal entry. `bare` is the same desktop
 * with documents written without their journal, as the peers have none. `collections` is a stock RxDB client on our endpoint.
 */
export const CONTESTANTS = ['ours', 'bare', 'collections', 'rxdb', 'pouchdb'] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

export type Unit = 'bytes' | 'ms' | 'ratio' | 'count';

/** One cell of the table with all its runs. */
export type Measurement = {
  readonly row: string;
  readonly size: number;
  readonly contestant: ContestantName;
  readonly unit: Unit;
  readonly runs: readonly number[];
};

/** One desktop of a contestant on a line to its server. */
export type Client = {
  /** Replicates both ways until nothing is left, as a person asks for it. */
  catchUp(): Promise<void>;
  /** Changes these documents here; `round` makes every edit another one. */
  edit(assets: readonly Asset[], round: number): Promise<void>;
  /** Once the server has everything that was edited. */
  acknowledged(): Promise<void>;
  /** Before the line goes down, and once it is back. */
  disconnect(): Promise<void>;
  connect(): Promise<void>;
  /** Assets it holds. */
  count(): Promise<number>;
  close(): Promise<void>;
};

/** A contestant's server, loaded. */
export type Server = {
  /** `http://127.0.0.1:port` */
  readonly address: string;
  /** An empty client that reaches the server at `address`, which may be a line to it; nothing is replicated yet. */
  openClient(address: string): Promise<Client>;
  stop(): Promise<void>;
};

export type Contestant = {
  readonly name: ContestantName;
  start(assets: readonly Asset[], directory: string): Promise<Server>;
};
