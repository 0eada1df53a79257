import { DAY_NUMBERS, firstDay, lastDay } from '#shared/domain/day-number.ts';
import { fold } from '#shared/domain/fold.ts';
import type { AssetFilter, EmptyField } from '#shared/protocol/asset-list.ts';
import type { AssetIndex } from './asset-index.ts';
import { isMissing, natureOf, physicalStateOf, TRAITS } from './asset-traits.ts';
import type { CodeFilter, Codes, SlotFilter } from './selection.ts';
import type { TextParts } from './text-parts.ts';

/** Filters with the dictionaries of their values. */
export const DICTIONARY_FILTERS = {
  status: 'status',
  typeCode: 'type',
  structureId: 'structure',
  siteId: 'site',
} as const;
type DictionaryFilter = keyof typeof DICTIONARY_FILTERS;

/** One condition of a list. The counts of a filter's values are taken without the condition of its own name. */
export type NamedFilter = SlotFilter & { readonly name: keyof AssetFilter };

type Span = { readonly from?: number | undefined; readonly to?: number | undefined };

/**
 * The conditions of a filter as tables over codes: one look-up per asset, whatever is asked. `today` is the day that
 * distances are counted from.
 */
export function makeFilters(index: AssetIndex, filter: AssetFilter, today: string): readonly NamedFilter[] {
  return [
    ...statusFilters(index, filter),
    ...named('typeCode', dictionaryFilter(index, 'typeCode', filter.typeCode)),
    ...named('structureId', dictionaryFilter(index, 'structureId', filter.structureId)),
    ...named('siteId', dictionaryFilter(index, 'siteId', filter.siteId)),
    ...traitFilters(index, filter),
    ...named('brand', brandFilter(index, filter.brand)),
    ...named('holder', wordsFilter(index, 'holder', filter.holder)),
    ...named('room', wordsFilter(index, 'room', filter.room)),
    ...named('supplier', supplierFilter(index, filter.supplier)),
    ...dayFilters(index, filter, firstDay(today)),
    ...valueFilters(index, filter),
    ...(filter.empty ?? []).flatMap((field) => named('empty', emptyFilter(index, field))),
    // Empty slots have nothing either, and no value.
    ...(filter.empty?.length ? named('empty', livingFilter(index)) : []),
  ];
}

function named(name: keyof AssetFilter, filter: SlotFilter | undefined): readonly NamedFilter[] {
  return filter ? [{ ...filter, name }] : [];
}

/** Merged records are left out unless they are asked for; while there are none, nothing needs to be. */
function statusFilters(index: AssetIndex, { status }: AssetFilter): readonly NamedFilter[] {
  if (status?.length) return named('status', dictionaryFilter(index, 'status', status));
  const merged = index.dictionaries.status.find('merged');
  if (merged === undefined || !index.countsOf('status')[merged]) return [];
  const allowed = new Uint8Array(index.dictionaries.status.size).fill(1, 1);
  allowed[merged] = 0;
  return named('status', { codes: index.columns.column('status'), allowed });
}

function livingFilter(index: AssetIndex): CodeFilter {
  const allowed = new Uint8Array(index.dictionaries.status.size).fill(1, 1);
  return { codes: index.columns.column('status'), allowed };
}

function dictionaryFilter(
  index: AssetIndex,
  name: DictionaryFilter,
  values: readonly string[] | undefined,
): CodeFilter | undefined {
  if (!values?.length) return undefined;
  const kind = DICTIONARY_FILTERS[name];
  const dictionary = index.dictionaries[kind];
  const allowed = new Uint8Array(dictionary.size);
  for (const value of values) {
    const code = dictionary.find(value);
    if (code) allowed[code] = 1;
  }
  return { codes: index.columns.column(kind), allowed };
}

function traitFilters(index: AssetIndex, { nature, physicalState, missing }: AssetFilter): readonly NamedFilter[] {
  const passing = (name: keyof AssetFilter, passes: (traits: number) => boolean) =>
    named(name, {
      codes: index.columns.column('traits'),
      allowed: Uint8Array.from({ length: TRAITS }, (_, traits) => Number(traits > 0 && passes(traits))),
    });
  const isIn = <Value>(values: readonly Value[], value: Value | undefined) =>
    value !== undefined && values.includes(value);
  return [
    ...(nature?.length ? passing('nature', (traits) => isIn(nature, natureOf(traits))) : []),
    ...(physicalState?.length
      ? passing('physicalState', (traits) => isIn(physicalState, physicalStateOf(traits)))
      : []),
    ...(missing?.length ? passing('missing', (traits) => missing.every((field) => isMissing(traits, field))) : []),
  ];
}

