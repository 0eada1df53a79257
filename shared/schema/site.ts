import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Line, Word } from './collection.ts';

export const SITE_KINDS = ['departement', 'commune', 'site', 'building', 'room'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/** A place: département → commune → site → building → room. */
export const Site = Document({
  parentId: Type.Optional(Id),
  kind: Word(SITE_KINDS),
  name: Line(150),
  /** Other spellings in use, found by the search. */
  aliases: Type.Optional(Type.Array(Line(150), { maxItems: 10 })),
  /** False where it is no longer in use: kept for what stands there and for the past, no longer proposed. */
  active: Type.Optional(Type.Boolean()),
});
export type Site = Static<typeof Site>;

export const sites = {
  name: 'sites',
  version: 0,
  document: Site,
  indexes: [['name'], ['kind', 'name']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
