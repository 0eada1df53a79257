import { isAnswerTo } from '#shared/domain/review.ts';
import type { PlainAnswer } from '#shared/protocol/reviews.ts';
import type { Review } from './use-reviews.ts';

/** In the order in which they are offered; each has its key in the texts. */
const OFFERED = ['kept', 'taken', 'separate', 'resent', 'given-up'] as const satisfies readonly PlainAnswer[];

/** The answers that all of these reviews admit. */
export function answersTo(reviews: readonly Review[]): readonly PlainAnswer[] {
  return OFFERED.filter((answer) => reviews.every(({ kind }) => isAnswerTo(answer, kind)));
}

/** Answers with a key of their own: what cannot be seen to be harmless has none. */
export type KeyedAnswer = Exclude<PlainAnswer, 'given-up'>;

export function hasKey(answer: PlainAnswer): answer is KeyedAnswer {
  return answer !== 'given-up';
}
