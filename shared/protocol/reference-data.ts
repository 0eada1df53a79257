import { Type } from 'typebox';
import type { REFERENCE_PROBLEMS } from '../domain/reference-data.ts';
import { Id, Line, PartialDate, Word } from '../schema/collection.ts';
import { LISTED_KINDS } from '../schema/reference-content.ts';
import { SITE_KINDS } from '../schema/site.ts';
import { STRUCTURE_KINDS } from '../schema/structure.ts';

/** The part of the data port that is about reference data and holders; `data-port.ts` takes it in (SPEC R). */

/** Lists that are filled from a file. */
export const REFERENCE_TARGETS = [
  'structures',
  'sites',
  'types',
  'brands',
  'accounts',
  'suppliers',
  'agents',
  'institutions',
] as const;
export type ReferenceTarget = (typeof REFERENCE_TARGETS)[number];

/** Each says the row as it is to be; without an `id` it is a new one. What is absent is empty. */
export const REFERENCE_DATA_COMMANDS = {
  saveStructure: Type.Object(
    {
      id: Type.Optional(Id),
      kind: Word(STRUCTURE_KINDS),
      name: Line(200),
      acronym: Type.Optional(Line(20)),
      parentId: Type.Optional(Id),
      validFrom: Type.Optional(PartialDate),
      validTo: Type.Optional(PartialDate),
      replacedById: Type.Optional(Id),
    },
    { additionalProperties: false },
  ),
  saveSite: Type.Object(
    {
      id: Type.Optional(Id),
      kind: Word(SITE_KINDS),
      name: Line(150),
      parentId: Type.Optional(Id),
      aliases: Type.Optional(Type.Array(Line(150), { maxItems: 10 })),
      active: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  saveReference: Type.Object(
    {
      id: Type.Optional(Id),
      kind: Word(LISTED_KINDS),
      /** Never changes once given; a maker or a supplier without one gets its name. */
      code: Type.Optional(Line(40)),
      label: Line(150),
      active: Type.Boolean(),
      /** Of the shape that `CONTENT_OF_KIND` gives its kind. */
      content: Type.Optional(Type.Unsafe<unknown>({})),
    },
    { additionalProperties: false },
  ),
  saveAgent: Type.Object(
    {
      id: Type.Optional(Id),
      name: Line(150),
      payrollNumber: Type.Optional(Line(40)),
      position: Type.Optional(Line(150)),
      structureId: Type.Optional(Id),
      /** As typed: spaces, +229 and the eight digits of before are understood. */
      phone: Type.Optional(Line(30)),
      active: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  /** Reads a table and says what it would change. Writes nothing. */
  previewReferences: Type.Object(
    { target: Word(REFERENCE_TARGETS), name: Line(255), bytes: Type.Unsafe<Uint8Array>({}) },
    { additionalProperties: false },
  ),
  /** Does what the preview showed, all of it or nothing. */
  commitReferences: Type.Object({ previewId: Id }, { additionalProperties: false }),
} as const;

/** What a line of a file may be refused for, besides what a form refuses. */
export const LINE_PROBLEMS = [
  'unknown-parent',
  'ambiguous-parent',
  'ambiguous',
  'unknown-kind',
  'unknown-nature',
  'bad-duration',
  'unknown-group',
  'unknown-structure',
  'repeated',
  'too-many-cells',
  'too-long',
] as const;

export type ReferenceLine = {
  readonly line: number;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused';
  readonly label: string;
  /** Of a tree: where it hangs. */
  readonly parent?: string;
  readonly changes?: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
  readonly problem?: {
    readonly field: string;
    readonly problem: (typeof REFERENCE_PROBLEMS)[number] | (typeof LINE_PROBLEMS)[number];
    readonly detail?: string;
  };
};

export type ReferenceCounts = Readonly<Record<ReferenceLine['outcome'], number>>;

export type ReferencePreview = {
  readonly previewId: string;
  /** Heading → what it was read as; a heading without one was left out. */
  readonly columns: readonly { readonly header: string; readonly field?: string }[];
  readonly counts: ReferenceCounts;
  /** The first 300, those to look at first. */
  readonly lines: readonly ReferenceLine[];
};

export type ReferenceDataCommandOutput = {
  saveStructure: { readonly id: string };
  saveSite: { readonly id: string };
  saveReference: { readonly id: string };
  saveAgent: { readonly id: string };
  previewReferences: ReferencePreview;
  commitReferences: { readonly created: number; readonly changed: number };
};
