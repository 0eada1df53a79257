import { type Static, Type } from 'typebox';
import { Id, Instant, Line, Word } from '../schema/collection.ts';
import { REVIEW_CHOICES } from '../schema/review.ts';

/** The part of the data port that is about reviews (SPEC V1 to V6); `data-port.ts` takes it in. */

/** Most reviews decided, or asked about, at once. */
export const MAX_REVIEWS = 200;

/** What is given to one field: the record's value, the edit's, or another one (`value`; absent empties it). */
export const FieldDecision = Type.Object(
  { field: Line(100), choice: Word(REVIEW_CHOICES), value: Type.Optional(Type.Unsafe<unknown>({})) },
  { additionalProperties: false },
);
export type FieldDecision = Static<typeof FieldDecision>;

/** Answers that need no more than a word. `kept` and `taken` are for all the fields of a review. */
export const PLAIN_ANSWERS = ['kept', 'taken', 'separate', 'resent', 'given-up'] as const;
export type PlainAnswer = (typeof PLAIN_ANSWERS)[number];

export const REVIEW_COMMANDS = {
  /** Field by field; every field of the review is to be named. */
  decideReview: Type.Object(
    {
      id: Id,
      values: Type.Array(FieldDecision, { minItems: 1, maxItems: 300 }),
      note: Type.Optional(Line(1000)),
    },
    { additionalProperties: false },
  ),
  /** One answer to one review or to many: all are decided, as one act, or none. */
  decideReviews: Type.Object(
    {
      ids: Type.Array(Id, { minItems: 1, maxItems: MAX_REVIEWS, uniqueItems: true }),
      answer: Word(PLAIN_ANSWERS),
      note: Type.Optional(Line(1000)),
    },
    { additionalProperties: false },
  ),
  /** Takes decisions back as a whole: the reviews are open again, the records as before (SPEC V4). */
  undoDecision: Type.Object({ actId: Id }, { additionalProperties: false }),
  /** Makes them one's own. */
  takeReview: Type.Object(
    { ids: Type.Array(Id, { minItems: 1, maxItems: MAX_REVIEWS, uniqueItems: true }) },
    { additionalProperties: false },
  ),
  /** Somebody saw that these decisions do not stand (SPEC V5): nobody is told again on this desktop. */
  noteLateDecisionsSeen: Type.Object(
    { actIds: Type.Array(Id, { minItems: 1, maxItems: 1000 }) },
    { additionalProperties: false },
  ),
} as const;

type Decided = { readonly actId: string; readonly decided: number };

export type ReviewCommandOutput = {
  decideReview: Decided;
  decideReviews: Decided;
  undoDecision: { readonly actId: string; readonly changed: number };
  takeReview: null;
  noteLateDecisionsSeen: null;
};

export const REVIEW_QUESTIONS = {
  /** Who gave the values of a review, by the journal, and what the record says now. */
  getReviewFacts: Type.Object({ id: Id }, { additionalProperties: false }),
  /** Decisions made here that came too late, and that nobody has seen yet (SPEC V5). */
  getLateDecisions: Type.Object({}, { additionalProperties: false }),
} as const;

const Author = Type.Object({
  name: Line(150),
  declaredAt: Instant,
  deviceId: Id,
  /** Where this desktop knows it. */
  deviceCode: Type.Optional(Line(10)),
});

/** Who wrote a value, when by the clock of the device, and on which. */
export type ValueAuthor = Static<typeof Author>;

export type ReviewFacts = {
  readonly fields: readonly {
    readonly field: string;
    /** What the record says now. */
    readonly now?: unknown;
    readonly mine?: ValueAuthor;
    readonly theirs?: ValueAuthor;
  }[];
  /** Of a refused row: whether this desktop holds it, and whether the endpoint has a state to go back to. */
  readonly isHere: boolean;
  readonly canGiveUp: boolean;
  /** The code of the desktop that it is about, where it is known here. */
  readonly deviceCode?: string;
};

export type LateDecision = {
  readonly reviewId: string;
  /** Of the decision that does not stand. */
  readonly actId: string;
  /** Whose decision stands. */
  readonly by: string;
};

export type ReviewQuestionOutput = {
  getReviewFacts: ReviewFacts;
  getLateDecisions: { readonly decisions: readonly LateDecision[] };
};
