import type { Database, Statement } from '@signalapp/sqlcipher';

/** A statement that yields rows, and its twin that yields the single column of each row. */
type Kind = 'rows' | 'column';

type Entry = { readonly statement: Statement; lastUse: number };

const CAPACITY = 400;

/** Compiled statements by their text, least recently used out first. Lists of commands repeat; compiling costs more than running. */
export class StatementCache {
  readonly #database: Database;
  readonly #entries = { rows: new Map<string, Entry>(), column: new Map<string, Entry>() } satisfies Record<
    Kind,
    unknown
  >;
  #uses = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  prepare(sql: string, kind: Kind): Statement {
    this.#uses += 1;
    const entries = this.#entries[kind];
    const known = entries.get(sql);
    if (known) {
      known.lastUse = this.#uses;
      return known.statement;
    }
    const options = kind === 'column' ? ({ persistent: true, pluck: true } as const) : { persistent: true };
    const statement = this.#database.prepare(sql, options);
    entries.set(sql, { statement, lastUse: this.#uses });
    if (this.#entries.rows.size + this.#entries.column.size > CAPACITY) this.#dropOldest();
    return statement;
  }

  close(): void {
    for (const entries of Object.values(this.#entries)) {
      for (const { statement } of entries.values()) statement.close();
      entries.clear();
    }
  }

  #dropOldest(): void {
    const all = Object.values(this.#entries).flatMap((entries) =>
      [...entries].map(([sql, { statement, lastUse }]) => ({ entries, sql, statement, lastUse })),
    );
    const oldest = all.reduce((a, b) => (a.lastUse <= b.lastUse ? a : b));
    oldest.statement.close();
    oldest.entries.delete(oldest.sql);
  }
}
