import { compact, fold } from '#shared/domain/fold.ts';
import { Asset } from '#shared/schema/asset.ts';
import { requireShape } from '../port/shape.ts';
import { toWire } from '../replication/wire-document.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';

/** What the search reads of an asset, each text folded. */
type Entry = {
  readonly reference: string;
  readonly inventory: string;
  readonly serial: string;
  readonly label: string;
  readonly holder: string;
  readonly place: string;
};

/**
 * The full-text index of the assets, written in the transaction of the asset itself (SPEC J3). Texts are folded before
 * (accents, case, hyphens); numbers are indexed both in words and without separators.
 */
export class SearchIndex {
  readonly #connection: Connection;

  constructor(connection: Connection, assets: DocumentTable) {
    this.#connection = connection;
    assets.onWrite((write) => this.#index(write));
  }

  #index({ current }: DocumentWrite): void {
    const { _deleted, ...fields } = toWire(current);
    const { id } = fields;
    const known = this.#connection.get<{ rowid: number }>('SELECT rowid FROM asset_search_keys WHERE id = ?', [id]);
    if (known) this.#connection.run('DELETE FROM asset_search WHERE rowid = ?', [known.rowid]);
    if (_deleted) {
      this.#connection.run('DELETE FROM asset_search_keys WHERE id = ?', [id]);
      return;
    }
    const asset = requireShape(Asset, fields, 'STORE_CORRUPT');
    const rowid = this.#writeKeys(asset);
    const entry = entryOf(asset);
    this.#connection.run(
      'INSERT INTO asset_search (rowid, reference, inventory, serial, label, holder, place) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [rowid, entry.reference, entry.inventory, entry.serial, entry.label, entry.holder, entry.place],
    );
  }

  /** The exact keys, compacted, and the number that ties them to the text. */
  #writeKeys(asset: Asset): number {
    const keys = [asset.reference, asset.inventoryNumber, asset.serialNumber].map((text) =>
      text ? compact(text) : null,
    );
    const row = this.#connection.get<{ rowid: number }>(
      `INSERT INTO asset_search_keys (id, reference, inventory, serial) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, inventory = excluded.inventory, serial = excluded.serial
        RETURNING rowid`,
      [asset.id, ...keys],
    );
    if (!row) throw new Error('The search keys gave no row');
    return row.rowid;
  }
}

function entryOf(asset: Asset): Entry {
  return {
    reference: wordsAndWhole(asset.reference),
    inventory: wordsAndWhole(asset.inventoryNumber),
    serial: wordsAndWhole(asset.serialNumber),
    label: fold([asset.designation, asset.brand, asset.model ?? ''].join(' ')),
    holder: fold(asset.holderName ?? ''),
    place: fold(asset.room ?? ''),
  };
}

/** `AB-12/3` is found by `ab 12`, by `ab123` and by `ab12`. */
function wordsAndWhole(text: string | undefined): string {
  return text ? `${fold(text)} ${compact(text)}` : '';
}