function brandFilter(index: AssetIndex, brands: readonly string[] | undefined): CodeFilter | undefined {
  if (!brands?.length) return undefined;
  const wanted = new Set(brands);
  return partFilter(index.columns.column('label'), index.brands, (brand) => wanted.has(brand));
}

function supplierFilter(index: AssetIndex, typed: string | undefined): CodeFilter | undefined {
  const words = wordsOf(typed);
  if (words.length === 0) return undefined;
  return partFilter(index.columns.column('details'), index.suppliers, (supplier) => {
    const own = wordsOf(supplier);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
}

function partFilter(codes: Codes, parts: TextParts, passes: (text: string) => boolean): CodeFilter {
  const passing = parts.texts().map((text) => text !== '' && passes(text));
  return { codes, allowed: Uint8Array.from(parts.byCode(), (part) => Number(passing[part])) };
}

/** Every word begins one of the text: the vocabulary knows in which texts. */
function wordsFilter(index: AssetIndex, kind: 'holder' | 'room', typed: string | undefined): CodeFilter | undefined {
  const words = wordsOf(typed);
  if (words.length === 0) return undefined;
  const allowed = new Uint8Array(index.dictionaries[kind].size).fill(1, 1);
  for (const word of words) {
    const met = new Uint8Array(allowed.length);
    index.texts.match(word, (found, code, grade) => {
      if (found === kind && grade !== 'middle') met[code] = 1;
    });
    for (let code = 0; code < allowed.length; code += 1) allowed[code] = (allowed[code] ?? 0) & (met[code] ?? 0);
  }
  return { codes: index.columns.column(kind), allowed };
}

function wordsOf(text: string | undefined): string[] {
  return fold(text ?? '')
    .split(' ')
    .filter(Boolean);
}

function dayFilters(index: AssetIndex, filter: AssetFilter, today: number): readonly NamedFilter[] {
  const { columns } = index;
  const { acquiredFrom, acquiredTo, endsFrom, endsTo, endsIn, returnsIn } = filter;
  const from = (date: string | undefined) => (date === undefined ? undefined : firstDay(date));
  const to = (date: string | undefined) => (date === undefined ? undefined : lastDay(date));
  return [
    ...named('acquiredFrom', dayFilter(columns.column('acquired'), { from: from(acquiredFrom), to: to(acquiredTo) })),
    ...named('endsFrom', dayFilter(columns.column('end'), { from: from(endsFrom), to: to(endsTo) })),
    ...named('endsIn', dayFilter(columns.column('end'), shift(endsIn, today))),
    ...named('returnsIn', dayFilter(columns.column('returns'), shift(returnsIn, today))),
  ];
}

function shift({ from, to }: Span = {}, today: number): Span {
  const day = (distance: number) => Math.min(DAY_NUMBERS - 1, Math.max(1, today + distance));
  return { from: from === undefined ? undefined : day(from), to: to === undefined ? undefined : day(to) };
}

/** An unknown day lies in no span. */
function dayFilter(codes: Uint16Array, { from, to }: Span): CodeFilter | undefined {
  if (from === undefined && to === undefined) return undefined;
  const allowed = new Uint8Array(DAY_NUMBERS).fill(1, Math.max(1, from ?? 1), (to ?? DAY_NUMBERS - 1) + 1);
  return { codes, allowed };
}

/** The column holds one more than the value, 0 where it is unknown. */
function valueFilters(index: AssetIndex, { valueFrom, valueTo }: AssetFilter): readonly NamedFilter[] {
  if (valueFrom === undefined && valueTo === undefined) return [];
  const values = index.columns.column('value');
  return named('valueFrom', { values, from: (valueFrom ?? 0) + 1, to: (valueTo ?? Number.MAX_SAFE_INTEGER - 1) + 1 });
}

function emptyFilter(index: AssetIndex, field: EmptyField): CodeFilter {
  const { columns, dictionaries } = index;
  if (field === 'brand') {
    const brands = index.brands.byCode();
    return { codes: columns.column('label'), allowed: Uint8Array.from(brands, (brand) => Number(brand === 0)) };
  }
  if (field === 'physicalState') {
    const allowed = Uint8Array.from({ length: TRAITS }, (_, traits) => Number(physicalStateOf(traits) === undefined));
    return { codes: columns.column('traits'), allowed };
  }
  if (field === 'siteId') return { codes: columns.column('site'), allowed: onlyZero(dictionaries.site.size) };
  return { codes: columns.column(field === 'end' ? 'end' : 'acquired'), allowed: onlyZero(DAY_NUMBERS) };
}

function onlyZero(size: number): Uint8Array {
  return new Uint8Array(size).fill(1, 0, 1);
}
