import { type Static, Type } from 'typebox';
import { PAPER_KINDS } from '../domain/lifecycle.ts';
import { ROLES } from '../domain/roles.ts';
import { COLUMN_FIELDS } from '../papers/fields.ts';
import { ORIENTATIONS, SIGNATORIES } from '../papers/template.ts';
import { ASSET_STATUSES, HOLDER_KINDS, PHYSICAL_STATES } from './asset.ts';
import type { CollectionDefinition } from './collection.ts';
import { Document, Id, Instant, Line, Word } from './collection.ts';

const Text = (maxLength: number) => Type.String({ maxLength });

/** SHA-256 in upper-case hexadecimal: what a QR code writes shortest. */
export const Digest = Type.String({ minLength: 64, maxLength: 64, pattern: '^[0-9A-F]{64}$' });

/** Most bytes of one drawn signature (PNG). */
export const MAX_SIGNATURE_BYTES = 20 * 1024;
/** PNG, base64. */
export const SignatureImage = Type.String({
  minLength: 1,
  maxLength: Math.ceil(MAX_SIGNATURE_BYTES / 3) * 4,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
});

export const PaperTable = Type.Object(
  {
    title: Type.Optional(Text(200)),
    introduction: Type.Optional(Text(8000)),
    columns: Type.Array(
      Type.Object(
        { field: Word(COLUMN_FIELDS), label: Text(60), width: Type.Number(), align: Word(['left', 'right', 'center']) },
        { additionalProperties: false },
      ),
    ),
    /** One text per column. Empty while they are packed. */
    rows: Type.Array(Type.Array(Text(5000))),
    /** One text per column. */
    totals: Type.Optional(Type.Array(Text(200))),
  },
  { additionalProperties: false },
);

/** Everything that stands on a paper, as text, frozen when it was made. */
export const PaperContent = Type.Object(
  {
    heading: Type.Object(
      {
        republic: Text(100),
        motto: Text(100),
        ministry: Text(300),
        structure: Type.Optional(Text(300)),
        /** Code of the reference that holds the picture. */
        logo: Type.Optional(Line(40)),
      },
      { additionalProperties: false },
    ),
    number: Line(40),
    date: Text(40),
    title: Text(300),
    orientation: Word(ORIENTATIONS),
    introduction: Type.Array(Text(8000)),
    facts: Type.Array(Type.Object({ label: Text(100), value: Text(5000) }, { additionalProperties: false })),
    tables: Type.Array(PaperTable),
    notes: Type.Array(
      Type.Object({ title: Type.Optional(Text(120)), text: Text(8000) }, { additionalProperties: false }),
    ),
    signatures: Type.Array(
      Type.Object(
        {
          label: Text(120),
          as: Word(SIGNATORIES),
          wording: Type.Optional(Text(2000)),
          name: Type.Optional(Text(300)),
          quality: Type.Optional(Text(150)),
          image: Type.Optional(SignatureImage),
          /** Day of a signature on screen, as printed. */
          signedOn: Type.Optional(Text(40)),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type PaperContent = Static<typeof PaperContent>;
export type PaperTable = Static<typeof PaperTable>;

/** Most assets that a paper names one by one; a larger one keeps their number and what they were chosen by. */
export const MAX_PAPER_ASSETS = 500;

/** An asset as it stood on the paper: what a later check compares with the register. */
export const PaperAsset = Type.Object(
  {
    id: Id,
    reference: Line(40),
    status: Word(ASSET_STATUSES),
    physicalState: Type.Optional(Word(PHYSICAL_STATES)),
    structureId: Id,
    siteId: Type.Optional(Id),
    room: Type.Optional(Line(100)),
    holderKind: Type.Optional(Word(HOLDER_KINDS)),
    holderName: Type.Optional(Line(150)),
    inventoryNumber: Type.Optional(Line(100)),
  },
  { additionalProperties: false },
);
export type PaperAsset = Static<typeof PaperAsset>;

/** A paper that was made: numbered, frozen, never changed (SPEC W). */
export const Paper = Document({
  number: Line(40),
  kind: Word(PAPER_KINDS),
  issuedAt: Instant,
  title: Line(300),
  /** Whom or what it is about, in a line: what a list of papers shows. */
  subject: Type.String({ maxLength: 300 }),
  /** 0: as it ships with the program. */
  templateVersion: Type.Integer({ minimum: 0 }),
  actId: Type.Optional(Id),
  /** What the assets of a statement were chosen by, in words. */
  scope: Type.Optional(Line(500)),
  assetCount: Type.Integer({ minimum: 0 }),
  assets: Type.Array(PaperAsset, { maxItems: MAX_PAPER_ASSETS }),
  content: PaperContent,
  /** The rows of every table as deflated JSON, base64, where they are too many to lie in `content`. */
  packedRows: Type.Optional(Type.String({ maxLength: 250_000 })),
  /** Over `canonicalPaper`. */
  digest: Digest,
  author: Type.Object({ personId: Id, name: Line(150), role: Word(ROLES) }, { additionalProperties: false }),
  deviceId: Id,
});
export type Paper = Static<typeof Paper>;

export const papers = {
  name: 'papers',
  version: 0,
  document: Paper,
  indexes: [['issuedAt'], ['number']],
  appendOnly: true,
  deletable: false,
} as const satisfies CollectionDefinition;
