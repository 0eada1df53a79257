import { type Static, Type } from 'typebox';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Line } from './collection.ts';

/**
 * Somebody who may hold assets. Personal data, kept to what a receipt needs (domain.md section 2): never an identity
 * card, a national number, a picture or a date of birth.
 */
export const Agent = Document({
  name: Line(150),
  /** Number on the payroll (matricule), as written. */
  payrollNumber: Type.Optional(Line(40)),
  /** Position held. */
  position: Type.Optional(Line(150)),
  structureId: Type.Optional(Id),
  /** Of the office, ten digits from `01`. */
  phone: Type.Optional(Type.String({ pattern: '^01\\d{8}$' })),
  /** False once gone: kept for what was handed out, no longer proposed. */
  active: Type.Boolean(),
});
export type Agent = Static<typeof Agent>;

export const agents = {
  name: 'agents',
  version: 0,
  document: Agent,
  indexes: [['name']],
  appendOnly: false,
  deletable: false,
} as const satisfies CollectionDefinition;
