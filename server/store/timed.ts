import type { Connection, Database } from './database.ts';

export type TransactionResult = 'committed' | 'failed';

/** Told how long each transaction took, in seconds, with the wait for a connection. */
export type TransactionObserver = (seconds: number, result: TransactionResult) => void;

/** A database whose transactions are timed. */
export function timed(database: Database, observe: TransactionObserver): Database {
  return {
    ...database,
    async transaction<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
      const begun = performance.now();
      const end = (result: TransactionResult) => observe((performance.now() - begun) / 1000, result);
      try {
        const value = await database.transaction(work);
        end('committed');
        return value;
      } catch (error) {
        end('failed');
        throw error;
      }
    },
  };
}
