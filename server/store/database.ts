import type { CommitChannel, CommitChannelEvents } from './commit-channel.ts';

/** A row as the driver gives it. Each query names the columns it reads and parses what the drivers give differently. */
export type Row = Readonly<Record<string, unknown>>;

export type Connection = {
  /** One parameterised statement. */
  query(text: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
  /** Statements without parameters, several at once: migrations only. */
  execute(text: string): Promise<void>;
};

/**
 * What the endpoint needs of a database. Two implementations, PostgreSQL and PGlite, run the same SQL text;
 * the contract tests run over both.
 */
export type Database = {
  /** Commits when `work` resolves, rolls back when it rejects. Nothing runs outside a transaction: the role is set in it. */
  transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** The line to other processes on the same database; absent where this process has it alone. */
  openCommitChannel?(events: CommitChannelEvents): CommitChannel;
  /** How the connections stand; absent where there is one. */
  connections?(): Connections;
  close(): Promise<void>;
};

export type Connections = {
  readonly open: number;
  readonly idle: number;
  /** Transactions that wait for a connection. */
  readonly waiting: number;
  /** Whether the commit channel stands. */
  readonly isListening: boolean;
};

/** A database whose transactions are all parts of one that is open: they are committed together, or none is. */
export function joinTransaction(connection: Connection): Database {
  return { transaction: (work) => work(connection), close: async () => {} };
}

/** 64-bit integers arrive as string, number or bigint, by driver. Sequences stay far below 2^53. */
export function toNumber(value: unknown): number {
  return Number(value);
}
