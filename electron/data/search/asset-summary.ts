import { DAY_NUMBERS, daysOfAge, printDay } from '#shared/domain/day-number.ts';
import { MISSING_FIELDS } from '#shared/domain/missing-fields.ts';
import type { AssetGroup, AssetSummary, AssetTotals, GroupField } from '#shared/protocol/asset-list.ts';
import type { AssetIndex } from './asset-index.ts';
import { isMissing, natureOf, physicalStateOf, TRAITS } from './asset-traits.ts';
import { type CodeSums, type Codes, sumByCode } from './selection.ts';

/** A column to add up by, and in which groups each of its codes is. */
type Grouping = { readonly codes: Codes; readonly size: number; readonly keysOf: (code: number) => readonly string[] };

/** Adds up the assets of these slots in all and by each field: one pass over a column each. */
export function summarise(
  index: AssetIndex,
  slots: Uint32Array,
  fields: readonly GroupField[],
  today: string,
): Omit<AssetSummary, 'revision' | 'today'> {
  const values = index.columns.column('value');
  // Several fields stand in one column: it is added up once.
  const known = new Map<Codes, CodeSums>();
  const sumsOf = ({ codes, size }: Grouping): CodeSums => {
    const sums = known.get(codes) ?? sumByCode(slots, codes, size, values);
    known.set(codes, sums);
    return sums;
  };
  const groups = fields.map((field): [GroupField, readonly AssetGroup[]] => {
    const grouping = groupingOf(index, field, today);
    return [field, gather(sumsOf(grouping), grouping.keysOf)];
  });
  return { ...total(sumsOf(groupingOf(index, 'nature', today))), groups: Object.fromEntries(groups) };
}

function groupingOf(index: AssetIndex, field: GroupField, today: string): Grouping {
  switch (field) {
    case 'status':
      return byDictionary(index, 'status');
    case 'typeCode':
      return byDictionary(index, 'type');
    case 'structureId':
      return byDictionary(index, 'structure');
    case 'siteId':
      return byDictionary(index, 'site');
    case 'nature':
      return byTraits(index, (traits) => [natureOf(traits) ?? '']);
    case 'physicalState':
      return byTraits(index, (traits) => [physicalStateOf(traits) ?? '']);
    case 'missing':
      return byTraits(index, (traits) => MISSING_FIELDS.filter((missing) => isMissing(traits, missing)));
    case 'brand': {
      const [texts, brandOf] = [index.brands.texts(), index.brands.byCode()];
      const keysOf = (label: number) => [texts[brandOf[label] ?? 0] ?? ''];
      return { codes: index.columns.column('label'), size: index.dictionaries.label.size, keysOf };
    }
    case 'age':
      return { codes: index.columns.column('acquired'), size: DAY_NUMBERS, keysOf: agesBy(today) };
    case 'endYear': {
      const keysOf = (day: number) => [day === 0 ? '' : printDay(day).slice(0, 4)];
      return { codes: index.columns.column('end'), size: DAY_NUMBERS, keysOf };
    }
  }
}

function byDictionary(index: AssetIndex, kind: 'status' | 'type' | 'structure' | 'site'): Grouping {
  const dictionary = index.dictionaries[kind];
  return {
    codes: index.columns.column(kind),
    size: dictionary.size,
    keysOf: (code) => [dictionary.textOf(code)],
  };
}

function byTraits(index: AssetIndex, keysOf: Grouping['keysOf']): Grouping {
  return { codes: index.columns.column('traits'), size: TRAITS, keysOf };
}

/** The age of every day of acquisition. */
function agesBy(today: string): Grouping['keysOf'] {
  const ages = new Uint8Array(DAY_NUMBERS);
  for (let age = 0, left = DAY_NUMBERS; left > 1; age += 1) {
    const [from, to] = daysOfAge(age, today);
    ages.fill(age, from, to + 1);
    left = from;
  }
  return (day) => [day === 0 ? '' : String(ages[day])];
}

function gather({ counts, sums, unknown }: CodeSums, keysOf: Grouping['keysOf']): readonly AssetGroup[] {
  const groups = new Map<string, { count: number; value: number; withoutValue: number }>();
  for (let code = 0; code < counts.length; code += 1) {
    if (!counts[code]) continue;
    for (const key of keysOf(code)) {
      const group = groups.get(key) ?? { count: 0, value: 0, withoutValue: 0 };
      group.count += counts[code] ?? 0;
      group.value += sums[code] ?? 0;
      group.withoutValue += unknown[code] ?? 0;
      groups.set(key, group);
    }
  }
  return [...groups].map(([key, group]) => ({ key, ...group })).sort((a, b) => b.count - a.count);
}

function total({ counts, sums, unknown }: CodeSums): AssetTotals {
  const add = (sum: number, one: number) => sum + one;
  return { count: counts.reduce(add, 0), value: sums.reduce(add, 0), withoutValue: unknown.reduce(add, 0) };
}
