import { type Static, Type } from 'typebox';
import { PAPER_KINDS } from '../domain/lifecycle.ts';
import { ASSET_STATUSES } from '../schema/asset.ts';
import { Id, Line, Word } from '../schema/collection.ts';
import { MAX_PAPER_ASSETS, SignatureImage } from '../schema/paper.ts';
import { ASKED } from './fields.ts';

const Day = Type.String({ minLength: 10, maxLength: 10, pattern: '^\\d{4}-\\d\\d-\\d\\d$' });
const closed = { additionalProperties: false } as const;

/** What the lines of a paper are taken from. */
export const PaperSource = Type.Union([
  /** The assets of one act, as it left them. */
  Type.Object({ type: Type.Literal('act'), actId: Id }, closed),
  Type.Object(
    {
      type: Type.Literal('assets'),
      assetIds: Type.Array(Id, { minItems: 1, maxItems: MAX_PAPER_ASSETS, uniqueItems: true }),
    },
    closed,
  ),
  /** All that one person holds. */
  Type.Object({ type: Type.Literal('holder'), holderName: Line(150) }, closed),
  /** All that lies below a structure or a site; everything that is still in the books where nothing is said. */
  Type.Object(
    {
      type: Type.Literal('scope'),
      structureId: Type.Optional(Id),
      siteId: Type.Optional(Id),
      typeCode: Type.Optional(Line(8)),
      status: Type.Optional(Type.Array(Word(ASSET_STATUSES), { maxItems: ASSET_STATUSES.length })),
      /** As it stood at the end of this day; now when absent. */
      at: Type.Optional(Day),
    },
    closed,
  ),
  /** What the journal tells of these days, both included. */
  Type.Object({ type: Type.Literal('period'), from: Day, to: Day, structureId: Type.Optional(Id) }, closed),
  /** This desktop, as it stands now between itself and the endpoint. */
  Type.Object({ type: Type.Literal('desktop') }, closed),
]);
export type PaperSource = Static<typeof PaperSource>;

export const PaperRequest = Type.Object(
  {
    kind: Word(PAPER_KINDS),
    source: PaperSource,
    /** Who issues it, below the ministry. */
    structureId: Type.Optional(Id),
    /** What the person fills in, by the name of the placeholder. */
    asked: Type.Optional(Type.Partial(Type.Object(Object.fromEntries(ASKED.map((name) => [name, Line(500)])), closed))),
    signatures: Type.Array(
      Type.Object(
        {
          block: Type.Integer({ minimum: 0, maximum: 7 }),
          name: Line(150),
          quality: Type.Optional(Line(150)),
          image: Type.Optional(SignatureImage),
        },
        closed,
      ),
      { maxItems: 8 },
    ),
  },
  closed,
);
export type PaperRequest = Omit<Static<typeof PaperRequest>, 'asked'> & {
  readonly asked?: Readonly<Partial<Record<string, string>>>;
};
