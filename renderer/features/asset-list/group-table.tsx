import { Table, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import type { AssetFilter, GroupField } from '#shared/protocol/asset-list.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { useGroupName } from '../../components/use-group-name.ts';
import { useListView } from '../../store/list-view.tsx';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger, formatMoney } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import type { AssetQuestion } from './asset-source.ts';
import { EmptyList } from './empty-list.tsx';
import { inReadingOrder } from './group-order.ts';
import classes from './group-table.module.css';

/** The list by groups: each with its count and its value, and each opens its assets. */
export function GroupTable({ filter, field }: AssetQuestion & { readonly field: GroupField }) {
  const { t } = useText();
  const { change } = useListView();
  const name = useGroupName();
  const summary = useQuestion(
    'summariseAssets',
    useMemo(() => ask(filter, field), [filter, field]),
    'assets',
  );
  if (summary.state === 'error') return <ErrorAlert error={summary.error} onRetry={summary.refresh} />;
  if (summary.state === 'loading') return <LoadingScreen />;
  const { groups, count, today } = summary.value;
  const rows = inReadingOrder(field, groups[field] ?? []);
  const most = Math.max(1, ...rows.map((row) => row.count));
  if (count === 0) return <EmptyList filter={filter} />;
  return (
    <div className={classes.groups}>
      <Table className={classes.table} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t(`list.groupField.${field}`)}</Table.Th>
            <Table.Th scope="col">
              <span className="visually-hidden">{t('list.group.share')}</span>
            </Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t('list.group.count')}
            </Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t('list.group.value')}
            </Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t('list.group.withoutValue')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((group) => (
            <Table.Tr key={group.key} onClick={() => change({ openGroup: { field, key: group.key, today } })}>
              <Table.Th scope="row">
                <UnstyledButton
                  className={classes.open}
                  aria-label={t('list.group.openOne', { name: name(field, group.key), count: group.count })}
                >
                  {name(field, group.key)}
                </UnstyledButton>
              </Table.Th>
              <Table.Td className={classes.barCell}>
                <span className={classes.bar} style={{ width: `${(100 * group.count) / most}%` }} />
              </Table.Td>
              <Table.Td className={classes.number}>{formatInteger(group.count)}</Table.Td>
              <Table.Td className={classes.number}>{formatMoney(group.value)}</Table.Td>
              <Table.Td className={classes.number}>
                {group.withoutValue > 0 ? formatInteger(group.withoutValue) : ''}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ask(filter: AssetFilter, field: GroupField) {
  return { filter, groupBy: [field] };
}
