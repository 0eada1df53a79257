import { DAY_NUMBERS } from '#shared/domain/day-number.ts';
import type { AssetFacets, AssetFilter, AssetSort, FacetCounts, FoundAssets } from '#shared/protocol/asset-list.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import { DICTIONARY_FILTERS, makeFilters, type NamedFilter } from './asset-filters.ts';
import type { AssetIndex } from './asset-index.ts';
import { AssetOrder, type Rank } from './asset-order.ts';
import { summarise } from './asset-summary.ts';
import { natureOf, TRAITS } from './asset-traits.ts';
import {
  type CountedColumn,
  countCodes,
  countFourCodes,
  countMask,
  maskAllowed,
  type Selection,
  selectAll,
  selectAllowed,
} from './selection.ts';
import { MAX_POINTS, type TextMatch, TextMatcher } from './text-match.ts';

/** The filters whose values are counted with every list. */
const FACET_NAMES = ['status', 'nature', 'typeCode', 'structureId', 'siteId'] as const;
type Facet = (typeof FACET_NAMES)[number];

/** Lists kept ready: one per window and some that were just left. */
const KEPT_LISTS = 4;
/** Up to here the first rows are picked out; deeper stretches order the whole list, once. */
const PICKED = 400;

/** A list by filter and order, as it stood at one revision. */
type List = {
  readonly match: TextMatch | undefined;
  readonly filters: readonly NamedFilter[];
  readonly total: number;
  /** By slot: 0 where the asset is not in the list; with a text, its points and one more. */
  readonly members: Uint8Array | Uint16Array;
  /** The slots of the list; kept for as long as one question is answered. */
  slots: Uint32Array | undefined;
  facets: AssetFacets | undefined;
  picked: Uint32Array | undefined;
  ordered: Uint32Array | undefined;
};

/** Answers `findAssets` and `summariseAssets` from the index: no document is read, no row but the ids of the stretch. */
export class AssetList {
  readonly #index: AssetIndex;
  readonly #matcher: TextMatcher;
  readonly #order: AssetOrder;
  readonly #today: () => string;
  readonly #lists = new Map<string, List>();
  #revision = 0;

  /** `today` answers the day in Benin, `YYYY-MM-DD`. */
  constructor(index: AssetIndex, today: () => string) {
    this.#index = index;
    this.#matcher = new TextMatcher(index);
    this.#order = new AssetOrder(index);
    this.#today = today;
  }

  find({ filter, sort, offset, limit, facets }: QuestionInput<'findAssets'>): FoundAssets {
    this.#index.load();
    const list = this.#list(filter, sort);
    if (facets) list.facets ??= this.#countFacets(list);
    const stretch = this.#stretch(list, sort, offset, limit);
    list.slots = undefined;
    return {
      revision: this.#index.revision,
      total: list.total,
      ids: this.#index.numbers.idsOf([...stretch]),
      terms: list.match?.terms ?? [],
      corrections: list.match?.corrections ?? [],
      ...(facets && list.facets && { facets: list.facets }),
    };
  }

