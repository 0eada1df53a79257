import { Button, Group, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { LoadingLine } from '../../components/loading-line.tsx';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { FACETS, sortOf, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './asset-list-screen.module.css';
import { AssetTable } from './asset-table.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { EmptyList, NewAssetButton } from './empty-list.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FacetFilter } from './facet-filter.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { GroupMenu } from './group-menu.tsx';
import { GroupTable } from './group-table.tsx';
import { ListSummary } from './list-summary.tsx';
import { ListTotals } from './list-totals.tsx';
import { NatureTabs } from './nature-tabs.tsx';
import { type AssetRows, useAssetRows } from './use-asset-rows.ts';
import { useAssetFilter } from './use-facets.ts';
import { ViewMenu } from './view-menu.tsx';

const NOTHING: readonly string[] = [];

/** Every asset of the ministry: find, narrow, group, order, open. */
export function AssetListScreen({ selectionBar }: { readonly selectionBar: ReactNode }) {
  const { t } = useText();
  const { view } = useListView();
  const filter = useAssetFilter(view);
  const sort = sortOf(view);
  const rows = useAssetRows(filter, sort);
  const { groupBy, openGroup } = view;
  return (
    <div className={classes.screen}>
      <Group justify="space-between" wrap="nowrap">
        <Group align="baseline" gap="md" wrap="nowrap">
          <Title order={1}>{t('assetList.title')}</Title>
          <ListSummary list={rows.error ? undefined : rows.list} />
        </Group>
        <Group gap="xs" wrap="nowrap">
          <ExportMenu question={{ filter, sort }} total={rows.facts?.total ?? 0} />
          <NewAssetButton />
        </Group>
      </Group>
      <Group justify="space-between" gap="xs">
        <NatureTabs />
        <Group gap="xs" wrap="nowrap" role="group" aria-label={t('list.tools')}>
          <ViewMenu />
          <GroupMenu />
          <ColumnMenu />
        </Group>
      </Group>
      <Group gap="xs" role="group" aria-label={t('assetList.filters')}>
        {FACETS.map((facet) => (
          <FacetFilter key={facet} facet={facet} chosen={view.chosen[facet] ?? NOTHING} />
        ))}
        <FilterPanel />
        <BackToGroups />
        <FilterChips />
      </Group>
      <LoadingLine />
      <div className={classes.list} aria-busy={rows.isStale}>
        {groupBy && !openGroup ? <GroupTable filter={filter} field={groupBy} /> : <Body rows={rows} />}
      </div>
      <ListTotals filter={filter} />
      {/* Below the list, so that no row moves when the first one is chosen. */}
      {selectionBar}
    </div>
  );
}

function BackToGroups() {
  const { t } = useText();
  const { view, change } = useListView();
  if (!view.openGroup) return null;
  return (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconArrowLeft size={14} />}
      onClick={() => change({ openGroup: undefined })}
    >
      {t('list.group.back')}
    </Button>
  );
}

function Body({ rows: { list, facts, error, isStale, show, retry } }: { readonly rows: AssetRows }) {
  if (error) return <ErrorAlert error={error} onRetry={retry} />;
  if (!list || !facts) return <LoadingScreen />;
  if (facts.total === 0) return <EmptyList {...list.question} />;
  return <AssetTable list={list} total={facts.total} terms={facts.terms} isStale={isStale} show={show} />;
}
