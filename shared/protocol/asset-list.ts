import { type Static, Type } from 'typebox';
import { MISSING_FIELDS } from '../domain/missing-fields.ts';
import { ASSET_STATUSES, type Asset, NATURES, PHYSICAL_STATES } from '../schema/asset.ts';
import { Francs, Id, Line, PartialDate, Word } from '../schema/collection.ts';

/** The part of the data port that is about the list of assets; `data-port.ts` takes it in. */

/** Days from today; negative ones are past. */
const DayDistance = Type.Integer({ minimum: -36_500, maximum: 36_500 });
const DaySpan = Type.Object(
  { from: Type.Optional(DayDistance), to: Type.Optional(DayDistance) },
  { additionalProperties: false },
);

/** Fields that a filter may ask to be empty. `end` as in `endsFrom`. */
export const EMPTY_FIELDS = ['siteId', 'physicalState', 'brand', 'acquisitionDate', 'end'] as const;
export type EmptyField = (typeof EMPTY_FIELDS)[number];

/**
 * Which assets: all conditions hold, each with one of its values. Bounds are included; a bound or a date known only as a
 * year means that whole year: an acquisition counts from its first day, an end until its last. Records that were merged
 * into others are left out unless their status is asked for (SPEC Q7).
 */
export const AssetFilter = Type.Object(
  {
    text: Type.Optional(Type.String({ maxLength: 200 })),
    nature: Type.Optional(Type.Array(Word(NATURES), { maxItems: 20 })),
    status: Type.Optional(Type.Array(Word(ASSET_STATUSES), { maxItems: 20 })),
    typeCode: Type.Optional(Type.Array(Line(8), { maxItems: 60 })),
    structureId: Type.Optional(Type.Array(Id, { maxItems: 500 })),
    siteId: Type.Optional(Type.Array(Id, { maxItems: 500 })),
    physicalState: Type.Optional(Type.Array(Word(PHYSICAL_STATES), { maxItems: 20 })),
    brand: Type.Optional(Type.Array(Line(100), { maxItems: 100 })),
    /** Words that each begin a word of the name. */
    holder: Type.Optional(Line(100)),
    room: Type.Optional(Line(100)),
    supplier: Type.Optional(Line(100)),
    acquiredFrom: Type.Optional(PartialDate),
    acquiredTo: Type.Optional(PartialDate),
    /** End of the warranty of hardware, of the term of anything else. */
    endsFrom: Type.Optional(PartialDate),
    endsTo: Type.Optional(PartialDate),
    endsIn: Type.Optional(DaySpan),
    /** When a loan is to come back. */
    returnsIn: Type.Optional(DaySpan),
    valueFrom: Type.Optional(Francs),
    valueTo: Type.Optional(Francs),
    /** All of these are missing. */
    missing: Type.Optional(Type.Array(Word(MISSING_FIELDS), { maxItems: 5 })),
    /** All of these are empty, whether the nature has them or not. */
    empty: Type.Optional(Type.Array(Word(EMPTY_FIELDS), { maxItems: 5 })),
  },
  { additionalProperties: false },
);
export type AssetFilter = Static<typeof AssetFilter>;

/** Columns a list may be ordered by. */
export const SORT_FIELDS = [
  'reference',
  'designation',
  'nature',
  'typeCode',
  'brand',
  'status',
  'physicalState',
  'structureId',
  'siteId',
  'room',
  'holderName',
  'acquisitionDate',
  'acquisitionValue',
  'end',
  'returnDate',
  'updatedAt',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** Places and types are ordered by their names, statuses as they come in an asset's life; what is unknown comes last. */
export const AssetSort = Type.Object(
  { field: Word(SORT_FIELDS), direction: Word(['asc', 'desc']) },
  { additionalProperties: false },
);
export type AssetSort = Static<typeof AssetSort>;

/** What assets are counted by. An asset that lacks several fields is in several groups of `missing`. */
export const GROUP_FIELDS = [
  'status',
  'nature',
  'typeCode',
  'structureId',
  'siteId',
  'physicalState',
  'brand',
  'age',
  'endYear',
  'missing',
] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

/** Most rows of one answer. */
export const MAX_FOUND = 1000;

export const LIST_QUESTIONS = {
  /**
   * One stretch of the list of assets that pass the filter, and with it, where asked for, the counts of every filter's
   * values. Without `sort` the best matches of the text come first (exact reference, serial and inventory numbers lead),
   * or, without text, the last changed. Any stretch costs the same, however deep.
   */
  findAssets: Type.Object(
    {
      filter: AssetFilter,
      sort: Type.Optional(AssetSort),
      offset: Type.Integer({ minimum: 0 }),
      limit: Type.Integer({ minimum: 0, maximum: MAX_FOUND }),
      facets: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  /** Counts and sums of values of the assets that pass the filter, in all and by each of the fields. */
  summariseAssets: Type.Object(
    { filter: AssetFilter, groupBy: Type.Array(Word(GROUP_FIELDS), { maxItems: GROUP_FIELDS.length }) },
    { additionalProperties: false },
  ),
  /** Assets by their ids, in the order asked for; unknown ones are left out. */
  getAssets: Type.Object({ ids: Type.Array(Id, { maxItems: MAX_FOUND }) }, { additionalProperties: false }),
} as const;

export type FacetCounts = Readonly<Record<string, number>>;

/** Counts by value: how many assets it would leave under the other filters. Values that leave none are left out. */
export type AssetFacets = {
  readonly status: FacetCounts;
  readonly nature: FacetCounts;
  readonly typeCode: FacetCounts;
  readonly structureId: FacetCounts;
  readonly siteId: FacetCounts;
};

export type FoundAssets = {
  /** Grows with every change of the register: answers of one revision are stretches of one and the same list. */
  readonly revision: number;
  /** All that match, whatever the stretch. */
  readonly total: number;
  readonly ids: readonly string[];
  /** Present where asked for. */
  readonly facets?: AssetFacets;
  /** Folded words to mark in the rows: those of the text, or what was found in their place. */
  readonly terms: readonly string[];
  /** Words that are nowhere in the register, and the ones with one letter of difference that were found instead. */
  readonly corrections: readonly { readonly typed: string; readonly found: readonly string[] }[];
};

export type AssetTotals = {
  readonly count: number;
  /** F CFA, of those whose value is known. */
  readonly value: number;
  /** How many have no value. */
  readonly withoutValue: number;
};

/** `key`: the stored value, `''` where there is none; an age in full years, a year of end. */
export type AssetGroup = AssetTotals & { readonly key: string };

export type AssetSummary = AssetTotals & {
  readonly revision: number;
  /** The day in Benin that ages and distances are counted from, `YYYY-MM-DD`. */
  readonly today: string;
  readonly groups: Readonly<Partial<Record<GroupField, readonly AssetGroup[]>>>;
};

export type ListQuestionOutput = {
  findAssets: FoundAssets;
  summariseAssets: AssetSummary;
  getAssets: readonly Asset[];
};
