import { diffFields } from '#shared/domain/journal.ts';
import { writeField } from '#shared/merge/field-path.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { readEntries } from '../journal/entries.ts';
import type { Register } from '../register.ts';

export type FoundAuthor = {
  readonly personId: string;
  readonly name: string;
  readonly declaredAt: string;
  readonly deviceId: string;
};

/**
 * Who gave a field of an asset this value, by the latest entry of the journal that says so. What a merge or a decision
 * carried over is not its author's, and a row that is no asset has no journal.
 */
export function findAuthor(
  register: Register,
  documentId: string,
  field: string,
  value: unknown,
): FoundAuthor | undefined {
  const wanted = journaled(field, value);
  const entry = entriesOf(register, documentId).find(
    ({ kind, changes, reviewId }) =>
      TELLING.has(kind) &&
      reviewId === undefined &&
      changes.some((change) => change.field === field && change.to === wanted),
  );
  return (
    entry && {
      personId: entry.author.personId,
      name: entry.author.name,
      declaredAt: entry.declaredAt,
      deviceId: entry.deviceId,
    }
  );
}

const TELLING: ReadonlySet<Movement['kind']> = new Set(['creation', 'update', 'status', 'act', 'undo']);

/** The value as the journal writes it. */
function journaled(field: string, value: unknown): unknown {
  if (value === undefined) return null;
  return diffFields({}, writeField({}, field, value))[0]?.to ?? null;
}

/** The latest first. */
function entriesOf(register: Register, assetId: string): Movement[] {
  const movements = register.table('movements');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${movements.tableName} WHERE deleted = 0 AND ${movements.column('assetId')} = ?`,
    [assetId],
  );
  return readEntries(register, ids).sort(
    (a, b) => b.declaredAt.localeCompare(a.declaredAt) || b.deviceSequence - a.deviceSequence,
  );
}
