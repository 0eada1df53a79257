import { type Static, Type } from 'typebox';
import { PAPER_KINDS, type PaperKind } from '../domain/lifecycle.ts';
import { Line, Word } from '../schema/collection.ts';
import { COLUMN_FIELDS, columnRule, findPlaceholder } from './fields.ts';
import { paperRule } from './kinds.ts';

/** In whose name a block is signed. The two first are incompatible on one paper (domain.md 1.3). */
export const SIGNATORIES = [
  'ordonnateur',
  'comptable',
  'magasinier',
  'réceptionnaire',
  'détenteur',
  'cédant',
  'preneur',
  'commission',
  'responsable',
  'technicien',
  'fournisseur',
] as const;
export type Signatory = (typeof SIGNATORIES)[number];

export const ORIENTATIONS = ['portrait', 'landscape'] as const;

const Wording = Type.String({ minLength: 1, maxLength: 4000 });

export const TemplateColumn = Type.Object(
  {
    field: Word(COLUMN_FIELDS),
    /** Heading; the column's own when absent. */
    label: Type.Optional(Line(60)),
    /** Share of the width among the columns. */
    width: Type.Number({ minimum: 1, maximum: 100 }),
  },
  { additionalProperties: false },
);

export const TABLE_LINES = ['all', 'stores-data'] as const;

export const TemplateTable = Type.Object(
  {
    title: Type.Optional(Line(120)),
    introduction: Type.Optional(Wording),
    /** All lines, or those of equipment that keeps data of its own; a table without a line is left out. */
    lines: Word(TABLE_LINES),
    columns: Type.Array(TemplateColumn, { minItems: 1, maxItems: 14 }),
    /** A line of totals under the amounts and quantities. */
    hasTotals: Type.Boolean(),
  },
  { additionalProperties: false },
);

export const TemplateSignature = Type.Object(
  {
    label: Line(120),
    as: Word(SIGNATORIES),
    /** What is signed, above the signature. */
    wording: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** Who is expected to sign. */
    name: Type.Optional(Line(150)),
  },
  { additionalProperties: false },
);

/** A paper as a DSI words it: every text may hold placeholders between braces. */
export const PaperTemplate = Type.Object(
  {
    kind: Word(PAPER_KINDS),
    /** Raised at every change; 0 as it ships with the program. */
    version: Type.Integer({ minimum: 0 }),
    title: Line(200),
    orientation: Word(ORIENTATIONS),
    /** Paragraphs between the heading and the facts. */
    introduction: Type.Array(Wording, { maxItems: 10 }),
    facts: Type.Array(
      Type.Object(
        { label: Line(100), value: Type.String({ minLength: 1, maxLength: 500 }) },
        { additionalProperties: false },
      ),
      { maxItems: 40 },
    ),
    tables: Type.Array(TemplateTable, { maxItems: 3 }),
    /** Paragraphs after the tables. */
    notes: Type.Array(
      Type.Object({ title: Type.Optional(Line(120)), text: Wording }, { additionalProperties: false }),
      { maxItems: 10 },
    ),
    signatures: Type.Array(TemplateSignature, { maxItems: 8 }),
  },
  { additionalProperties: false },
);
export type PaperTemplate = Static<typeof PaperTemplate>;
export type TemplateColumn = Static<typeof TemplateColumn>;
export type TemplateTable = Static<typeof TemplateTable>;
export type TemplateSignature = Static<typeof TemplateSignature>;

export type TemplateProblem = {
  /** Where, as a path into the template: `introduction.0`, `tables.0.columns.2`. */
  readonly path: string;
  readonly problem: 'unknown-placeholder' | 'unclosed-brace' | 'wrong-column' | 'same-column' | 'other-kind' | 'empty';
  /** The placeholder or column it is about. */
  readonly detail?: string;
};

/** `{name}`: no brace and no line break inside. */
export const PLACEHOLDER = /\{([^{}\n]*)\}/g;

/** What a schema cannot say of a template; empty when nothing is wrong. */
export function findTemplateProblems(template: PaperTemplate, kind: PaperKind): TemplateProblem[] {
  return [
    ...(template.kind === kind ? [] : [{ path: 'kind', problem: 'other-kind' } as const]),
    ...wordings(template).flatMap(([path, text]) => findWordingProblems(path, text)),
    ...columnProblems(template),
  ];
}

/** Every text of a template that may hold placeholders, with its path. */
export function wordings(template: PaperTemplate): [path: string, text: string][] {
  const optional = (path: string, text: string | undefined): [string, string][] =>
    text === undefined ? [] : [[path, text]];
  return [
    ['title', template.title],
    ...template.introduction.map((text, index): [string, string] => [`introduction.${index}`, text]),
    ...template.facts.map(({ value }, index): [string, string] => [`facts.${index}`, value]),
    ...template.tables.flatMap(({ introduction }, index) => optional(`tables.${index}`, introduction)),
    ...template.notes.map(({ text }, index): [string, string] => [`notes.${index}`, text]),
    ...template.signatures.flatMap(({ wording, name }, index) => [
      ...optional(`signatures.${index}`, wording),
      ...optional(`signatures.${index}`, name),
    ]),
  ];
}

function findWordingProblems(path: string, text: string): TemplateProblem[] {
  if (text.trim() === '') return [{ path, problem: 'empty' }];
  const unknown = [...text.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => name)
    .filter((name) => findPlaceholder(name) === undefined)
    .map((name): TemplateProblem => ({ path, problem: 'unknown-placeholder', detail: name }));
  const isUnclosed = /[{}]/.test(text.replace(PLACEHOLDER, ''));
  return isUnclosed ? [...unknown, { path, problem: 'unclosed-brace' }] : unknown;
}

function columnProblems({ tables, kind }: PaperTemplate): TemplateProblem[] {
  const { lines } = paperRule(kind);
  return tables.flatMap(({ columns }, table) => {
    const seen = new Set<string>();
    return columns.flatMap(({ field }, index): TemplateProblem[] => {
      const path = `tables.${table}.columns.${index}`;
      const { of, type } = columnRule(field);
      if (of !== 'both' && of !== lines) return [{ path, problem: 'wrong-column', detail: field }];
      // Several columns may be left to the pen.
      if (seen.has(field) && type !== 'blank') return [{ path, problem: 'same-column', detail: field }];
      seen.add(field);
      return [];
    });
  });
}
