import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';
import type { StoredDocument } from '../storage/table-schema.ts';

/**
 * Stocks of consumables: the sum of the quantities of their entries (table `asset_stocks`), kept in the transaction of each
 * entry, whoever writes it and in whatever order they come (SPEC A10).
 */
export class StockIndex {
  readonly #connection: Connection;

  constructor(connection: Connection, movements: DocumentTable) {
    this.#connection = connection;
    movements.onWrite((write) => this.#index(write));
  }

  /** Below 0 where two desktops took out the same things without a network. */
  of(assetId: string): number {
    return this.#connection.value<number>('SELECT quantity FROM asset_stocks WHERE asset_id = ?', [assetId]) ?? 0;
  }

  /** By the ids asked for; what never moved is left out. */
  ofAll(assetIds: readonly string[]): Readonly<Record<string, number>> {
    const rows = this.#connection.all<{ id: string; quantity: number }>(
      'SELECT asset_id AS id, quantity FROM asset_stocks WHERE asset_id IN (SELECT value FROM json_each(?))',
      [JSON.stringify(assetIds)],
    );
    return Object.fromEntries(rows.map(({ id, quantity }) => [id, quantity]));
  }

  /** Consumables at or below their threshold, and those below 0, which have to be counted. */
  low(): readonly { readonly id: string; readonly stock: number; readonly threshold: number | null }[] {
    return this.#connection.all(
      `SELECT m.asset_id AS id, coalesce(s.quantity, 0) AS stock, m.value AS threshold
        FROM asset_limits m LEFT JOIN asset_stocks s USING (asset_id)
        WHERE m.kind = 'stock' AND coalesce(s.quantity, 0) <= m.value
      UNION ALL
      SELECT s.asset_id, s.quantity, NULL FROM asset_stocks s
        WHERE s.quantity < 0 AND s.asset_id NOT IN (SELECT asset_id FROM asset_limits)
      ORDER BY 1`,
    );
  }

  #index({ previous, current }: DocumentWrite): void {
    const change = quantityOf(current) - (previous ? quantityOf(previous) : 0);
    if (change === 0) return;
    this.#connection.run(
      `INSERT INTO asset_stocks (asset_id, quantity) VALUES (?, ?)
        ON CONFLICT (asset_id) DO UPDATE SET quantity = quantity + excluded.quantity`,
      [String(current.assetId), change],
    );
  }
}

function quantityOf({ _deleted, quantity }: StoredDocument): number {
  return !_deleted && typeof quantity === 'number' ? quantity : 0;
}
