import type { AssetColumns } from './asset-columns.ts';

/** Columns whose codes are counted beside their filters. */
const COUNTED_COLUMNS = ['status', 'type', 'structure', 'site', 'traits'] as const;
export type CountedColumnName = (typeof COUNTED_COLUMNS)[number];

/** How many assets have each value, kept with every write: the counts of a list that filters nothing. */
export class ValueCounts {
  readonly #counts: Record<CountedColumnName, number[]> = {
    status: [],
    type: [],
    structure: [],
    site: [],
    traits: [],
  };

  of(column: CountedColumnName): readonly number[] {
    return this.#counts[column];
  }

  load(columns: AssetColumns): void {
    const status = columns.column('status');
    for (const kind of COUNTED_COLUMNS) {
      const codes = columns.column(kind);
      const counts: number[] = [];
      for (let slot = 1; slot < columns.end; slot += 1) {
        const code = codes[slot] ?? 0;
        if (status[slot] !== 0) counts[code] = (counts[code] ?? 0) + 1;
      }
      this.#counts[kind] = counts;
    }
  }

  add(columns: AssetColumns, slot: number): void {
    this.#change(columns, slot, 1);
  }

  take(columns: AssetColumns, slot: number): void {
    this.#change(columns, slot, -1);
  }

  /** An empty slot counts for nothing. */
  #change(columns: AssetColumns, slot: number, difference: number): void {
    if (!columns.column('status')[slot]) return;
    for (const kind of COUNTED_COLUMNS) {
      const counts = this.#counts[kind];
      const code = columns.column(kind)[slot] ?? 0;
      counts[code] = (counts[code] ?? 0) + difference;
    }
  }
}
