import type { Connection } from '../sqlcipher/connection.ts';
import { DocumentTable } from './document-table.ts';
import type { DocumentSchema } from './table-schema.ts';

/** The name of the counter that numbers the writes of documents in one file, in commit order (SPEC D3). */
const COMMIT_COUNTER = 'commit';

/** The documents of one open file, a table per collection and schema version. */
export class DocumentStore {
  readonly connection: Connection;
  readonly #tables = new Map<string, DocumentTable>();
  #pending: (() => void)[] = [];
  #isWatching = false;
  /** Last number given; unknown until the first write and after a rollback. */
  #sequence: number | undefined;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The table of a collection; made on first use. The same name and version always give the same object. */
  table(name: string, schema: DocumentSchema): DocumentTable {
    const key = `${name} ${schema.version}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const made = new DocumentTable(this, name, schema, {
      nextSequence: () => this.#next(),
      emit: (event) => this.#emit(event),
    });
    this.#tables.set(key, made);
    // Made inside a transaction, it goes with it.
    this.connection.onRollback(() => this.#tables.delete(key));
    return made;
  }

  /**
   * Runs `work` atomically. The change streams of the tables it wrote to speak only after the commit, in the order of the
   * writes; after a rollback they stay silent.
   */
  transaction<T>(work: () => T): T {
    return this.connection.transaction(() => {
      this.#watch();
      const before = this.#sequence;
      const result = work();
      if (this.#sequence !== before) this.#saveSequence();
      return result;
    });
  }

  /** Forgets a table that was dropped. */
  forget(table: DocumentTable): void {
    for (const [key, known] of this.#tables) if (known === table) this.#tables.delete(key);
  }

  #next(): number {
    this.#sequence ??=
      this.connection.value<number>('SELECT value FROM counters WHERE name = ?', [COMMIT_COUNTER]) ?? 0;
    this.#sequence += 1;
    return this.#sequence;
  }

  #saveSequence(): void {
    this.connection.run(
      'INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      [COMMIT_COUNTER, this.#sequence ?? 0],
    );
  }

  #emit(event: () => void): void {
    this.#pending.push(event);
  }

  /** Once per outermost transaction. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.connection.onCommit(() => {
      const events = this.#settle();
      for (const event of events) event();
    });
    this.connection.onRollback(() => {
      this.#settle();
      this.#sequence = undefined;
    });
  }

  #settle(): readonly (() => void)[] {
    const events = this.#pending;
    this.#pending = [];
    this.#isWatching = false;
    return events;
  }
}
