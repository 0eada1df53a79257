import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Line, Word } from './collection.ts';

export const REFERENCE_KINDS = [
  'equipment-type',
  'brand',
  'supplier',
  'paper-template',
  'logo',
  /** Ministries and institutions of the State, dated. */
  'institution',
  /** Line of the nomenclature (compte matière). */
  'account',
  /** A list as somebody likes it, shared inside the ministry. */
  'saved-view',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** A row of an editable list: equipment types, brands, suppliers, templates of papers … */
export const Reference = Document({
  kind: Word(REFERENCE_KINDS),
  /** Unique within its kind. */
  code: Line(40),
  label: Line(150),
  active: Type.Boolean(),
  /** What the row holds besides its name: a template, a picture. Its kind says of which shape. */
  content: Type.Optional(Type.Unsafe<unknown>({})),
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
