import { Checkbox, Fieldset, Group, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { MISSING_FIELDS } from '#shared/domain/missing-fields.ts';
import type { GroupField } from '#shared/protocol/asset-list.ts';
import { PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { MoneyInput } from '../../components/money-input.tsx';
import { type Chosen, useListView } from '../../store/list-view.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger } from '../../text/format.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import { useAssetFilter } from './use-facets.ts';

/** Ends in days from today, by the name of the choice. */
const DISTANCES = {
  past: { to: -1 },
  within30: { from: 0, to: 30 },
  within60: { from: 0, to: 60 },
  within90: { from: 0, to: 90 },
  pastOrWithin90: { to: 90 },
} as const satisfies Readonly<Record<string, NonNullable<Chosen['endsIn']>>>;
type Distance = keyof typeof DISTANCES;
// The keys just above.
const DISTANCE_NAMES = Object.keys(DISTANCES) as Distance[];

export function EndFields() {
  const { t } = useText();
  return (
    <Fieldset legend={t('list.filter.ends')} variant="filled">
      <Stack gap="xs">
        <DistanceSelect condition="endsIn" label={t('list.panel.endsIn')} />
        <Group grow gap="xs">
          <DateBound condition="endsFrom" label={t('list.panel.after')} />
          <DateBound condition="endsTo" label={t('list.panel.before')} />
        </Group>
        <DistanceSelect condition="returnsIn" label={t('list.panel.returnsIn')} />
      </Stack>
    </Fieldset>
  );
}

function DistanceSelect({ condition, label }: { readonly condition: 'endsIn' | 'returnsIn'; readonly label: string }) {
  const { t } = useText();
  const { view, choose } = useListView();
  const span = view.chosen[condition];
  const known = DISTANCE_NAMES.find((name) => JSON.stringify(DISTANCES[name]) === JSON.stringify(span && { ...span }));
  return (
    <Select
      label={label}
      placeholder={t('list.panel.any')}
      clearable
      clearButtonProps={{ 'aria-label': t('list.panel.any') }}
      value={known ?? null}
      data={DISTANCE_NAMES.map((value) => ({ value, label: t(`list.distance.${value}`) }))}
      onChange={(value) => {
        const chosen = DISTANCE_NAMES.find((name) => name === value);
        choose({ [condition]: chosen && { ...DISTANCES[chosen] } });
      }}
    />
  );
}

type DateCondition = 'acquiredFrom' | 'acquiredTo' | 'endsFrom' | 'endsTo';

/** A day, a month or a year; what is not yet a date narrows nothing. */
function DateBound({ condition, label }: { readonly condition: DateCondition; readonly label: string }) {
  const { t } = useText();
  const { view, choose } = useListView();
  const date = view.chosen[condition];
  const [typed, setTyped] = useState(date ? printPartialDate(date) : '');
  const [isLeft, setLeft] = useState(false);
  // Taken away elsewhere, by its chip or with all the others.
  const shown = date === undefined && parsePartialDate(typed) ? '' : typed;
  return (
    <DateTextInput
      label={label}
      placeholder={t('list.panel.date')}
      value={shown}
      error={isLeft && shown !== '' && !parsePartialDate(shown) ? t('domain.problem.bad-date') : undefined}
      onFocus={() => setLeft(false)}
      onBlurCapture={() => setLeft(true)}
      onChange={(text) => {
        setTyped(text);
        choose({ [condition]: parsePartialDate(text) });
      }}
    />
  );
}

export function AcquisitionFields() {
  const { t } = useText();
  return (
    <Fieldset legend={t('list.panel.acquisition')} variant="filled">
      <Stack gap="xs">
        <Group grow gap="xs">
          <DateBound condition="acquiredFrom" label={t('list.panel.acquiredFrom')} />
          <DateBound condition="acquiredTo" label={t('list.panel.acquiredTo')} />
        </Group>
        <Group grow gap="xs">
          <ValueBound condition="valueFrom" label={t('list.panel.valueFrom')} />
          <ValueBound condition="valueTo" label={t('list.panel.valueTo')} />
        </Group>
        <WordInput condition="supplier" />
      </Stack>
    </Fieldset>
  );
}

function ValueBound({ condition, label }: { readonly condition: 'valueFrom' | 'valueTo'; readonly label: string }) {
  const { view, choose } = useListView();
  return (
    <MoneyInput
      label={label}
      value={view.chosen[condition] ?? ''}
      onChange={(value) => choose({ [condition]: typeof value === 'number' ? value : undefined })}
    />
  );
}

/** Several: the assets that lack all of them. */
export function MissingFields() {
  const { t } = useText();
  const { view, choose } = useListView();
  const counts = useCounts('missing', 'nothing');
  const chosen = view.chosen.missing ?? [];
  return (
    <Checkbox.Group
      label={t('list.filter.missing')}
      description={t('list.panel.missingHint')}
      value={[...chosen]}
      onChange={(values) => choose({ missing: MISSING_FIELDS.filter((field) => values.includes(field)) })}
    >
      <Stack gap={6} mt={6}>
        {MISSING_FIELDS.map((field) => (
          <CountedCheckbox key={field} value={field} label={t(`list.missing.${field}`)} count={counts.get(field)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

export function StateFields() {
  const { t } = useText();
  const { view, choose } = useListView();
  const counts = useCounts('physicalState', 'physicalState');
  return (
    <Checkbox.Group
      label={t('list.filter.physicalState')}
      value={[...(view.chosen.physicalState ?? [])]}
      onChange={(values) => choose({ physicalState: PHYSICAL_STATES.filter((state) => values.includes(state)) })}
    >
      <Stack gap={6} mt={6}>
        {PHYSICAL_STATES.map((state) => (
          <CountedCheckbox
            key={state}
            value={state}
            label={t(`domain.physicalState.${state}`)}
            count={counts.get(state)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

type CountedCheckboxProps = { readonly value: string; readonly label: string; readonly count: number | undefined };

function CountedCheckbox({ value, label, count = 0 }: CountedCheckboxProps) {
  return (
    <Checkbox
      value={value}
      size="sm"
      label={
        <>
          {label}{' '}
          <Text span fz="xs" c="dimmed">
            {formatInteger(count)}
          </Text>
        </>
      }
    />
  );
}

export function WordFields() {
  const { t } = useText();
  const { view, choose } = useListView();
  const counts = useCounts('brand', 'brand');
  const chosen = view.chosen.brand ?? [];
  const brands = [...new Set([...counts.keys(), ...chosen])].filter((brand) => brand !== '');
  return (
    <Stack gap="xs">
      <MultiSelect
        label={t('list.filter.brand')}
        placeholder={chosen.length === 0 ? t('list.panel.any') : ''}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('list.panel.any') }}
        limit={100}
        maxValues={100}
        nothingFoundMessage={t('assetList.filterNothing')}
        value={[...chosen]}
        data={brands.map((value) => ({ value, label: `${value} (${formatInteger(counts.get(value) ?? 0)})` }))}
        onChange={(values) => choose({ brand: values })}
      />
      <WordInput condition="holder" />
      <WordInput condition="room" />
    </Stack>
  );
}

function WordInput({ condition }: { readonly condition: 'holder' | 'room' | 'supplier' }) {
  const { t } = useText();
  const { view, choose } = useListView();
  return (
    <TextInput
      label={t(`list.filter.${condition}`)}
      placeholder={t('list.panel.words')}
      maxLength={100}
      autoComplete="off"
      value={view.chosen[condition] ?? ''}
      onChange={(event) => choose({ [condition]: event.currentTarget.value })}
    />
  );
}

/** How many assets each value would leave under the other conditions. */
function useCounts(groupBy: GroupField, own: keyof Chosen | 'nothing'): ReadonlyMap<string, number> {
  const { view } = useListView();
  const { [own as keyof Chosen]: _own, ...chosen } = view.chosen;
  const filter = useAssetFilter({ ...view, chosen });
  const { groups } = readyValue(useQuestion('summariseAssets', { filter, groupBy: [groupBy] }, 'assets')) ?? {};
  return new Map((groups?.[groupBy] ?? []).map(({ key, count }) => [key, count]));
}
