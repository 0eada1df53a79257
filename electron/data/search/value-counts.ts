import type { AssetColumns } from './asset-columns.ts';

/** Kinds whose values are counted beside their filters. */
export const COUNTED_KINDS = ['status', 'type', 'structure', 'site'] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];

/** How many assets have each value, kept with every write: the counts of a list that filters nothing. */
export class ValueCounts {
  readonly #counts: Record<CountedKind, number[]> = { status: [], type: [], structure: [], site: [] };

  of(kind: CountedKind): readonly number[] {
    return this.#counts[kind];
  }

  load(columns: AssetColumns): void {
    const status = columns.column('status');
    for (const kind of COUNTED_KINDS) {
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
    for (const kind of COUNTED_KINDS) {
      const counts = this.#counts[kind];
      const code = columns.column(kind)[slot] ?? 0;
      counts[code] = (counts[code] ?? 0) + difference;
    }
  }
}
