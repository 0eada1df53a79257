import type { Connection } from '../sqlcipher/connection.ts';

/**
 * Distinct texts of one kind and their codes, small numbers from 1; 0 is the empty text. Codes are given once and kept in
 * the file with the rows that hold them.
 */
export class ValueDictionary {
  readonly #connection: Connection;
  readonly #kind: number;
  readonly #codes = new Map<string, number>();
  readonly #texts: (string | undefined)[] = [''];

  /** `kind` separates the dictionaries of one file. */
  constructor(connection: Connection, kind: number) {
    this.#connection = connection;
    this.#kind = kind;
  }

  /** One more than the highest code. */
  get size(): number {
    return this.#texts.length;
  }

  textOf(code: number): string {
    return this.#texts[code] ?? '';
  }

  /** The code of a text that is known. */
  find(text: string): number | undefined {
    return text === '' ? 0 : this.#codes.get(text);
  }

  /** The code of a text; a new one is written with the running transaction. */
  codeOf(text: string): number {
    const known = this.find(text);
    if (known !== undefined) return known;
    const code = this.#texts.length;
    this.#connection.run('INSERT INTO asset_values (kind, code, text) VALUES (?, ?, ?)', [this.#kind, code, text]);
    this.#remember(code, text);
    return code;
  }

  load(): void {
    const rows = this.#connection.all<{ code: number; text: string }>(
      'SELECT code, text FROM asset_values WHERE kind = ? ORDER BY code',
      [this.#kind],
    );
    this.#codes.clear();
    this.#texts.length = 1;
    for (const { code, text } of rows) this.#remember(code, text);
  }

  /** Forgets the texts no row holds any more: a holder's name does not outlive the last asset that had it. */
  sweep(isUsed: (code: number) => boolean): void {
    for (const [text, code] of this.#codes) {
      if (isUsed(code)) continue;
      this.#connection.run('DELETE FROM asset_values WHERE kind = ? AND code = ?', [this.#kind, code]);
      this.#codes.delete(text);
      this.#texts[code] = undefined;
    }
  }

  #remember(code: number, text: string): void {
    this.#codes.set(text, code);
    while (this.#texts.length < code) this.#texts.push(undefined);
    this.#texts[code] = text;
  }
}
