import type { FieldChange } from '#shared/domain/journal.ts';
import type { Movement } from '#shared/schema/movement.ts';

/** What the map reads of an entry of the journal. */
export type MappedEntry = Readonly<Pick<Movement, 'id' | 'kind' | 'declaredAt' | 'deviceSequence'>> & {
  readonly act?: Movement['act'];
  readonly changes: readonly FieldChange[];
};

/** What changed when, as a table: a line a field, a column an act. */
export type ChangeMap = {
  /** Oldest first; acts that changed no field have none. */
  readonly acts: readonly MappedEntry[];
  /** The field that changed most first. A cell is empty where the act left the field alone. */
  readonly rows: readonly { readonly field: string; readonly cells: readonly (FieldChange | undefined)[] }[];
};

/** What was filled in at registration is no change. `entries` may come in any order. */
export function mapChanges(entries: readonly MappedEntry[]): ChangeMap {
  const acts = entries
    .filter(({ kind, changes }) => kind !== 'creation' && changes.length > 0)
    .sort((a, b) => compare(a.declaredAt, b.declaredAt) || a.deviceSequence - b.deviceSequence);
  const fields = [...new Set(acts.flatMap(({ changes }) => changes.map(({ field }) => field)))];
  const rows = fields.map((field) => ({
    field,
    cells: acts.map(({ changes }) => changes.find((change) => change.field === field)),
  }));
  const count = ({ cells }: (typeof rows)[number]) => cells.filter(Boolean).length;
  return { acts, rows: rows.sort((a, b) => count(b) - count(a) || compare(a.field, b.field)) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
