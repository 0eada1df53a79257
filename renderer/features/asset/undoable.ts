import { ruleOf } from '#shared/domain/lifecycle.ts';
import { isAllowed, type Role } from '#shared/domain/roles.ts';
import type { Entry } from '../../components/journal-entry.tsx';

/** The entries that a later one takes back. */
export function undoneEntries(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ undoes }) => undoes ?? []));
}

/**
 * The entry that this role may take back, of an asset's journal with the latest first: the last act or edit that still
 * holds. A registration, or a merge after it, stands in the way.
 */
export function undoableEntry(entries: readonly Entry[], role: Role): Entry | undefined {
  const undone = undoneEntries(entries);
  const last = entries.find((entry) => entry.kind !== 'undo' && !undone.has(entry.id) && !isMere(entry));
  if (!last?.actId || (last.kind !== 'act' && last.kind !== 'update')) return undefined;
  const isMine = last.act ? ruleOf(last.act).roles.includes(role) : isAllowed(role, 'asset.update');
  return isMine ? last : undefined;
}

/** A decision that left the record as it was stands in nobody's way. */
function isMere({ kind, changes }: Entry): boolean {
  return kind === 'review' && changes.length === 0;
}
