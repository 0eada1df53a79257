import type { Connection, SqlValue } from '../sqlcipher/connection.ts';
import type { AssetEntry } from './asset-entry.ts';
import { oneLetterVariants } from './edit-distance.ts';

/** Shorter numbers have neighbours everywhere. */
const MIN_CORRECTED = 5;

/**
 * The texts that are each asset's own, in the file: its numbers (b-trees for exact ones, FTS5 for beginnings, trigrams for
 * the middle) and its notes. Answers are slots, any `limit` of them when there are more. Tables are made by `AssetIndex`.
 */
export class NumberIndex {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  slotOf(id: string): number | undefined {
    return this.#connection.value<number>('SELECT slot FROM asset_keys WHERE id = ?', [id]);
  }

  /** Takes in a new asset and gives it a slot. */
  insert(id: string, entry: AssetEntry): number {
    const { lastInsertRowid } = this.#connection.run(
      'INSERT INTO asset_keys (id, reference, inventory, serial) VALUES (?, ?, ?, ?)',
      [id, entry.reference, entry.inventory, entry.serial],
    );
    const slot = Number(lastInsertRowid);
    this.#insertTexts(slot, entry);
    return slot;
  }

  /** Brings an asset up to date; most edits change none of these texts. */
  update(slot: number, entry: AssetEntry, before: AssetEntry): void {
    if (KEYS.some((key) => entry[key] !== before[key])) {
      this.#connection.run('UPDATE asset_keys SET reference = ?, inventory = ?, serial = ? WHERE slot = ?', [
        entry.reference,
        entry.inventory,
        entry.serial,
        slot,
      ]);
    }
    if (TEXTS.every((text) => entry[text] === before[text])) return;
    this.#deleteTexts(slot);
    this.#insertTexts(slot, entry);
  }

  remove(slot: number): void {
    this.#connection.run('DELETE FROM asset_keys WHERE slot = ?', [slot]);
    this.#deleteTexts(slot);
  }

  /** In the order of the slots given. */
  idsOf(slots: readonly number[]): string[] {
    const rows = this.#connection.all<{ slot: number; id: string }>(
      'SELECT slot, id FROM asset_keys WHERE slot IN (SELECT value FROM json_each(?))',
      [JSON.stringify(slots)],
    );
    const ids = new Map(rows.map(({ slot, id }) => [slot, id]));
    return slots.flatMap((slot) => ids.get(slot) ?? []);
  }

  /** All slots, in the order of the references. */
  byReference(): Uint32Array {
    return Uint32Array.from(this.#connection.values<number>('SELECT slot FROM asset_keys ORDER BY reference'));
  }

  /** Assets whose reference, inventory or serial number is exactly this one (without separators). */
  withNumber(number: string): number[] {
    return KEYS.flatMap((key) => this.#slots(`SELECT slot FROM asset_keys WHERE ${key} = ?`, [number]));
  }

  /** Those one letter away from it. */
  withSimilarNumber(number: string): number[] {
    if (number.length < MIN_CORRECTED) return [];
    const variants = JSON.stringify(oneLetterVariants(number));
    return KEYS.flatMap((key) =>
      this.#slots(`SELECT slot FROM asset_keys WHERE ${key} IN (SELECT value FROM json_each(?))`, [variants]),
    );
  }

  withReferenceStart(start: string, limit: number): number[] {
    return this.#slots('SELECT slot FROM asset_keys WHERE reference >= ? AND reference < ? LIMIT ?', [
      start,
      `${start}\u{10FFFF}`,
      limit,
    ]);
  }

  /** Assets with a number, or a part of one between separators, that is this word or begins with it. */
  withNumberWord(word: string, match: 'whole' | 'start', limit: number): number[] {
    return this.#match('asset_numbers', match === 'start' ? `"${word}"*` : `"${word}"`, limit);
  }

  /** Assets with a number that has these characters anywhere; at least three. */
  withNumberPart(part: string, limit: number): number[] {
    return this.#match('asset_number_parts', `"${part}"`, limit);
  }

  withNoteWord(start: string, limit: number): number[] {
    return this.#match('asset_notes', `"${start}"*`, limit);
  }

  #match(table: string, query: string, limit: number): number[] {
    return this.#slots(`SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ?`, [query, limit]);
  }

  #slots(sql: string, parameters: readonly SqlValue[]): number[] {
    return this.#connection.values<number>(sql, parameters);
  }

  #insertTexts(slot: number, entry: AssetEntry): void {
    for (const [table, text] of tablesOf(entry)) {
      if (text) this.#connection.run(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`, [slot, text]);
    }
  }

  #deleteTexts(slot: number): void {
    for (const table of TABLES) this.#connection.run(`DELETE FROM ${table} WHERE rowid = ?`, [slot]);
  }
}

const KEYS = ['reference', 'inventory', 'serial'] as const;
const TEXTS = ['numbers', 'wholes', 'notes'] as const;
const TABLES = ['asset_numbers', 'asset_number_parts', 'asset_notes'] as const;

function tablesOf(entry: AssetEntry): readonly [string, string][] {
  return TABLES.map((table, index) => [table, entry[TEXTS[index] ?? 'notes']]);
}

/**
 * The words are split before (`fold`), so the tokenizer must not know better: `ascii` takes every other letter as it is.
 * `contentless_delete` spares a second copy of the texts; `detail = none` their positions.
 */
export const NUMBER_TABLES = `
  CREATE TABLE asset_keys (
    slot INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT,
    inventory TEXT,
    serial TEXT
  );
  CREATE INDEX asset_keys_reference ON asset_keys (reference);
  CREATE INDEX asset_keys_inventory ON asset_keys (inventory) WHERE inventory IS NOT NULL;
  CREATE INDEX asset_keys_serial ON asset_keys (serial) WHERE serial IS NOT NULL;
  CREATE VIRTUAL TABLE asset_numbers USING fts5(
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '3 4 5'
  );
  CREATE VIRTUAL TABLE asset_number_parts USING fts5(words, content = '', contentless_delete = 1, tokenize = 'trigram');
  CREATE VIRTUAL TABLE asset_notes USING fts5(
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
  );
`;
