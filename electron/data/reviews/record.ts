import { AppError } from '#shared/domain/errors.ts';
import { diffFields } from '#shared/domain/journal.ts';
import { readField, writeField } from '#shared/merge/field-path.ts';
import { type Fields, isSame } from '#shared/merge/three-way.ts';
import { COLLECTIONS, isCollectionName } from '#shared/schema/collections.ts';
import type { Review, ReviewDecision } from '#shared/schema/review.ts';
import { requireValidAsset } from '../commands/asset-commands.ts';
import { requireStorableText } from '../commands/storable-text.ts';
import { appendMovement, type NewMovement } from '../journal/append.ts';
import { requireShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';

export type ValueChange = ReviewDecision['values'][number];

/** The row that a review is about, as it is now; undefined where this desktop does not have it. */
export function readRecord(
  register: Register,
  review: Pick<Review, 'collectionName' | 'documentId'>,
): Fields | undefined {
  if (!isCollectionName(review.collectionName)) return undefined;
  const stored = register.table(review.collectionName).get(review.documentId);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...record } = toWire(stored);
  return record;
}

/** @throws AppError COMMAND_NOT_FOUND */
export function requireRecord(register: Register, review: Review): Fields {
  const record = readRecord(register, review);
  if (!record) throw new AppError('COMMAND_NOT_FOUND', 'The record is not on this desktop');
  return record;
}

/** How a refusal names the record. */
export function nameOf(record: Fields | undefined): string {
  const name = record?.reference ?? record?.name ?? record?.label;
  return typeof name === 'string' ? name : '';
}

/** The record with its new values. */
export function withValues(record: Fields, values: readonly ValueChange[]): Fields {
  return values.reduce((fields, { field, value }) => writeField(fields, field, value), record);
}

/** The record with what a decision changed taken back. @throws AppError COMMAND_CONFLICT where it was changed since */
export function withoutValues(record: Fields, values: readonly ValueChange[]): Fields {
  return values.reduce((fields, { field, value, before }) => {
    if (isSame(value, before)) return fields;
    if (!isSame(readField(record, field), value)) {
      throw new AppError('COMMAND_CONFLICT', 'The record was changed after this decision', {
        details: { reference: nameOf(record), field },
      });
    }
    return writeField(fields, field, before);
  }, record);
}

/**
 * Writes the record, if it differs, and the entry of the decision, which stands even where nothing was changed (SPEC V4).
 * Call inside a transaction, after the review was written: rows leave in this order, so that a decision that came too late
 * is known as such before the record that it changed.
 */
export function writeDecided(
  register: Register,
  review: Review,
  { before, after }: { readonly before: Fields; readonly after: Fields },
  entry: Omit<NewMovement, 'assetId' | 'changes' | 'reviewId'>,
  extent: 'record-and-entry' | 'entry-only' = 'record-and-entry',
): void {
  const changes = diffFields(before, after);
  if (extent === 'record-and-entry' && !isSame(before, after)) putRecord(register, review, after);
  appendMovement(register, { ...entry, assetId: review.documentId, reviewId: review.id, changes });
}

function putRecord(register: Register, { collectionName }: Review, after: Fields): void {
  const definition = COLLECTIONS.find(({ name }) => name === collectionName);
  if (!definition) throw new AppError('COMMAND_NOT_FOUND', 'The collection is unknown');
  const isAsset = definition.name === 'assets';
  const record = isAsset ? { ...after, updatedAt: register.instant() } : after;
  requireShape(definition.document, record, 'COMMAND_INVALID');
  requireStorableText(record);
  if (isAsset) requireValidAsset(record);
  register.table(definition.name).put([{ ...record, _deleted: false }], 'command');
}
