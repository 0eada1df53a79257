import { DAY_NUMBERS } from '#shared/domain/day-number.ts';
import type { AssetSort, SortField } from '#shared/protocol/asset-list.ts';
import { ASSET_STATUSES, NATURES, PHYSICAL_STATES } from '#shared/schema/asset.ts';
import type { ValueKind } from './asset-entry.ts';
import type { AssetIndex } from './asset-index.ts';
import { natureOf, physicalStateOf, TRAITS } from './asset-traits.ts';
import type { Codes } from './selection.ts';
import { readParts } from './text-parts.ts';

/** What decides the order before the last change does: a number below `size` per code of a column. Lower comes first. */
export type Rank = { readonly codes: Codes; readonly ranks: Uint32Array; readonly size: number };
type OpenRank = Omit<Rank, 'size'>;

type RankedField = Exclude<SortField, 'reference' | 'updatedAt'>;

/** The interface's first language. */
const COLLATOR = new Intl.Collator('fr', { numeric: true });

const KINDS = {
  designation: 'label',
  typeCode: 'type',
  status: 'status',
  structureId: 'structure',
  siteId: 'site',
  room: 'room',
  holderName: 'holder',
} as const satisfies Partial<Record<RankedField, ValueKind>>;

/** The orders of the list by its columns, kept while nothing changes: names are sorted once, not for every filter. */
export class AssetOrder {
  readonly #index: AssetIndex;
  readonly #known = new Map<string, Rank>();
  #revision = 0;

  constructor(index: AssetIndex) {
    this.#index = index;
  }

  /** Undefined for references and changes, which have orders of their own. */
  rankOf({ field, direction }: AssetSort): Rank | undefined {
    if (field === 'reference' || field === 'updatedAt') return undefined;
    if (this.#revision !== this.#index.revision) {
      this.#revision = this.#index.revision;
      this.#known.clear();
    }
    const key = `${field} ${direction}`;
    const rank = this.#known.get(key) ?? close(this.#make(field), direction === 'desc');
    this.#known.set(key, rank);
    return rank;
  }

  #make(field: RankedField): OpenRank {
    const { columns } = this.#index;
    switch (field) {
      case 'nature':
        return { codes: columns.column('traits'), ranks: traitRanks((traits) => indexIn(NATURES, natureOf(traits))) };
      case 'physicalState':
        return {
          codes: columns.column('traits'),
          ranks: traitRanks((traits) => indexIn(PHYSICAL_STATES, physicalStateOf(traits))),
        };
      case 'acquisitionDate':
        return { codes: columns.column('acquired'), ranks: DAY_RANKS };
      case 'end':
        return { codes: columns.column('end'), ranks: DAY_RANKS };
      case 'returnDate':
        return { codes: columns.column('returns'), ranks: DAY_RANKS };
      case 'acquisitionValue':
        return valueRank(columns.column('value'), columns.end);
      case 'brand':
        return { codes: columns.column('label'), ranks: this.#brandRanks() };
      default:
        return { codes: columns.column(KINDS[field]), ranks: this.#textRanks(KINDS[field]) };
    }
  }

  #brandRanks(): Uint32Array {
    const { brands } = this.#index;
    const ranks = rankTexts(brands.texts());
    return brands.byCode().map((brand) => ranks[brand] ?? UNKNOWN);
  }

  /** The place of every code in the order of what is read on the screen; statuses in the order of an asset's life. */
  #textRanks(kind: ValueKind): Uint32Array {
    const dictionary = this.#index.dictionaries[kind];
    const texts = Array.from({ length: dictionary.size }, (_, code) => dictionary.textOf(code));
    if (kind === 'status') return Uint32Array.from(texts, (text) => indexIn(ASSET_STATUSES, text));
    return rankTexts(texts.map((text) => this.#readAs(kind, text)));
  }

  #readAs(kind: ValueKind, text: string): string {
    if (kind === 'label') return readParts(text);
    return text !== '' && (kind === 'structure' || kind === 'site' || kind === 'type')
      ? this.#index.nameOf(kind, text)
      : text;
  }
}

/** Comes last, whatever the direction. */
const UNKNOWN = 2 ** 32 - 1;
const DAY_RANKS = Uint32Array.from({ length: DAY_NUMBERS }, (_, day) => (day === 0 ? UNKNOWN : day));

function indexIn(words: readonly string[], word: string | undefined): number {
  const place = word === undefined ? -1 : words.indexOf(word);
  return place === -1 ? UNKNOWN : place;
}

function traitRanks(rankOf: (traits: number) => number): Uint32Array {
  return Uint32Array.from({ length: TRAITS }, (_, traits) => rankOf(traits));
}

function rankTexts(texts: readonly string[]): Uint32Array {
  const codes = texts.map((_, code) => code);
  codes.sort((a, b) => COLLATOR.compare(texts[a] ?? '', texts[b] ?? ''));
  const ranks = new Uint32Array(codes.length);
  codes.forEach((code, rank) => {
    ranks[code] = texts[code] ? rank : UNKNOWN;
  });
  return ranks;
}

/** Values are no codes: each distinct one gets a place. */
function valueRank(values: Float64Array, end: number): OpenRank {
  const distinct = Float64Array.from(new Set(values.subarray(0, end))).sort();
  const places = new Map([...distinct].map((value, place) => [value, place]));
  const codes = Uint32Array.from(values.subarray(0, end), (value) => places.get(value) ?? 0);
  return { codes, ranks: Uint32Array.from(distinct, (value, place) => (value === 0 ? UNKNOWN : place)) };
}

/** The unknown follow the known, whichever way these go. */
function close({ codes, ranks }: OpenRank, isBackward: boolean): Rank {
  const last = ranks.reduce((most, rank) => (rank === UNKNOWN ? most : Math.max(most, rank)), 0);
  const closed = ranks.map((rank) => {
    if (rank === UNKNOWN) return last + 1;
    return isBackward ? last - rank : rank;
  });
  return { codes, ranks: closed, size: last + 2 };
}
