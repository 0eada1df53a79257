import { type Intervention, listInterventions } from '#shared/domain/interventions.ts';
import { readEntries } from '../journal/entries.ts';
import type { Register } from '../register.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';

/**
 * The entries that tell of an intervention (table `interventions`) and those that were taken back (`undone_entries`), kept
 * in the transaction of each entry: what is planned is found without reading the journal.
 */
export class InterventionIndex {
  readonly #connection: Connection;

  readonly #assets: DocumentTable;

  constructor(connection: Connection, movements: DocumentTable, assets: DocumentTable) {
    this.#connection = connection;
    this.#assets = assets;
    movements.onWrite((write) => this.#index(write));
  }

  /** Ids of an asset's entries that tell of an intervention and still hold. */
  entriesOf(assetId: string): string[] {
    return this.#connection.values<string>(
      `SELECT movement_id FROM interventions WHERE asset_id = ? AND ${HOLDS} ORDER BY declared_at, movement_id`,
      [assetId],
    );
  }

  /** Whether an entry was taken back. */
  isUndone(entryId: string): boolean {
    return this.#connection.value('SELECT 1 FROM undone_entries WHERE movement_id = ?', [entryId]) === 1;
  }

  /** Assets still kept in use whose latest intervention planned one for this day (`YYYY-MM-DD`) or before. */
  due(day: string): readonly { readonly id: string; readonly nextDate: string }[] {
    return this.#connection.all(
      `SELECT asset_id AS id, next_date AS nextDate FROM interventions
        JOIN ${this.#assets.tableName} AS assets ON assets.id = asset_id
        WHERE next_date <= ? AND ${HOLDS} AND assets.body->>'$.status' IN (${KEPT_UP}) AND NOT EXISTS (
          SELECT 1 FROM interventions AS later WHERE later.asset_id = interventions.asset_id
            AND (later.declared_at, later.movement_id) > (interventions.declared_at, interventions.movement_id)
            AND later.movement_id NOT IN (SELECT movement_id FROM undone_entries))
        ORDER BY next_date, asset_id`,
      [day],
    );
  }

  #index({ current }: DocumentWrite): void {
    const { id, assetId, declaredAt, repair, undoes, _deleted } = current;
    if (_deleted) return;
    if (typeof undoes === 'string') {
      this.#connection.run('INSERT OR IGNORE INTO undone_entries (movement_id) VALUES (?)', [undoes]);
    }
    if (typeof repair !== 'object' || repair === null) return;
    const nextDate = 'nextDate' in repair && typeof repair.nextDate === 'string' ? repair.nextDate : null;
    this.#connection.run(
      'INSERT OR REPLACE INTO interventions (movement_id, asset_id, declared_at, next_date) VALUES (?, ?, ?, ?)',
      [String(id), String(assetId), String(declaredAt), nextDate],
    );
  }
}

/** What is still maintained. */
const KEPT_UP = `'in-stock', 'in-service', 'in-repair', 'on-loan', 'in-transit'`;

const HOLDS = 'movement_id NOT IN (SELECT movement_id FROM undone_entries)';

/** The interventions on an asset, the latest first. */
export function findInterventions(register: Register, assetId: string): readonly Intervention[] {
  return listInterventions(readEntries(register, register.interventionIndex.entriesOf(assetId)));
}
