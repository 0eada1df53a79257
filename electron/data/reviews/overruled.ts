import { readField, writeField } from '#shared/merge/field-path.ts';
import { type Fields, isSame } from '#shared/merge/three-way.ts';
import { Review, type ReviewDecision } from '#shared/schema/review.ts';
import { hasShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { readRecord, writeDecided } from './record.ts';

/**
 * SPEC V5: a decision made here met another one that the endpoint had first. What it changed of the record gives way to
 * what stands, where nobody has changed it since, with an entry of its own. Call inside the exchange's transaction.
 */
export function giveWay(register: Register, mine: Fields, merged: Fields): void {
  const [before, after] = [asReview(mine), asReview(merged)];
  const lost = before?.decision;
  if (!lost || !after || isSame(after.decision, lost)) return;
  const record = readRecord(register, after);
  if (!record) return;
  const corrected = lost.values.reduce((fields, value) => correct(after, fields, value), record);
  if (isSame(corrected, record)) return;
  writeDecided(
    register,
    after,
    { before: record, after: corrected },
    {
      kind: 'review',
      actId: register.environment.newId(),
    },
  );
}

function correct(review: Review, record: Fields, lost: ReviewDecision['values'][number]): Fields {
  const { field, value, before } = lost;
  if (isSame(value, before) || !isSame(readField(record, field), value)) return record;
  return writeField(record, field, standingValue(review, field, before));
}

function standingValue({ decision }: Review, field: string, before: unknown): unknown {
  const standing = decision?.values.find((value) => value.field === field);
  return standing && standing.choice !== 'theirs' ? standing.value : before;
}

function asReview({ _deleted, ...fields }: Fields): Review | undefined {
  return hasShape(Review, fields) ? fields : undefined;
}
