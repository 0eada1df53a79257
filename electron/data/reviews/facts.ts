import { readField } from '#shared/merge/field-path.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { ValueAuthor } from '#shared/protocol/reviews.ts';
import type { Register } from '../register.ts';
import { codeOfDevice, findAuthor } from './authors.ts';
import { readRecord } from './record.ts';
import { refusedHere } from './refusals.ts';
import { requireReview } from './rows.ts';

/** What somebody who decides wants to know besides the values: whose they are, since when, and what the record says now. */
export function getReviewFacts(
  register: Register,
  { id }: QuestionInput<'getReviewFacts'>,
): QuestionOutput['getReviewFacts'] {
  const review = requireReview(register, id);
  const record = readRecord(register, review);
  const deviceCode = codeOfDevice(register, review.deviceId);
  const author = (documentId: string, field: string, value: unknown): ValueAuthor | undefined => {
    const found = findAuthor(register, documentId, field, value);
    if (!found) return undefined;
    const { name, declaredAt, deviceId } = found;
    const deviceCode = codeOfDevice(register, deviceId);
    return { name, declaredAt, deviceId, ...(deviceCode !== undefined && { deviceCode }) };
  };
  return {
    fields: review.fields.map(({ field, mine: ours, theirs: others }) => {
      const now = record && readField(record, field);
      const mine = author(review.documentId, field, ours);
      const theirs = author(review.otherId ?? review.documentId, field, others);
      return { field, ...(now !== undefined && { now }), ...(mine && { mine }), ...(theirs && { theirs }) };
    }),
    ...refusedHere(register, review),
    ...(deviceCode !== undefined && { deviceCode }),
  };
}