  summarise({ filter, groupBy }: QuestionInput<'summariseAssets'>): QuestionOutput['summariseAssets'] {
    this.#index.load();
    const list = this.#list(filter, undefined);
    const slots = slotsOf(list);
    list.slots = undefined;
    const today = this.#today();
    return { revision: this.#index.revision, today, ...summarise(this.#index, slots, groupBy, today) };
  }

  /** The day in Benin that distances are counted from. */
  get today(): string {
    return this.#today();
  }

  /** How many assets of the filter have each day in a column. */
  countDays(filter: AssetFilter, column: 'end' | 'returns'): Uint32Array {
    this.#index.load();
    return countCodes(slotsOf(this.#makeList(filter)), this.#index.columns.column(column), DAY_NUMBERS);
  }

  #list(filter: AssetFilter, sort: AssetSort | undefined): List {
    if (this.#revision !== this.#index.revision) {
      this.#revision = this.#index.revision;
      this.#lists.clear();
    }
    const key = JSON.stringify([filter, sort, this.#today()]);
    const known = this.#lists.get(key);
    if (known) return known;
    const made = this.#makeList(filter);
    const [oldest] = this.#lists.keys();
    if (oldest !== undefined && this.#lists.size >= KEPT_LISTS) this.#lists.delete(oldest);
    this.#lists.set(key, made);
    return made;
  }

  #makeList(filter: AssetFilter): List {
    const match = this.#matcher.match(filter.text ?? '');
    const filters = makeFilters(this.#index, filter, this.#today());
    const found = match ? this.#selectText(match, filters) : this.#selectMask(filters);
    return { match, filters, ...found, facets: undefined, picked: undefined, ordered: undefined };
  }

  #selectText({ selection }: TextMatch, filters: List['filters']): Pick<List, 'members' | 'total' | 'slots'> {
    const left = filters.reduce<Selection>(selectAllowed, selection);
    return { members: membersOf(left, this.#index.columns.end), total: left.slots.length, slots: left.slots };
  }

  /** Without a text the columns are the list: all of them, or what a mask leaves. */
  #selectMask(filters: List['filters']): Pick<List, 'members' | 'total' | 'slots'> {
    const { columns } = this.#index;
    if (filters.length === 0) {
      const { slots } = this.#matcher.all();
      return { members: columns.column('status'), total: slots.length, slots };
    }
    const members = this.#mask(filters);
    return { members, total: countMask(members), slots: undefined };
  }

  /** The conditions over codes come first: they leave out empty slots. */
  #mask(filters: List['filters']): Uint8Array {
    const ordered = [...filters].sort((a, b) => Number('values' in a) - Number('values' in b));
    return maskAllowed(ordered, this.#index.columns.end);
  }

  /** A filter's own values are counted among what the others let through: the list itself when it filters nothing. */
  #countFacets(list: List): AssetFacets {
    if (list.match && list.filters.length === 0) return this.#countAll(slotsOf(list));
    const facets = FACET_NAMES.map((facet): [Facet, FacetCounts] => {
      const others = list.filters.filter(({ name }) => name !== facet);
      if (!list.match && others.length === 0)
        return [facet, this.#nameCounts(facet, this.#index.countsOf(columnOf(facet)))];
      const slots = others.length === list.filters.length ? slotsOf(list) : this.#slotsUnder(list.match, others);
      return [facet, this.#countValues(facet, slots)];
    });
    // One entry per facet, just made.
    return Object.fromEntries(facets) as Record<Facet, FacetCounts>;
  }

  #countAll(slots: Uint32Array): AssetFacets {
    const column = (facet: Exclude<Facet, 'nature'>): CountedColumn => ({
      codes: this.#index.columns.column(DICTIONARY_FILTERS[facet]),
      size: this.#sizeOf(facet),
    });
    const columns = [column('status'), column('typeCode'), column('structureId'), column('siteId')] as const;
    const [status, type, structure, site] = countFourCodes(slots, columns);
    return {
      status: this.#nameCounts('status', status),
      nature: this.#countValues('nature', slots),
      typeCode: this.#nameCounts('typeCode', type),
      structureId: this.#nameCounts('structureId', structure),
      siteId: this.#nameCounts('siteId', site),
    };
  }

  #slotsUnder(match: TextMatch | undefined, filters: List['filters']): Uint32Array {
    if (match) return filters.reduce<Selection>(selectAllowed, match.selection).slots;
    return selectAll(this.#mask(filters), this.#index.columns.end).slots;
  }

  #countValues(facet: Facet, slots: Uint32Array): FacetCounts {
    const codes = this.#index.columns.column(columnOf(facet));
    return this.#nameCounts(facet, countCodes(slots, codes, this.#sizeOf(facet)));
  }

  #sizeOf(facet: Facet): number {
    return facet === 'nature' ? TRAITS : this.#index.dictionaries[DICTIONARY_FILTERS[facet]].size;
  }

  /** What an asset does not have is no value of a filter. */
  #nameCounts(facet: Facet, counts: ArrayLike<number>): FacetCounts {
    const sums: Record<string, number> = {};
    for (let code = 0; code < counts.length; code += 1) {
      const count = counts[code] ?? 0;
      const name = count > 0 ? this.#nameOf(facet, code) : '';
      if (name) sums[name] = (sums[name] ?? 0) + count;
    }
    return sums;
  }

  #nameOf(facet: Facet, code: number): string {
    if (facet === 'nature') return natureOf(code) ?? '';
    return this.#index.dictionaries[DICTIONARY_FILTERS[facet]].textOf(code);
  }

  #stretch(list: List, sort: AssetSort | undefined, offset: number, limit: number): Uint32Array {
    const end = Math.min(offset + limit, list.total);
    if (end > PICKED || list.ordered) {
      list.ordered ??= this.#inOrder(list, sort, list.total);
      return list.ordered.subarray(offset, end);
    }
    list.picked ??= this.#inOrder(list, sort, Math.min(PICKED, list.total));
    return list.picked.subarray(offset, end);
  }

