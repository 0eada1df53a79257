import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { FACETS, sortOf, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './asset-list-screen.module.css';
import { AssetTable } from './asset-table.tsx';
import { EmptyList, NewAssetButton } from './empty-list.tsx';
import { FacetFilter } from './facet-filter.tsx';
import { FilterChips } from './filter-chips.tsx';
import { ListSummary } from './list-summary.tsx';
import { type AssetRows, useAssetRows } from './use-asset-rows.ts';
import { useAssetFilter } from './use-facets.ts';

/** Every asset of the ministry: find, narrow, order, open. */
export function AssetListScreen({ selectionBar }: { readonly selectionBar: ReactNode }) {
  const { t } = useText();
  const { view } = useListView();
  const filter = useAssetFilter(view.text, view.chosen);
  const rows = useAssetRows(filter, sortOf(view));
  return (
    <div className={classes.screen}>
      <Group justify="space-between" wrap="nowrap">
        <Group align="baseline" gap="md">
          <Title order={1}>{t('assetList.title')}</Title>
          <ListSummary list={rows.error ? undefined : rows.list} />
        </Group>
        <NewAssetButton />
      </Group>
      <Group gap="xs" role="group" aria-label={t('assetList.filters')}>
        {FACETS.map((facet) => (
          <FacetFilter key={facet} facet={facet} chosen={view.chosen[facet]} />
        ))}
        <FilterChips />
      </Group>
      <div className={classes.list} aria-busy={rows.isStale}>
        <Body rows={rows} />
      </div>
      {/* Below the list, so that no row moves when the first one is chosen. */}
      {selectionBar}
    </div>
  );
}

function Body({ rows: { list, facts, error, isStale, show, retry } }: { readonly rows: AssetRows }) {
  if (error) return <ErrorAlert error={error} onRetry={retry} />;
  if (!list || !facts) return <LoadingScreen />;
  if (facts.total === 0) return <EmptyList {...list.question} />;
  return <AssetTable list={list} total={facts.total} terms={facts.terms} isStale={isStale} show={show} />;
}
