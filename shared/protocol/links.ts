import { Type } from 'typebox';
import { MAX_ACT_ASSETS } from '../domain/act.ts';
import type { Intervention } from '../domain/interventions.ts';
import { Id, Word } from '../schema/collection.ts';

/** The part of the data port that is about what belongs together: parts, licences, contracts, stocks, interventions. */

/** `part`: of a whole; `licence`: used; `contract`: covered by. The attached asset holds the link (SPEC A11). */
export const LINK_KINDS = ['part', 'licence', 'contract'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** Most ids asked about at once. */
export const MAX_IDS_ASKED = 500;

const Ids = Type.Array(Id, { maxItems: MAX_IDS_ASKED });
const Stretch = { offset: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 0, maximum: 200 }) } as const;

export const LINK_COMMANDS = {
  /** Attaches assets to one, all of them or none, as one act. An asset that is attached already takes the new seats. */
  attachAssets: Type.Object(
    {
      kind: Word(LINK_KINDS),
      targetId: Id,
      assetIds: Type.Array(Id, { minItems: 1, maxItems: MAX_ACT_ASSETS, uniqueItems: true }),
      /** Of a licence, for each asset; 1 where nothing is said. */
      seats: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    },
    { additionalProperties: false },
  ),
  detachAsset: Type.Object({ kind: Word(LINK_KINDS), targetId: Id, assetId: Id }, { additionalProperties: false }),
} as const;

export const LINK_QUESTIONS = {
  /** What is attached to an asset, by reference. */
  findLinked: Type.Object({ kind: Word(LINK_KINDS), id: Id, ...Stretch }, { additionalProperties: false }),
  /** How much is attached to each of these; what nothing is attached to is left out. */
  countLinked: Type.Object({ kind: Word(LINK_KINDS), ids: Ids }, { additionalProperties: false }),
  /** Stocks of consumables; what never moved is left out, and has none. */
  getStocks: Type.Object({ ids: Ids }, { additionalProperties: false }),
  /** The interventions on an asset that were not taken back, the latest first. */
  findInterventions: Type.Object({ assetId: Id }, { additionalProperties: false }),
  /** What asks for something to be done: stocks that are low, licences used beyond their seats, work whose day has come. */
  findShortages: Type.Object({ limit: Type.Integer({ minimum: 0, maximum: 200 }) }, { additionalProperties: false }),
} as const;

/** The first of them, and how many there are. */
type Some<Row> = { readonly total: number; readonly rows: readonly Row[] };

export type Shortages = {
  /** At or below the threshold; `threshold` is absent where a stock below 0 has none. */
  readonly stocks: Some<{ readonly id: string; readonly stock: number; readonly threshold?: number }>;
  readonly licences: Some<{ readonly id: string; readonly used: number; readonly bought: number }>;
  readonly interventions: Some<{ readonly id: string; readonly nextDate: string }>;
};

export type LinkCommandOutput = {
  /** `changed` counts those that were not attached so before. */
  attachAssets: { readonly actId: string; readonly changed: number };
  detachAsset: { readonly actId: string; readonly changed: number };
};

export type LinkQuestionOutput = {
  findLinked: {
    readonly total: number;
    /** `seats` taken of a licence; 1 otherwise. */
    readonly links: readonly { readonly id: string; readonly seats: number }[];
  };
  countLinked: Readonly<Record<string, { readonly assets: number; readonly seats: number }>>;
  getStocks: Readonly<Record<string, number>>;
  findInterventions: readonly Intervention[];
  findShortages: Shortages;
};
