import type { Movement } from '#shared/schema/movement.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable } from '../storage/document-table.ts';
import { toEntry } from './entries.ts';

/** The entries of every act, kept beside the journal in the same transaction (table `journal_acts`). */
export class ActEntries {
  readonly #connection: Connection;
  readonly #movements: DocumentTable;

  constructor(connection: Connection, movements: DocumentTable) {
    this.#connection = connection;
    this.#movements = movements;
    movements.onWrite(({ current }) => {
      if (typeof current.actId !== 'string') return;
      connection.run('INSERT OR IGNORE INTO journal_acts (act_id, movement_id) VALUES (?, ?)', [
        current.actId,
        // The key of every collection is `id`, a string.
        current.id as string,
      ]);
    });
  }

  /** In the order in which they were written. */
  of(actId: string): Movement[] {
    const ids = this.#connection.values<string>('SELECT movement_id FROM journal_acts WHERE act_id = ?', [actId]);
    const entries = this.#movements.findByIds(ids).map(toEntry);
    return entries.sort((a, b) => a.deviceSequence - b.deviceSequence);
  }
}
