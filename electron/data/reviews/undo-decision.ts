import { AppError } from '#shared/domain/errors.ts';
import { isSame } from '#shared/merge/three-way.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import type { Review } from '#shared/schema/review.ts';
import type { Register } from '../register.ts';
import { readRecord, requireRecord, withoutValues, writeDecided } from './record.ts';
import { findReviews, requireMayDecide, writeReview } from './rows.ts';

/** Takes the decisions of one act back as a whole, by counter-entries; the reviews are open again (SPEC V4, A9). */
export function undoDecision(
  register: Register,
  { actId }: CommandInput<'undoDecision'>,
): CommandOutput['undoDecision'] {
  const identity = register.identity.require();
  const reviews = findReviews(register, `body->>'$.decision.actId' = ?`, [actId]);
  if (reviews.length === 0) throw new AppError('COMMAND_NOT_FOUND', 'There is no such decision on this desktop');
  return register.transaction(() => {
    const undoId = register.environment.newId();
    for (const review of reviews) {
      requireMayDecide(identity, review);
      reopen(register, review, undoId);
    }
    return { actId: undoId, changed: reviews.length };
  });
}

function reopen(register: Register, review: Review, actId: string): void {
  const { decision, ...rest } = review;
  if (!decision) return;
  if (decision.outcome === 'resent' || decision.outcome === 'merged') {
    throw new AppError('COMMAND_INVALID', 'This decision is not taken back here', {
      details: { field: 'answer', problem: decision.outcome },
    });
  }
  const isChanging = decision.values.some(({ value, before }) => !isSame(value, before));
  const before = isChanging ? requireRecord(register, review) : (readRecord(register, review) ?? {});
  const after = withoutValues(before, decision.values);
  writeReview(register, { ...rest, state: 'open' });
  const entry = register.journalIndex.ofAct(decision.actId).find(({ reviewId }) => reviewId === review.id);
  writeDecided(register, review, { before, after }, { kind: 'undo', actId, undoes: entry?.id });
}
