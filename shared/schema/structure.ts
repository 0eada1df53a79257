import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Line, PartialDate, Word } from './collection.ts';

export const STRUCTURE_KINDS = [
  'ministry',
  'cabinet',
  'general-secretariat',
  'inspectorate',
  'central-directorate',
  'technical-directorate',
  'departmental-directorate',
  'agency',
  'service',
] as const;
export type StructureKind = (typeof STRUCTURE_KINDS)[number];

/** A node of the ministry's tree. Dated: structures merge and change names. */
export const Structure = Document({
  parentId: Type.Optional(Id),
  kind: Word(STRUCTURE_KINDS),
  name: Line(200),
  acronym: Type.Optional(Line(20)),
  validFrom: Type.Optional(PartialDate),
  validTo: Type.Optional(PartialDate),
  /** What took its place when it ended. */
  replacedById: Type.Optional(Id),
});
export type Structure = Static<typeof Structure>;

export const structures = {
  name: 'structures',
  version: 0,
  document: Structure,
  indexes: [['name']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
