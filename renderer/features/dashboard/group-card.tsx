import { Text } from '@mantine/core';
import { filterOfGroup, narrow } from '#shared/protocol/asset-groups.ts';
import type { AssetFilter, AssetGroup, GroupField } from '#shared/protocol/asset-list.ts';
import { Section } from '../../components/section.tsx';
import { useGroupName } from '../../components/use-group-name.ts';
import { formatInteger, formatMoney } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { type Bar, barsOf, filterOfBand } from './bars.ts';
import classes from './dashboard.module.css';
import { ListLink } from './list-link.tsx';

type GroupCardProps = {
  readonly field: GroupField;
  readonly groups: readonly AssetGroup[] | undefined;
  readonly today: string;
  /** What the groups are of. */
  readonly within: AssetFilter;
  /** All assets, where the groups do not add up to them. */
  readonly outOf?: number;
};

/** Assets by one field as bars, each of which opens its assets; a table to whoever cannot see them. */
export function GroupCard({ field, groups = [], today, within, outOf }: GroupCardProps) {
  const { t } = useText();
  const bars = barsOf(field, groups, Number(today.slice(0, 4)));
  const most = outOf ?? Math.max(1, ...bars.map(({ count }) => count));
  const name = useBarName(field);
  const open = (bar: Bar): Pick<Parameters<typeof ListLink>[0], 'filter' | 'openGroup'> => {
    const [key = ''] = bar.keys;
    // In a filter a structure stands for all that is below it; the bar is of itself alone.
    if (field === 'structureId' || field === 'siteId') return { filter: within, openGroup: { field, key, today } };
    const isBand = key !== '' && (field === 'age' || field === 'endYear');
    const group = isBand ? filterOfBand(field, bar, today) : filterOfGroup(field, key, today);
    return { filter: narrow(within, group) };
  };
  return (
    <Section
      title={t(`dashboard.by.${field}`)}
      aside={
        <ListLink filter={within} groupBy={field} className={classes.all}>
          {t('dashboard.all')}
          <span className="visually-hidden"> {t(`dashboard.by.${field}`)}</span>
        </ListLink>
      }
    >
      {bars.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('dashboard.nothing')}
        </Text>
      )}
      <ul className={classes.bars}>
        {bars.map((bar) => (
          <li key={bar.keys.join()}>
            <ListLink {...open(bar)} className={classes.bar}>
              <span className={classes.barName} title={name(bar)}>
                {name(bar)}
              </span>
              <span className={classes.track}>
                <span
                  className={classes.fill}
                  data-tone={toneOf(field, bar)}
                  style={{ width: `${(100 * bar.count) / most}%` }}
                />
              </span>
              <span className={classes.barCount}>{formatInteger(bar.count)}</span>
              <span className="visually-hidden">{t('dashboard.worth', { value: formatMoney(bar.value) })}</span>
            </ListLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What asks for attention has a colour of its own, besides its name. */
function toneOf(field: GroupField, { keys: [key] }: Bar): string | undefined {
  if (field === 'missing' || key === '') return 'muted';
  if (field === 'physicalState' && (key === 'poor' || key === 'unusable')) return 'bad';
  return undefined;
}

function useBarName(field: GroupField): (bar: Bar) => string {
  const { t } = useText();
  const name = useGroupName();
  return (bar) => {
    const [first = ''] = bar.keys;
    if (field === 'age' && first !== '') {
      if (bar.to === undefined) return t('dashboard.age.from', { count: bar.from ?? 0 });
      return bar.from === 0
        ? t('dashboard.age.under', { count: bar.to + 1 })
        : t('dashboard.age.between', { from: bar.from ?? 0, to: bar.to });
    }
    if (field === 'endYear' && bar.to !== undefined && bar.from === undefined && first !== '')
      return t('dashboard.until', { year: bar.to });
    if (field === 'endYear' && bar.from !== undefined && bar.to === undefined)
      return t('dashboard.from', { year: bar.from });
    return name(field, first);
  };
}
