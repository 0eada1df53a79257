import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AssetFilter } from '#shared/protocol/asset-list.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatMoney } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './list-totals.module.css';

/** Milliseconds. */
const SETTLE = 150;

/** Below the list, whose head says how many: what they are worth, and of how many that is not known. */
export function ListTotals({ filter }: { readonly filter: AssetFilter }) {
  const { t } = useText();
  // While one types, the rows come first.
  const [settled] = useDebouncedValue(filter, SETTLE);
  const totals = readyValue(useQuestion('summariseAssets', { filter: settled, groupBy: [] }, 'assets'));
  if (!totals || totals.count === 0) return null;
  return (
    <section className={classes.totals} aria-label={t('list.totals.title')}>
      <Text span inherit fw={600}>
        {t('list.totals.value', { value: formatMoney(totals.value) })}
      </Text>
      {totals.withoutValue > 0 && (
        <Text span inherit c="dimmed">
          {t('list.totals.withoutValue', { count: totals.withoutValue })}
        </Text>
      )}
    </section>
  );
}
