import type { Register } from '../register.ts';
import { findReviews, writeReview } from './rows.ts';

/** Two records became one: nobody is asked any more whether they are. Call inside the transaction of the merge. */
export function closeTwinReviews(register: Register, ids: readonly [string, string], actId: string): void {
  const { person, device } = register.identity.require();
  const condition = `${register.table('reviews').column('state')} = 'open' AND body->>'$.kind' = 'twin'
    AND body->>'$.documentId' IN (?, ?) AND body->>'$.otherId' IN (?, ?)`;
  for (const review of findReviews(register, condition, [...ids, ...ids])) {
    writeReview(register, {
      ...review,
      state: 'resolved',
      decision: {
        outcome: 'merged',
        values: [],
        author: { personId: person.id, name: person.name, role: person.role },
        deviceId: device.id,
        decidedAt: register.instant(),
        actId,
      },
    });
  }
}

/** The merge was taken back: the question is open again. */
export function reopenTwinReviews(register: Register, actId: string): void {
  const condition = `body->>'$.decision.actId' = ? AND body->>'$.decision.outcome' = 'merged'`;
  for (const { decision: _, ...review } of findReviews(register, condition, [actId])) {
    writeReview(register, { ...review, state: 'open' });
  }
}
