import { useCallback } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { FieldDecision, PlainAnswer } from '#shared/protocol/reviews.ts';
import { useActNotice } from '../../store/act-notice.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';
import type { Review } from './use-reviews.ts';

export type Decide = {
  /** The same answer to all of them. Resolves to true when it was given. */
  answer(reviews: readonly Review[], answer: PlainAnswer): Promise<boolean>;
  choose(review: Review, values: readonly FieldDecision[]): Promise<boolean>;
  take(reviews: readonly Review[]): Promise<boolean>;
  reopen(review: Review): Promise<boolean>;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
  clearError(): void;
};

/** Decisions, and what is said about them: each can be taken back from the notice, by Ctrl+Z too (SPEC V4). */
export function useDecide(): Decide {
  const { t } = useText();
  const { announce } = useActNotice();
  const plain = useCommand('decideReviews');
  const byField = useCommand('decideReview');
  const taking = useCommand('takeReview');
  const undoing = useCommand('undoDecision');
  const all = [plain, byField, taking, undoing];

  const say = useCallback(
    (actId: string, reviews: readonly Review[], message: string, canBeUndone: boolean) => {
      const assetIds = reviews.flatMap(({ collectionName, documentId }) =>
        collectionName === 'assets' ? documentId : [],
      );
      announce({ actId, message, assetIds, canBeUndone });
    },
    [announce],
  );
  const clearError = () => {
    for (const command of all) command.clearError();
  };

  return {
    async answer(reviews, answer) {
      clearError();
      const done = await plain.run({ ids: reviews.map(({ id }) => id), answer });
      if (!done) return false;
      say(done.actId, reviews, t(`reviews.done.${answer}`, { count: done.decided }), answer !== 'resent');
      return true;
    },
    async choose(review, values) {
      clearError();
      const done = await byField.run({ id: review.id, values: [...values] });
      if (!done) return false;
      say(done.actId, [review], t('reviews.done.mixed', { count: 1 }), true);
      return true;
    },
    async take(reviews) {
      clearError();
      return (await taking.run({ ids: reviews.map(({ id }) => id) })) !== undefined;
    },
    async reopen(review) {
      clearError();
      const done = review.decision && (await undoing.run({ actId: review.decision.actId }));
      if (!done) return false;
      say(done.actId, [review], t('reviews.done.reopened'), false);
      return true;
    },
    isRunning: all.some(({ isRunning }) => isRunning),
    error: all.find(({ error }) => error)?.error,
    clearError,
  };
}
