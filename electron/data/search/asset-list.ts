import type {
  AssetFacets,
  AssetFilter,
  AssetSort,
  FacetCounts,
  FoundAssets,
  QuestionInput,
} from '#shared/protocol/data-port.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import type { ValueKind } from './asset-entry.ts';
import type { AssetIndex } from './asset-index.ts';
import {
  type CodeFilter,
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

/** Filters with the dictionaries of their values. */
const FACETS = { status: 'status', typeCode: 'type', structureId: 'structure', siteId: 'site' } as const;
type Facet = keyof typeof FACETS;
// The keys just above.
const FACET_NAMES = Object.keys(FACETS) as Facet[];

/** Lists kept ready: one per window and some that were just left. */
const KEPT_LISTS = 4;
/** Up to here the first rows are picked out; deeper stretches order the whole list, once. */
const PICKED = 400;

/** A list by filter and order, as it stood at one revision. */
type List = {
  readonly match: TextMatch | undefined;
  readonly filters: readonly (CodeFilter & { readonly facet: Facet })[];
  readonly total: number;
  /** By slot: 0 where the asset is not in the list; with a text, its points and one more. */
  readonly members: Uint8Array | Uint16Array;
  /** The slots of the list; kept for as long as one question is answered. */
  slots: Uint32Array | undefined;
  facets: AssetFacets | undefined;
  picked: Uint32Array | undefined;
  ordered: Uint32Array | undefined;
};

/** What decides the order before the last change does: a small number per code of a column. Lower comes first. */
type Rank = { readonly codes: Uint32Array | Uint16Array | Uint8Array; readonly ranks: Uint32Array };

/** Answers `findAssets` from the index: no document is read, no row of the file but the ids of the stretch. */
export class AssetList {
  readonly #index: AssetIndex;
  readonly #matcher: TextMatcher;
  readonly #lists = new Map<string, List>();
  #revision = 0;

  constructor(index: AssetIndex) {
    this.#index = index;
    this.#matcher = new TextMatcher(index);
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

  #list(filter: AssetFilter, sort: AssetSort | undefined): List {
    if (this.#revision !== this.#index.revision) {
      this.#revision = this.#index.revision;
      this.#lists.clear();
    }
    const key = JSON.stringify([filter, sort]);
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
    const filters = FACET_NAMES.flatMap((facet) => this.#filterOf(filter[facet], facet));
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
    const members = maskAllowed(filters, columns.end);
    return { members, total: countMask(members), slots: undefined };
  }

  #filterOf(values: readonly string[] | undefined, facet: Facet): List['filters'] {
    if (!values || values.length === 0) return [];
    const dictionary = this.#index.dictionaries[FACETS[facet]];
    const allowed = new Uint8Array(dictionary.size);
    for (const value of values) {
      const code = dictionary.find(value);
      if (code) allowed[code] = 1;
    }
    return [{ facet, codes: this.#index.columns.column(FACETS[facet]), allowed }];
  }

  /** A filter's own values are counted among what the others let through: the list itself when it filters nothing. */
  #countFacets(list: List): AssetFacets {
    if (list.match && list.filters.length === 0) return this.#countAll(slotsOf(list));
    const facets = FACET_NAMES.map((facet): [Facet, FacetCounts] => {
      const others = list.filters.filter((filter) => filter.facet !== facet);
      if (!list.match && others.length === 0)
        return [facet, this.#nameCounts(facet, this.#index.countsOf(FACETS[facet]))];
      const slots = others.length === list.filters.length ? slotsOf(list) : this.#slotsUnder(list.match, others);
      return [facet, this.#countValues(facet, slots)];
    });
    // One entry per facet, just made.
    return Object.fromEntries(facets) as Record<Facet, FacetCounts>;
  }

  #countAll(slots: Uint32Array): AssetFacets {
    const { columns, dictionaries } = this.#index;
    const column = (kind: (typeof FACETS)[Facet]): CountedColumn => ({
      codes: columns.column(kind),
      size: dictionaries[kind].size,
    });
    const columnsOfFacets = [column('status'), column('type'), column('structure'), column('site')] as const;
    const [status, type, structure, site] = countFourCodes(slots, columnsOfFacets);
    return {
      status: this.#nameCounts('status', status),
      typeCode: this.#nameCounts('typeCode', type),
      structureId: this.#nameCounts('structureId', structure),
      siteId: this.#nameCounts('siteId', site),
    };
  }

  #slotsUnder(match: TextMatch | undefined, filters: List['filters']): Uint32Array {
    if (match) return filters.reduce<Selection>(selectAllowed, match.selection).slots;
    const { end } = this.#index.columns;
    return selectAll(maskAllowed(filters, end), end).slots;
  }

  #countValues(facet: Facet, slots: Uint32Array): FacetCounts {
    const kind = FACETS[facet];
    const { dictionaries, columns } = this.#index;
    return this.#nameCounts(facet, countCodes(slots, columns.column(kind), dictionaries[kind].size));
  }

  #nameCounts(facet: Facet, counts: ArrayLike<number>): FacetCounts {
    const dictionary = this.#index.dictionaries[FACETS[facet]];
    const entries = Array.from(counts, (n, code): [string, number] => [dictionary.textOf(code), n ?? 0]);
    return Object.fromEntries(entries.filter(([, n]) => n > 0));
  }

  #stretch(list: List, sort: AssetSort | undefined, offset: number, limit: number): Uint32Array {
    const end = Math.min(offset + limit, list.total);
    if (end > PICKED || list.ordered) {
      list.ordered ??= this.#order(list, sort, list.total);
      return list.ordered.subarray(offset, end);
    }
    list.picked ??= this.#order(list, sort, Math.min(PICKED, list.total));
    return list.picked.subarray(offset, end);
  }

  /** The first `wanted` members in order. */
  #order(list: List, sort: AssetSort | undefined, wanted: number): Uint32Array {
    const base = sort?.field === 'reference' ? this.#index.byReference() : this.#index.byRecency();
    const rank = sort ? this.#rankOf(sort) : list.match && rankOfPoints(list.members);
    if (rank) return orderByRank(base, list, rank, wanted);
    const isBackward = sort?.field === 'reference' ? sort.direction === 'desc' : sort?.direction === 'asc';
    return walk(base, list.members, wanted, isBackward);
  }

  /** Undefined where the base order is the order. */
  #rankOf({ field, direction }: AssetSort): Rank | undefined {
    if (field === 'reference' || field === 'updatedAt') return undefined;
    const kind = field === 'designation' ? 'label' : FACETS[field];
    const ranks = this.#ranks(kind);
    const last = ranks.length - 1;
    return {
      codes: this.#index.columns.column(kind),
      ranks: direction === 'asc' ? ranks : ranks.map((rank) => last - rank),
    };
  }

  /** The place of every code in the order of what is read on the screen; statuses in the order of an asset's life. */
  #ranks(kind: ValueKind): Uint32Array {
    const dictionary = this.#index.dictionaries[kind];
    const texts = Array.from({ length: dictionary.size }, (_, code) => this.#readAs(kind, dictionary.textOf(code)));
    const codes = texts.map((_, code) => code);
    if (kind === 'status') codes.sort((a, b) => lifeOf(texts[a]) - lifeOf(texts[b]));
    else codes.sort((a, b) => COLLATOR.compare(texts[a] ?? '', texts[b] ?? ''));
    const ranks = new Uint32Array(codes.length);
    codes.forEach((code, rank) => {
      ranks[code] = rank;
    });
    return ranks;
  }

  #readAs(kind: ValueKind, text: string): string {
    return kind === 'structure' || kind === 'site' || kind === 'type' ? this.#index.nameOf(kind, text) : text;
  }
}

/** The interface's first language. */
const COLLATOR = new Intl.Collator('fr', { numeric: true });

function lifeOf(status: string | undefined): number {
  return (ASSET_STATUSES as readonly (string | undefined)[]).indexOf(status);
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
  return { codes: members, ranks: Uint32Array.from({ length: MAX_POINTS + 1 }, (_, points) => MAX_POINTS - points) };
}

/** Members by rank, among equals in the order of `base`: a counting sort that places only the ranks that are wanted. */
function orderByRank(base: Uint32Array, list: List, { codes, ranks }: Rank, wanted: number): Uint32Array {
  const size = ranks.length;
  const starts = new Uint32Array(size + 1);
  const counts = countCodes(slotsOf(list), codes, size);
  for (let code = 0; code < counts.length; code += 1) starts[(ranks[code] as number) + 1] = counts[code] as number;
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
