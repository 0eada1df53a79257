import type { WireDocument } from '#shared/protocol/replication.ts';
import { type CollectionName, isCollectionName } from '#shared/schema/collections.ts';
import type { SnapshotRow } from '#shared/snapshot/chunk.ts';
import { breathe } from '../breathe.ts';
import { noteUsedNumbers } from '../commands/numbering.ts';
import type { Register } from '../register.ts';
import { applyPulled } from './exchange.ts';
import { isReadable } from './set-aside.ts';
import { REMOTE_CONTEXT } from './waiting-rows.ts';

/** Rows of one transaction: windows are answered between two of them (SPEC P4). */
const BATCH = 100;

type Options = {
  readonly register: Register;
  /** When the endpoint had these rows: their receipt. */
  readonly time: string;
  readonly signal: AbortSignal;
  readonly onApplied: (rows: number) => void;
};

/**
 * Rows of a chunk, a few per transaction. Applied twice they change nothing: a kill in between costs only time.
 * @returns rows that this program cannot read (SPEC S9)
 */
export async function applyRows(
  collection: string,
  rows: readonly SnapshotRow[],
  { register, time, signal, onApplied }: Options,
): Promise<number> {
  if (!isCollectionName(collection)) return rows.length;
  let setAside = 0;
  for (let start = 0; start < rows.length; start += BATCH) {
    signal.throwIfAborted();
    const batch = rows.slice(start, start + BATCH);
    const readable = batch.filter(({ document }) => isReadable(collection, document));
    setAside += batch.length - readable.length;
    register.transaction(() => applyBatch(register, collection, readable, time));
    onApplied(batch.length);
    await breathe();
  }
  return setAside;
}

function applyBatch(register: Register, collection: CollectionName, rows: readonly SnapshotRow[], time: string): void {
  const ids = rows.map(({ document }) => document.id);
  const marks = register.waiting.marksOf(collection, ids);
  const table = register.table(collection);
  const present = new Set(table.findByIds(ids, true).map(({ id }) => id));
  const fresh: WireDocument[] = [];
  for (const { seq, document } of rows) {
    const { id } = document;
    // A snapshot may be older than what this desktop has since: that is never taken back.
    if ((marks.get(id) ?? 0) >= seq) continue;
    if (marks.has(id) || present.has(id)) {
      applyPulled(register, collection, document, seq, time);
      continue;
    }
    noteUsedNumbers(register, collection, document);
    fresh.push(document);
  }
  if (fresh.length > 0) table.put(fresh, REMOTE_CONTEXT);
  const isFresh = new Set(fresh.map(({ id }) => id));
  for (const { seq, document } of rows) {
    if (isFresh.has(document.id)) register.waiting.settle(collection, document.id, seq, time);
  }
}
