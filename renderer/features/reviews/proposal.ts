import { type Suggestion, suggest } from '#shared/domain/review-suggestion.ts';
import type { ReviewFacts } from '#shared/protocol/reviews.ts';
import type { Review } from './use-reviews.ts';

type Fact = ReviewFacts['fields'][number];

/** Which value of a field is proposed, and why. */
export function proposalOf(
  { field, mine, theirs }: Review['fields'][number],
  fact: Fact | undefined,
): Suggestion | undefined {
  return suggest({ field, mine, theirs }, { mine: fact?.mine?.declaredAt, theirs: fact?.theirs?.declaredAt });
}

/** The answer that is proposed for all the fields alike. */
export function proposedAnswer({ fields }: Review, facts: ReviewFacts | undefined): 'kept' | 'taken' | undefined {
  const choices = fields.map(
    (field) =>
      proposalOf(
        field,
        facts?.fields.find((one) => one.field === field.field),
      )?.choice,
  );
  if (choices.length === 0) return undefined;
  if (choices.every((choice) => choice === 'theirs')) return 'kept';
  return choices.every((choice) => choice === 'mine') ? 'taken' : undefined;
}
