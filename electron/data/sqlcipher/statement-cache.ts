import type { Database, Statement } from '@signalapp/sqlcipher';

/** A statement that yields rows, and its twin that yields the single column of each row. */
type Kind = 'rows' | 'column';

const CAPACITY = 400;

/** Compiled statements by their text, least recently used out first. Lists of commands repeat; compiling costs more than running. */
export class StatementCache {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(database: Database) {
    this.#database = database;
  }

  prepare(sql: string, kind: Kind): Statement {
    const key = `${kind} ${sql}`;
    const known = this.#statements.get(key);
    if (known) {
      this.#statements.delete(key);
      this.#statements.set(key, known);
      return known;
    }
    const made = this.#database.prepare(
      sql,
      kind === 'column' ? { persistent: true, pluck: true } : { persistent: true },
    );
    this.#statements.set(key, made);
    this.#dropOldest();
    return made;
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.close();
    this.#statements.clear();
  }

  #dropOldest(): void {
    if (this.#statements.size <= CAPACITY) return;
    const [oldest] = this.#statements;
    if (!oldest) return;
    oldest[1].close();
    this.#statements.delete(oldest[0]);
  }
}
