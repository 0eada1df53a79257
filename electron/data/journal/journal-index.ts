import type { Movement } from '#shared/schema/movement.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';
import { toEntry } from './entries.ts';

/** Fields whose comings and goings are looked up across assets. */
export const FOLLOWED_FIELDS = ['holderName', 'room'] as const;
export type FollowedField = (typeof FOLLOWED_FIELDS)[number];

/**
 * What the journal is looked up by besides its assets, kept in the transaction of each entry: the entries of an act
 * (table `journal_acts`), and those in which a holder or a room came or went (`journal_values`).
 */
export class JournalIndex {
  readonly #connection: Connection;
  readonly #movements: DocumentTable;

  constructor(connection: Connection, movements: DocumentTable) {
    this.#connection = connection;
    this.#movements = movements;
    movements.onWrite((write) => this.#index(write));
  }

  /** The entries of an act in the order in which they were written. */
  ofAct(actId: string): Movement[] {
    const ids = this.#connection.values<string>('SELECT movement_id FROM journal_acts WHERE act_id = ?', [actId]);
    const entries = this.#movements.findByIds(ids).map(toEntry);
    return entries.sort((a, b) => a.deviceSequence - b.deviceSequence);
  }

  /** Ids of the entries in which the field took or lost this value, the latest first, and how many there are. */
  ofValue(
    field: FollowedField,
    value: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { readonly ids: string[]; readonly total: number } {
    const { tableName } = this.#movements;
    const from = `FROM journal_values v JOIN ${tableName} m ON m.id = v.movement_id WHERE v.field = ? AND v.value = ?`;
    return {
      ids: this.#connection.values<string>(
        `SELECT m.id ${from} ORDER BY m.${this.#movements.column('declaredAt')} DESC, m.id DESC LIMIT ? OFFSET ?`,
        [field, value, limit, offset],
      ),
      total: this.#connection.value<number>(`SELECT count(*) ${from}`, [field, value]) ?? 0,
    };
  }

  #index({ current }: DocumentWrite): void {
    const entry = toEntry(current);
    if (entry.actId) {
      this.#connection.run('INSERT OR IGNORE INTO journal_acts (act_id, movement_id) VALUES (?, ?)', [
        entry.actId,
        entry.id,
      ]);
    }
    for (const { field, from, to } of entry.changes ?? []) {
      if (!isFollowed(field)) continue;
      for (const value of [from, to]) {
        if (typeof value !== 'string') continue;
        this.#connection.run('INSERT OR IGNORE INTO journal_values (field, value, movement_id) VALUES (?, ?, ?)', [
          field,
          value,
          entry.id,
        ]);
      }
    }
  }
}

function isFollowed(field: string): boolean {
  return FOLLOWED_FIELDS.some((followed) => followed === field);
}
