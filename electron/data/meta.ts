import type { Connection } from './sqlcipher/connection.ts';

/** Small facts of the register that are no documents: identity, token, checkpoint. JSON values by name. */
export class Meta {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The stored value, not checked: the caller parses it. */
  get(key: string): unknown {
    const row = this.#connection.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', [key]);
    return row ? JSON.parse(row.value) : undefined;
  }

  set(key: string, value: unknown): void {
    this.#connection.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key, JSON.stringify(value)],
    );
  }

  /** Calls back once what was set is on the disk; not at all if it is rolled back. */
  onCommit(listener: () => void): void {
    this.#connection.onCommit(listener);
  }

  /** The next number of a sequence that begins at 1. Call inside the transaction that uses it. */
  next(counter: string): number {
    const row = this.#connection.get<{ value: number }>(
      'INSERT INTO counters (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value',
      [counter],
    );
    if (!row) throw new Error('A counter gave no number');
    return row.value;
  }

  /** A number of this sequence was seen elsewhere: the next one comes after it. */
  raise(counter: string, seen: number): void {
    this.#connection.run(
      'INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)',
      [counter, seen],
    );
  }
}
