import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Instant, Line, Word } from './collection.ts';

export const REVIEW_KINDS = ['same-field', 'refused'] as const;
export const REVIEW_STATES = ['open', 'resolved'] as const;

const AnyValue = Type.Unsafe<unknown>({});

/** A conflict or a refusal that waits for a person. Both values are kept; nothing is decided in silence (SPEC M4). */
export const Review = Document({
  kind: Word(REVIEW_KINDS),
  state: Word(REVIEW_STATES),
  /** Not `collection`: RxDB's documents have a property of that name, and refuse such a field. */
  collectionName: Line(40),
  documentId: Line(100),
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
  deviceId: Id,
  openedAt: Instant,
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
