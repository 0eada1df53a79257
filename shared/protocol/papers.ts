import { Type } from 'typebox';
import { type Act, PAPER_KINDS, type PaperKind } from '../domain/lifecycle.ts';
import { PaperRequest } from '../papers/request.ts';
import type { SignatureProblem } from '../papers/signatures.ts';
import { PaperTemplate } from '../papers/template.ts';
import { Id, Word } from '../schema/collection.ts';
import type { Paper, PaperContent } from '../schema/paper.ts';

/** The part of the data port that is about papers; `data-port.ts` takes it in. */

/** A day, `YYYY-MM-DD`. */
const Day = Type.String({ minLength: 10, maxLength: 10, pattern: '^\\d{4}-\\d\\d-\\d\\d$' });

export const PAPER_COMMANDS = {
  /** Numbers and freezes a paper, with its digest. */
  issuePaper: PaperRequest,
  /** Keeps the ministry's own wording of a paper; `null` goes back to the one that ships. */
  savePaperTemplate: Type.Object(
    { kind: Word(PAPER_KINDS), template: Type.Union([PaperTemplate, Type.Null()]) },
    { additionalProperties: false },
  ),
  /** The picture of the heading, PNG or JPEG in base64; `null` for none. */
  savePaperLogo: Type.Object(
    { image: Type.Union([Type.String({ minLength: 1, maxLength: 140_000 }), Type.Null()]) },
    { additionalProperties: false },
  ),
} as const;

/** Rows of each table in a preview. */
export const MAX_PREVIEW_LINES = 100;

export const PAPER_QUESTIONS = {
  /** Papers by their heading, the latest first. Days are those of Benin, both included. */
  findPapers: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: 200 })),
      kind: Type.Optional(Word(PAPER_KINDS)),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      assetId: Type.Optional(Id),
      actId: Type.Optional(Id),
      offset: Type.Integer({ minimum: 0 }),
      limit: Type.Integer({ minimum: 0, maximum: 200 }),
    },
    { additionalProperties: false },
  ),
  /** A paper with all that stands on it. */
  getPaper: Type.Object({ id: Id }, { additionalProperties: false }),
  /** What `issuePaper` would make now. Writes nothing. */
  previewPaper: PaperRequest,
  /** What a scanned or typed code stands for, and what its assets are now. */
  checkPaper: Type.Object({ code: Type.String({ maxLength: 300 }) }, { additionalProperties: false }),
  /** The latest acts that a paper can be made of. */
  recentActs: Type.Object(
    {
      kind: Type.Optional(Word(PAPER_KINDS)),
      assetId: Type.Optional(Id),
      limit: Type.Integer({ minimum: 1, maximum: 100 }),
    },
    { additionalProperties: false },
  ),
  /** The wording in force of every kind of paper. */
  getPaperTemplates: Type.Object({}, { additionalProperties: false }),
} as const;

/** A line of a list of papers. */
export type PaperSummary = {
  readonly id: string;
  readonly number: string;
  readonly kind: PaperKind;
  readonly issuedAt: string;
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly assetCount: number;
};

/** A paper as a screen shows it. */
export type WholePaper = {
  readonly paper: Omit<Paper, 'content' | 'packedRows'>;
  readonly content: PaperContent;
  /** False when what is kept is not what the digest was made of: it was altered. */
  readonly isIntact: boolean;
};

/** An asset that is not what a paper says. */
export type PaperDifference = {
  readonly assetId: string;
  readonly reference: string;
  readonly isMissing: boolean;
  readonly changes: readonly {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
};

export type PaperCheck =
  | { readonly state: 'unreadable' }
  | { readonly state: 'unknown'; readonly number: string }
  | (WholePaper & {
      readonly state: 'known';
      readonly digestState: 'matches' | 'differs' | 'not-given';
      readonly differences: readonly PaperDifference[];
    });

/** An act that a paper can be made of. */
export type RecentAct = {
  readonly actId: string;
  readonly act: Act;
  readonly declaredAt: string;
  /** Assets. */
  readonly count: number;
  readonly author: string;
  readonly holder?: string;
  readonly documentNumber?: string;
  readonly papers: readonly PaperKind[];
};

export type PaperCommandOutput = {
  issuePaper: { readonly id: string; readonly number: string; readonly digest: string };
  savePaperTemplate: { readonly version: number };
  savePaperLogo: { readonly code?: string };
};

export type PaperQuestionOutput = {
  findPapers: { readonly total: number; readonly papers: readonly PaperSummary[] };
  getPaper: WholePaper | null;
  previewPaper: {
    readonly content: PaperContent;
    readonly template: PaperTemplate;
    /** Of the whole paper; `content` holds the first of them. */
    readonly lineCount: number;
    readonly problems: readonly SignatureProblem[];
  };
  checkPaper: PaperCheck;
  recentActs: readonly RecentAct[];
  getPaperTemplates: readonly { readonly template: PaperTemplate; readonly isOwn: boolean }[];
};
