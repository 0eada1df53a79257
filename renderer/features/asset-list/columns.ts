import { SORT_FIELDS, type SortField } from '#shared/protocol/asset-list.ts';
import type { ListColumn } from '#shared/protocol/views.ts';
import type { Nature } from '#shared/schema/asset.ts';

/** From here on there is room for the holder, as a media query. */
export const WIDE = '(min-width: 1500px)';

/** How wide a column is, in rem: at least, and its share of what is left; without a share it stays so. */
type Width = { readonly least: number; readonly share?: number };

/** What a column shows of a searched text, in characters: `room` surely, beyond `reach` none. */
export type ColumnText = { readonly room: number; readonly reach: number };

export type ColumnRule = {
  /** In a window as people have them, and in a wide one. */
  readonly narrow: Width & ColumnText;
  readonly wide: Width & ColumnText;
  /** What is typed in the search is looked for in it, and marked. */
  readonly isSearched?: boolean;
  /** Figures stand below each other at the right. */
  readonly isNumber?: boolean;
};

const ALL = { room: 40, reach: 40 } as const;

/** A column of short codes, dates or words: always the same width. */
function fixed(least: number, wide = least): Pick<ColumnRule, 'narrow' | 'wide'> {
  return { narrow: { least, ...ALL }, wide: { least: wide, ...ALL } };
}

/** A column of names: it takes its share of a larger window. */
function fluid([least, wide]: readonly [number, number], [share, wideShare]: readonly [number, number]) {
  // Some 1.8 characters to a rem, surely; some 2.6 at the most.
  const text = (rem: number): ColumnText => ({ room: Math.round(rem * 1.9), reach: Math.round(rem * 2.7) });
  return { narrow: { least, share, ...text(least) }, wide: { least: wide, share: wideShare, ...text(wide) } };
}

export const COLUMNS: Readonly<Record<ListColumn, ColumnRule>> = {
  reference: { ...fixed(11.25, 11.5), isSearched: true },
  inventoryNumber: { ...fluid([8, 9.5], [0.8, 0.8]), isSearched: true },
  designation: {
    narrow: { least: 11.5, share: 2.4, room: 26, reach: 38 },
    wide: { least: 14, share: 2.2, room: 42, reach: 60 },
    isSearched: true,
  },
  nature: fixed(8.5),
  typeCode: {
    narrow: { least: 6.5, share: 1, room: 10, reach: 15 },
    wide: { least: 8, share: 1, room: 16, reach: 22 },
    isSearched: true,
  },
  brand: { ...fluid([6, 7], [0.7, 0.7]), isSearched: true },
  model: { ...fluid([7, 9], [1, 1]), isSearched: true },
  serialNumber: { ...fluid([8, 9.5], [0.8, 0.8]), isSearched: true },
  status: fixed(10.5, 11),
  physicalState: fixed(7),
  structureId: {
    narrow: { least: 8, share: 1.4, room: 14, reach: 20 },
    wide: { least: 10, share: 1.4, room: 24, reach: 34 },
    isSearched: true,
  },
  siteId: {
    narrow: { least: 6.5, share: 1, room: 14, reach: 20 },
    wide: { least: 9, share: 1, room: 24, reach: 34 },
    isSearched: true,
  },
  room: { ...fluid([6.5, 8], [0.8, 0.8]), isSearched: true },
  holderName: { ...fluid([8, 9], [1, 1]), isSearched: true },
  acquisitionDate: fixed(6.5),
  acquisitionValue: { ...fixed(8), isNumber: true },
  supplier: { ...fluid([7, 9], [1, 1]), isSearched: true },
  end: fixed(6.5),
  returnDate: fixed(6.5),
  updatedAt: fixed(5.875, 6.25),
};

const NARROW_COLUMNS = [
  'reference',
  'designation',
  'typeCode',
  'status',
  'structureId',
  'siteId',
  'updatedAt',
] as const satisfies readonly ListColumn[];
const WIDE_COLUMNS = [
  'reference',
  'designation',
  'typeCode',
  'status',
  'structureId',
  'siteId',
  'holderName',
  'updatedAt',
] as const satisfies readonly ListColumn[];

/** What is read first of what has no place and no holder, but a term. */
const TERM_COLUMNS = [
  'reference',
  'designation',
  'typeCode',
  'supplier',
  'status',
  'end',
  'acquisitionValue',
  'structureId',
  'updatedAt',
] as const satisfies readonly ListColumn[];
const CONSUMABLE_COLUMNS = [
  'reference',
  'designation',
  'typeCode',
  'brand',
  'siteId',
  'room',
  'structureId',
  'updatedAt',
] as const satisfies readonly ListColumn[];
const OF_NATURE: Readonly<Partial<Record<Nature, readonly ListColumn[]>>> = {
  licence: TERM_COLUMNS,
  contract: TERM_COLUMNS,
  consumable: CONSUMABLE_COLUMNS,
};

/** What a list shows while nobody chose its columns: those of its nature, where it is of one. */
export function usualColumns(isWide: boolean, natures: readonly Nature[] = []): readonly ListColumn[] {
  const [only, ...others] = natures;
  const own = only && others.length === 0 ? OF_NATURE[only] : undefined;
  return own ?? (isWide ? WIDE_COLUMNS : NARROW_COLUMNS);
}

/** The box that chooses the row, in rem, and the padding of a row. */
const BOX = 2;
const PADDING = 1;

/** The tracks of the grid, and how narrow they can be together. */
export function layOut(columns: readonly ListColumn[], isWide: boolean) {
  const widths = columns.map((column) => COLUMNS[column][isWide ? 'wide' : 'narrow']);
  const tracks = widths.map(({ least, share }) =>
    share === undefined ? `${least}rem` : `minmax(${least}rem, ${share}fr)`,
  );
  const least = widths.reduce((sum, width) => sum + width.least, BOX + PADDING);
  return { tracks: [`${BOX}rem`, ...tracks].join(' '), minWidth: `${least}rem` };
}

/** The order that a column gives, where it gives one. */
export function sortFieldOf(column: ListColumn): SortField | undefined {
  return SORT_FIELDS.find((field) => field === column);
}

/** One place earlier or later. */
export function moved(columns: readonly ListColumn[], place: number, by: -1 | 1): readonly ListColumn[] {
  const others = columns.filter((_, other) => other !== place);
  const column = columns[place];
  return column ? [...others.slice(0, place + by), column, ...others.slice(place + by)] : columns;
}

/** Without the column, or with it at the end. */
export function toggled(columns: readonly ListColumn[], column: ListColumn): readonly ListColumn[] {
  return columns.includes(column) ? columns.filter((known) => known !== column) : [...columns, column];
}
