import { AppError } from '#shared/domain/errors.ts';
import { mayDecide } from '#shared/domain/review.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import { isCollectionName } from '#shared/schema/collections.ts';
import { Review } from '#shared/schema/review.ts';
import { hasShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { toWire } from '../replication/wire-document.ts';

/** Undefined where this desktop has no such review, or cannot read it. */
export function readReview(register: Register, id: string): Review | undefined {
  const stored = register.table('reviews').get(id);
  if (!stored || stored._deleted) return undefined;
  const { _deleted, ...review } = toWire(stored);
  return hasShape(Review, review) ? review : undefined;
}

/** @throws AppError COMMAND_NOT_FOUND */
export function requireReview(register: Register, id: string): Review {
  const review = readReview(register, id);
  if (!review) throw new AppError('COMMAND_NOT_FOUND', 'There is no such review on this desktop');
  return review;
}

export function writeReview(register: Register, review: Review): void {
  register.table('reviews').put([{ ...review, _deleted: false }], 'command');
}

/** Reviews with a condition on their JSON, `body`; there are few of them. */
export function findReviews(register: Register, condition: string, parameters: readonly string[]): Review[] {
  const { tableName } = register.table('reviews');
  const ids = register.connection.values<string>(
    `SELECT id FROM ${tableName} WHERE deleted = 0 AND ${condition} ORDER BY id`,
    parameters,
  );
  return ids.flatMap((id) => readReview(register, id) ?? []);
}

/** @throws AppError COMMAND_FORBIDDEN (SPEC V3, A7) */
export function requireMayDecide({ person }: Identity, { collectionName }: Review): void {
  if (mayDecide(person.role, collectionName)) return;
  throw new AppError('COMMAND_FORBIDDEN', 'The role does not allow to decide about this', {
    details: { role: person.role, collection: isCollectionName(collectionName) ? collectionName : '' },
  });
}
