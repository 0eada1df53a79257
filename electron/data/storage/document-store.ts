import type { Connection } from '../sqlcipher/connection.ts';
import { DocumentTable, type StoreEventBulk } from './document-table.ts';
import type { DocumentSchema } from './table-schema.ts';

/** The name of the counter that numbers the writes of documents in one file, in commit order (SPEC D3). */
const COMMIT_COUNTER = 'commit';

type PendingBulk = { readonly deliver: (bulk: StoreEventBulk) => void; bulk: StoreEventBulk };

/** The documents of one open file, a table per collection and schema version. */
export class DocumentStore {
  readonly connection: Connection;
  readonly #tables = new Map<string, DocumentTable>();
  #pending: PendingBulk[] = [];
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
      emit: (bulk, deliver) => this.#emit(bulk, deliver),
    });
    this.#tables.set(key, made);
    // Made inside a transaction, it goes with it.
    this.connection.onRollback(() => this.#tables.delete(key));
    return made;
  }

  /**
   * Runs `work` atomically. The change streams of the tables it wrote to speak only after the commit, each once per
   * context with its events in the order of the writes; after a rollback they stay silent.
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

  /** One bulk per table and context: every window parses and processes each bulk, and an import writes thousands of rows. */
  #emit(bulk: StoreEventBulk, deliver: PendingBulk['deliver']): void {
    const known = this.#pending.find((pending) => pending.deliver === deliver && pending.bulk.context === bulk.context);
    if (!known) {
      this.#pending.push({ deliver, bulk });
      return;
    }
    known.bulk.events.push(...bulk.events);
    known.bulk = { ...bulk, events: known.bulk.events };
  }

  /** Once per outermost transaction. */
  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.connection.onCommit(() => {
      for (const { deliver, bulk } of this.#settle()) deliver(bulk);
    });
    this.connection.onRollback(() => {
      this.#settle();
      this.#sequence = undefined;
    });
  }

  #settle(): readonly PendingBulk[] {
    const settled = this.#pending;
    this.#pending = [];
    this.#isWatching = false;
    return settled;
  }
}