  /** The first `wanted` members in order. */
  #inOrder(list: List, sort: AssetSort | undefined, wanted: number): Uint32Array {
    const base = sort?.field === 'reference' ? this.#index.byReference() : this.#index.byRecency();
    const rank = sort ? this.#order.rankOf(sort) : list.match && rankOfPoints(list.members);
    if (rank) return orderByRank(base, list, rank, wanted);
    const isBackward = sort?.field === 'reference' ? sort.direction === 'desc' : sort?.direction === 'asc';
    return walk(base, list.members, wanted, isBackward);
  }
}

/** Where the codes of a facet stand. */
function columnOf(facet: Facet) {
  return facet === 'nature' ? 'traits' : DICTIONARY_FILTERS[facet];
}

function slotsOf(list: List): Uint32Array {
  list.slots ??= selectAll(list.members, list.members.length).slots;
  return list.slots;
}

function membersOf({ slots, points }: Selection, end: number): Uint16Array {
  const members = new Uint16Array(end);
  for (let place = 0; place < slots.length; place += 1) members[slots[place] as number] = (points[place] as number) + 1;
  return members;
}

/** Members in the order of `base`, or backwards. */
function walk(base: Uint32Array, members: List['members'], wanted: number, isBackward: boolean): Uint32Array {
  const found = new Uint32Array(wanted);
  let length = 0;
  const last = base.length - 1;
  for (let place = 0; place <= last && length < wanted; place += 1) {
    const slot = base[isBackward ? last - place : place] as number;
    if (members[slot] !== 0) found[length++] = slot;
  }
  return found.subarray(0, length);
}

/** Most points first. */
function rankOfPoints(members: List['members']): Rank {
  const ranks = Uint32Array.from({ length: MAX_POINTS + 1 }, (_, points) => MAX_POINTS - points);
  return { codes: members, ranks, size: MAX_POINTS + 1 };
}

/** Members by rank, among equals in the order of `base`: a counting sort that places only the ranks that are wanted. */
function orderByRank(base: Uint32Array, list: List, { codes, ranks, size }: Rank, wanted: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  const counts = countCodes(slotsOf(list), codes, ranks.length);
  for (let code = 0; code < counts.length; code += 1) {
    const next = (ranks[code] as number) + 1;
    starts[next] = (starts[next] as number) + (counts[code] as number);
  }
  for (let rank = 0; rank < size; rank += 1) starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
  const ordered = new Uint32Array(wanted);
  let missing = wanted;
  for (let place = 0; place < base.length && missing > 0; place += 1) {
    const slot = base[place] as number;
    if (list.members[slot] === 0) continue;
    const rank = ranks[codes[slot] as number] as number;
    const target = starts[rank] as number;
    if (target >= wanted) continue;
    starts[rank] = target + 1;
    ordered[target] = slot;
    missing -= 1;
  }
  return ordered;
}
