import type { DeepReadonlyObject } from 'rxdb';
import { map } from 'rxjs';
import type { ReviewKind, Review as StoredReview } from '#shared/schema/review.ts';
import { useLiveQuery } from '../../store/use-live-query.ts';

export type Review = DeepReadonlyObject<StoredReview>;
export type ReviewState = Review['state'];

/** Most reviews in the list; the latest first. */
export const SHOWN = 300;

export type Filters = {
  readonly state: ReviewState;
  /** Empty for all. */
  readonly kind: ReviewKind | '';
  readonly isMineOnly: boolean;
};

/** The reviews of one state, live, the latest first. */
export function useReviews(state: ReviewState) {
  return useLiveQuery(`reviews ${state}`, (database) =>
    database.reviews
      .find({
        selector: { state },
        sort: [{ state: 'desc' }, { openedAt: 'desc' }, { id: 'desc' }],
        limit: SHOWN,
      })
      .$.pipe(map((documents): readonly Review[] => documents.map((document) => document.toJSON()))),
  );
}

export function applyFilters(
  reviews: readonly Review[],
  { kind, isMineOnly }: Filters,
  personId: string | undefined,
): readonly Review[] {
  return reviews.filter(
    (review) => (kind === '' || review.kind === kind) && (!isMineOnly || review.owner?.personId === personId),
  );
}
