import { AppError } from '#shared/domain/errors.ts';
import type { Fields } from '#shared/merge/three-way.ts';
import { type CollectionName, isCollectionName } from '#shared/schema/collections.ts';
import type { Review } from '#shared/schema/review.ts';
import type { Register } from '../register.ts';
import { REMOTE_CONTEXT } from '../replication/waiting-rows.ts';
import { findReviews, writeReview } from './rows.ts';

/** The refused row goes out with the next exchange; should it be refused again, its review opens again (SPEC S8). */
export function sendRowAgain(register: Register, review: Review): void {
  requireHeldHere(register, review);
  register.waiting.sendAgain(collectionOf(review), review.documentId);
}

/** The row as the endpoint has it, written here. @returns that row without its mark of deletion */
export function giveUpRow(register: Register, review: Review): Fields {
  requireHeldHere(register, review);
  const collection = collectionOf(review);
  const base = register.waiting.giveUp(collection, review.documentId);
  if (!base) {
    throw new AppError('COMMAND_INVALID', 'The endpoint has no state of this row to go back to', {
      details: { field: 'answer', problem: 'nothing-to-restore' },
    });
  }
  register.table(collection).put([base], REMOTE_CONTEXT);
  const { _deleted, ...record } = base;
  return record;
}

/** Whether the refused row of a review is on this desktop, and what the endpoint had of it. */
export function refusedHere(
  register: Register,
  { collectionName, documentId }: Review,
): { readonly isHere: boolean; readonly canGiveUp: boolean } {
  const row = isCollectionName(collectionName) ? register.waiting.get(collectionName, documentId) : undefined;
  const isHere = row?.isRefused === true;
  return { isHere, canGiveUp: isHere && row.base !== undefined };
}

/** A refused row that was mended by an edit and accepted asks nobody any more. Call inside the exchange's transaction. */
export function closeMended(register: Register): void {
  const { person, device } = register.identity.require();
  const open = `${register.table('reviews').column('state')} = 'open' AND body->>'$.kind' = 'refused' AND body->>'$.deviceId' = ?`;
  for (const review of findReviews(register, open, [device.id])) {
    const { collectionName, documentId } = review;
    if (!isCollectionName(collectionName) || !register.waiting.receipt(collectionName, documentId)) continue;
    writeReview(register, {
      ...review,
      state: 'resolved',
      decision: {
        outcome: 'resent',
        values: [],
        author: { personId: person.id, name: person.name, role: person.role },
        deviceId: device.id,
        decidedAt: register.instant(),
        actId: register.environment.newId(),
      },
    });
  }
}

function requireHeldHere(register: Register, review: Review): void {
  if (refusedHere(register, review).isHere) return;
  const isMine = review.deviceId === register.identity.require().device.id;
  throw new AppError('COMMAND_CONFLICT', 'The refused row does not wait on this desktop', {
    details: { problem: isMine ? 'not-refused' : 'other-device' },
  });
}

function collectionOf({ collectionName }: Review): CollectionName {
  if (isCollectionName(collectionName)) return collectionName;
  throw new AppError('COMMAND_NOT_FOUND', 'The collection is unknown');
}
