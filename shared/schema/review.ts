import { type Static, Type } from 'typebox';
import { ROLES } from '../domain/roles.ts';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Instant, Line, Word } from './collection.ts';

/** Why something waits for a person (SPEC V1). */
export const REVIEW_KINDS = ['same-field', 'edit-after-exit', 'twin', 'refused'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const REVIEW_STATES = ['open', 'resolved'] as const;

/** Of a field: what the record says, what the edit said that lost, or something else. */
export const REVIEW_CHOICES = ['theirs', 'mine', 'other'] as const;
export type ReviewChoice = (typeof REVIEW_CHOICES)[number];

/**
 * | outcome | of | means |
 * | --- | --- | --- |
 * | kept, taken, mixed | values | the record stays as it is; takes all of the other values; some of them, or others |
 * | separate, merged | twins | two things; one thing, by a merge of its own |
 * | resent, given-up | refused rows | sent again, as it is or mended; the endpoint's state came back |
 */
export const REVIEW_OUTCOMES = ['kept', 'taken', 'mixed', 'separate', 'merged', 'resent', 'given-up'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

const AnyValue = Type.Unsafe<unknown>({});

/** Most decisions that a review remembers besides the one that stands. */
export const MAX_OVERRULED = 20;

export const ReviewDecision = Type.Object(
  {
    outcome: Word(REVIEW_OUTCOMES),
    /** What the record was given, field by field: `value` took the place of `before`; absent for an empty field. */
    values: Type.Array(
      Type.Object(
        {
          field: Line(100),
          choice: Word(REVIEW_CHOICES),
          value: Type.Optional(AnyValue),
          before: Type.Optional(AnyValue),
        },
        { additionalProperties: false },
      ),
    ),
    author: Type.Object({ personId: Id, name: Line(150), role: Word(ROLES) }, { additionalProperties: false }),
    deviceId: Id,
    decidedAt: Instant,
    /** The act in the journal: several decisions made at once share it. */
    actId: Id,
    note: Type.Optional(Line(1000)),
  },
  { additionalProperties: false },
);
export type ReviewDecision = Static<typeof ReviewDecision>;

/** A conflict, a pair of twins or a refusal that waits for a person. Nothing is decided in silence (SPEC V1 to V6). */
export const Review = Document({
  kind: Word(REVIEW_KINDS),
  state: Word(REVIEW_STATES),
  /** Not `collection`: RxDB's documents have a property of that name, and refuse such a field. */
  collectionName: Line(40),
  documentId: Line(100),
  /** `theirs` is what the record says; `mine` is the edit that lost. Of twins: what each of the two says. */
  fields: Type.Array(
    Type.Object(
      {
        field: Line(100),
        base: Type.Optional(AnyValue),
        mine: Type.Optional(AnyValue),
        theirs: Type.Optional(AnyValue),
      },
      { additionalProperties: false },
    ),
  ),
  /** Why the endpoint refused a row. */
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
  /** The desktop whose edit it is about. */
  deviceId: Id,
  openedAt: Instant,
  /** Who is asked: the author of the edit that lost, until somebody takes it over (SPEC V3). */
  owner: Type.Optional(Type.Object({ personId: Id, name: Line(150) }, { additionalProperties: false })),
  /** The other one of two twins in this ministry. */
  otherId: Type.Optional(Id),
  /** The ministry that has the other one, by its acronym: nothing else of it is told (SPEC V2). */
  otherMinistry: Type.Optional(Line(20)),
  decision: Type.Optional(ReviewDecision),
  /** Decisions that reached the endpoint after the one that stands (SPEC V5). */
  overruled: Type.Optional(Type.Array(ReviewDecision, { maxItems: MAX_OVERRULED })),
});
export type Review = Static<typeof Review>;

export const reviews = {
  name: 'reviews',
  version: 0,
  document: Review,
  indexes: [['state', 'openedAt']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
