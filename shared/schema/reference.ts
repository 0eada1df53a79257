import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Line, Word } from './collection.ts';

export const REFERENCE_KINDS = ['equipment-type', 'brand', 'supplier'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** A row of an editable list: equipment types, brands, suppliers … */
export const Reference = Document({
  kind: Word(REFERENCE_KINDS),
  /** Unique within its kind. */
  code: Line(40),
  label: Line(150),
  active: Type.Boolean(),
});
export type Reference = Static<typeof Reference>;

export const references = {
  name: 'references',
  version: 0,
  document: Reference,
  indexes: [['kind', 'label']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
