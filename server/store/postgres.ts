import { Pool, type PoolClient } from 'pg';
import { type CommitChannel, PostgresCommitChannel } from './commit-channel.ts';
import type { Connection, Database } from './database.ts';

export type PostgresOptions = {
  readonly connectionString: string;
  /** Connections kept by this process. */
  readonly poolSize: number;
  /** Milliseconds after which the server ends a statement, and a transaction in which nothing happens. 0 for never. */
  readonly statementTimeout: number;
  readonly idleInTransactionTimeout: number;
  /** Told about connections that die, idle or in use; the pool replaces them. */
  readonly onIdleError: (error: Error) => void;
};

function toConnection(client: PoolClient): Connection {
  return {
    async query(text, parameters) {
      const { rows } = await client.query<Record<string, unknown>>(text, parameters ? [...parameters] : undefined);
      return rows;
    },
    async execute(text) {
      await client.query(text);
    },
  };
}

export function openPostgres(options: PostgresOptions): Database {
  const { connectionString, poolSize, onIdleError } = options;
  const pool = new Pool({
    connectionString,
    max: poolSize,
    application_name: 'registre',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    statement_timeout: options.statementTimeout,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeout,
  });
  pool.on('error', onIdleError);
  // The pool listens to idle connections only. One that is lost in use rejects its statement and emits the error as
  // well: unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', onIdleError));

  let channel: CommitChannel | undefined;

  async function transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let isBroken = false;
    try {
      await client.query('begin');
      const result = await work(toConnection(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
      throw error;
    } finally {
      // A connection that cannot roll back may still carry the role of a ministry: it leaves the pool.
      client.release(isBroken);
    }
  }

  return {
    transaction,
    openCommitChannel(events) {
      channel = new PostgresCommitChannel(connectionString, events);
      return channel;
    },
    connections: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      isListening: channel?.isConnected ?? false,
    }),
    close: () => pool.end(),
  };
}
