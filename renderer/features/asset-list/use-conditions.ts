import { useGroupName } from '../../components/use-group-name.ts';
import { useDirectory } from '../../store/directory.tsx';
import { type Chosen, useListView } from '../../store/list-view.tsx';
import { formatMoney } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';

/** One thing that narrows the list, as a person reads it. */
export type Condition = {
  readonly key: string;
  /** Of the filter. */
  readonly name: string;
  readonly label: string;
  remove(): void;
};

/** Filters whose values are chosen one by one. */
const LISTS = [
  'nature',
  'status',
  'typeCode',
  'structureId',
  'siteId',
  'physicalState',
  'brand',
  'missing',
  'empty',
] as const;
const WORDS = ['holder', 'room', 'supplier'] as const;

/** Everything that narrows the list besides the text, in a fixed order. */
export function useConditions(): readonly Condition[] {
  const { t } = useText();
  const { view, choose, change } = useListView();
  const { chosen, openGroup } = view;
  const nameValue = useValueName();
  const nameGroup = useGroupName();
  const spans = useSpans(chosen);
  const listed = LISTS.flatMap((filter) =>
    [...(chosen[filter] ?? [])].map((value: string) => ({
      key: `${filter} ${value}`,
      name: t(`list.filter.${filter}`),
      label: nameValue(filter, value),
      // The values of this very filter, less one.
      remove: () => choose({ [filter]: [...(chosen[filter] ?? [])].filter((known: string) => known !== value) }),
    })),
  );
  const words = WORDS.flatMap((filter) => {
    const text = chosen[filter];
    const name = t(`list.filter.${filter}`);
    if (!text) return [];
    return [{ key: filter, name, label: `${name} : ${text}`, remove: () => choose({ [filter]: undefined }) }];
  });
  const group = openGroup
    ? [
        {
          key: 'group',
          name: t('list.group.title'),
          label: nameGroup(openGroup.field, openGroup.key),
          remove: () => change({ openGroup: undefined }),
        },
      ]
    : [];
  return [...listed, ...words, ...spans, ...group];
}

/** Conditions with two ends: dates, distances in days, values. */
function useSpans(chosen: Chosen): readonly Condition[] {
  const { t } = useText();
  const { choose } = useListView();
  const { acquiredFrom, acquiredTo, endsFrom, endsTo, endsIn, returnsIn, valueFrom, valueTo } = chosen;
  const nameDays = useDaysName();
  const between = (from: string | undefined, to: string | undefined) => {
    if (from !== undefined && to !== undefined) return from === to ? from : t('list.span.both', { from, to });
    return from !== undefined ? t('list.span.from', { from }) : t('list.span.to', { to });
  };
  const date = (value: string | undefined) => value && printPartialDate(value);
  const money = (value: number | undefined) => (value === undefined ? undefined : formatMoney(value));
  const spans = [
    { filter: 'acquired', text: between(date(acquiredFrom), date(acquiredTo)), part: ['acquiredFrom', 'acquiredTo'] },
    { filter: 'ends', text: between(date(endsFrom), date(endsTo)), part: ['endsFrom', 'endsTo'] },
    { filter: 'ends', text: nameDays(endsIn), part: ['endsIn'] },
    { filter: 'returns', text: nameDays(returnsIn), part: ['returnsIn'] },
    { filter: 'value', text: between(money(valueFrom), money(valueTo)), part: ['valueFrom', 'valueTo'] },
  ] as const satisfies readonly { filter: string; text: string; part: readonly (keyof Chosen)[] }[];
  return spans.flatMap(({ filter, text, part }) => {
    if (part.every((name) => chosen[name] === undefined)) return [];
    const name = t(`list.filter.${filter}`);
    return [
      {
        key: part.join(' '),
        name,
        label: `${name} : ${text}`,
        remove: () => choose(Object.fromEntries(part.map((one) => [one, undefined]))),
      },
    ];
  });
}

/** Days from today, in words. */
function useDaysName(): (span: Chosen['endsIn']) => string {
  const { t } = useText();
  return ({ from, to } = {}) => {
    if (to === undefined) return t('list.days.from', { count: from ?? 0 });
    if (to < 0) return t('list.days.past');
    if (from === undefined) return t('list.days.pastOrWithin', { count: to });
    return from <= 0 ? t('list.days.within', { count: to }) : t('list.days.between', { from, to });
  };
}

function useValueName(): (filter: (typeof LISTS)[number], value: string) => string {
  const { t } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  return (filter, value) => {
    switch (filter) {
      case 'typeCode':
        return nameType(value);
      case 'structureId':
        return nameStructure(value);
      case 'siteId':
        return nameSite(value);
      case 'brand':
        return value;
      case 'missing':
        return t(`list.missing.${value}`, { defaultValue: value });
      case 'empty':
        return t(`list.empty.${value}`, { defaultValue: value });
      default:
        return t(`domain.${filter}.${value}`, { defaultValue: value });
    }
  };
}
