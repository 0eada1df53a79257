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
import { type TextMatch, TextMatcher } from './text-match.ts';

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
  /** 0 where the asset is not in the list. */
  readonly members: Uint8Array;
  readonly total: number;
  /** The same unordered; kept for as long as one question is answered. */
  slots: Uint32Array | undefined;
  facets: AssetFacets | undefined;
  picked: Uint32Array | undefined;
  ordered: Uint32Array | undefined;
};

/** What decides the order before the last change does: a small number per code of a column. Lower comes first. */
type Rank = { readonly codes: ArrayLike<number>; readonly ranks: Uint32Array; readonly count: number };

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
    if (facets) list.facets ??= this.#countFacets(filter, list);
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
    const members = this.#keepFiltered(filter, match?.scores);
    const slots = slotsOf(members);
    return { match, members, total: slots.length, slots, facets: undefined, picked: undefined, ordered: undefined };
  }

  #keepFiltered(filter: AssetFilter, scores: Uint8Array | undefined): Uint8Array {
    const { columns } = this.#index;
    let members = scores ?? columns.column('status').subarray(0, columns.end);
    for (const facet of FACET_NAMES) {
      const allowed = this.#allowed(filter, facet);
      if (allowed) members = keep(members, columns.codes(FACETS[facet]), allowed);
    }
    // The column goes on changing; a list stays as it was made.
    return members.buffer === columns.column('status').buffer ? members.slice() : members;
  }

  /** 1 for the codes that a filter lets through; undefined when it lets all. */
  #allowed(filter: AssetFilter, facet: Facet): Uint8Array | undefined {
    const values = filter[facet];
    if (!values || values.length === 0) return undefined;
    const dictionary = this.#index.dictionaries[FACETS[facet]];
    const allowed = new Uint8Array(dictionary.size);
    for (const value of values) {
      const code = dictionary.find(value);
      if (code) allowed[code] = 1;
    }
    return allowed;
  }

  /** A filter's own values are counted among what the others let through: the list itself when it filters nothing. */
  #countFacets(filter: AssetFilter, list: List): AssetFacets {
    const facets = FACET_NAMES.map((facet): [Facet, FacetCounts] => {
      const { [facet]: own, ...others } = filter;
      const slots = own && own.length > 0 ? slotsOf(this.#keepFiltered(others, list.match?.scores)) : allSlots(list);
      return [facet, this.#countValues(FACETS[facet], slots)];
    });
    // One entry per facet, just made.
    return Object.fromEntries(facets) as Record<Facet, FacetCounts>;
  }

  #countValues(kind: ValueKind, slots: Uint32Array): FacetCounts {
    const dictionary = this.#index.dictionaries[kind];
    const counts = countCodes(slots, this.#index.columns.codes(kind), dictionary.size);
    const entries = [...counts].flatMap((n, code): [string, number][] => (n > 0 ? [[dictionary.textOf(code), n]] : []));
    return Object.fromEntries(entries);
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
    const rank = sort ? this.#rankOf(sort) : list.match && rankOfScores(list.match.scores);
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
      codes: this.#index.columns.codes(kind),
      ranks: direction === 'asc' ? ranks : ranks.map((rank) => last - rank),
      count: ranks.length,
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

/** The members whose code is allowed. */
function keep(members: Uint8Array, codes: ArrayLike<number>, allowed: Uint8Array): Uint8Array {
  const kept = new Uint8Array(members.length);
  for (let slot = 1; slot < members.length; slot += 1) {
    kept[slot] = (allowed[codes[slot] as number] as number) * (members[slot] as number);
  }
  return kept;
}

function allSlots(list: List): Uint32Array {
  list.slots ??= slotsOf(list.members);
  return list.slots;
}

/** Written without a branch: members are scattered, and a wrong guess costs more than a needless write. */
function slotsOf(members: Uint8Array): Uint32Array {
  const slots = new Uint32Array(members.length);
  let length = 0;
  for (let slot = 1; slot < members.length; slot += 1) {
    slots[length] = slot;
    length += members[slot] === 0 ? 0 : 1;
  }
  return slots.slice(0, length);
}

function countCodes(slots: Uint32Array, codes: ArrayLike<number>, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const slot of slots) {
    const code = codes[slot] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

/** Members in the order of `base`, or backwards. */
function walk(base: Uint32Array, members: Uint8Array, wanted: number, isBackward: boolean): Uint32Array {
  const found = new Uint32Array(wanted);
  let length = 0;
  const last = base.length - 1;
  for (let place = 0; place <= last && length < wanted; place += 1) {
    const slot = base[isBackward ? last - place : place] as number;
    if (members[slot] !== 0) found[length++] = slot;
  }
  return found.subarray(0, length);
}

/** Best scores first. */
function rankOfScores(scores: Uint8Array): Rank {
  return { codes: scores, ranks: Uint32Array.from({ length: 256 }, (_, score) => 255 - score), count: 256 };
}

/** Members by rank, among equals in the order of `base`: a counting sort that places only the ranks that are wanted. */
function orderByRank(base: Uint32Array, list: List, { codes, ranks, count: size }: Rank, wanted: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  const counts = countCodes(allSlots(list), codes, ranks.length);
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
