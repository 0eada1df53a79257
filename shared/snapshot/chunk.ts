import type { WireDocument } from '../protocol/replication.ts';
import { fromColumn, toColumn } from './columns.ts';

/** A row of one collection with the sequence of its last change. */
export type SnapshotRow = { readonly seq: number; readonly document: WireDocument };

/** The text of a chunk, before it is compressed: sequences by their differences, documents by column. */
export function toChunkText(rows: readonly SnapshotRow[]): string {
  const steps = rows.map(({ seq }, index) => seq - (rows[index - 1]?.seq ?? 0));
  return JSON.stringify({ steps, documents: toColumn(rows.map(({ document }) => document)) });
}

/** @throws RangeError, SyntaxError: not a chunk of so many rows */
export function fromChunkText(text: string, count: number): SnapshotRow[] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('steps' in parsed) || !('documents' in parsed)) {
    throw new RangeError('This is not a chunk');
  }
  const { steps } = parsed;
  if (!Array.isArray(steps) || steps.length !== count) throw new RangeError('This is a chunk of other rows');
  let seq = 0;
  return fromColumn(parsed.documents, count).map((document, index) => {
    seq += Number(steps[index]);
    if (!Number.isSafeInteger(seq) || seq < 1 || !isWireDocument(document)) throw new RangeError('This is not a row');
    return { seq, document };
  });
}

function isWireDocument(value: unknown): value is WireDocument {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('_deleted' in value)) return false;
  return typeof value.id === 'string' && typeof value._deleted === 'boolean';
}
