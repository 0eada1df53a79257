import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlus, IconSearchOff, IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { FACETS, NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './asset-list-screen.module.css';
import { AssetTable } from './asset-table.tsx';
import { FacetFilter } from './facet-filter.tsx';
import { FilterChips } from './filter-chips.tsx';
import { type AssetRows, useAssetRows } from './use-asset-rows.ts';
import { useAssetFilter, useFacets } from './use-facets.ts';

/** Every asset of the ministry: find, narrow, order, open. */
export function AssetListScreen() {
  const { t } = useText();
  const { view, change } = useListView();
  const filter = useAssetFilter(view.text, view.chosen);
  const rows = useAssetRows(filter, view.sort);
  const facets = useFacets(filter, view.chosen);
  return (
    <div className={classes.screen}>
      <Group justify="space-between">
        <Group align="baseline" gap="md">
          <Title order={1}>{t('assetList.title')}</Title>
          <Count rows={rows} text={view.text} />
        </Group>
        <NewAssetButton />
      </Group>
      <Group gap="xs" role="group" aria-label={t('assetList.filters')}>
        {FACETS.map((facet) => (
          <FacetFilter
            key={facet}
            label={t(`assetList.filter.${facet}`)}
            options={facets[facet]}
            chosen={view.chosen[facet]}
            onChange={(values) => change({ chosen: { ...view.chosen, [facet]: values } })}
          />
        ))}
        <FilterChips />
      </Group>
      <div className={classes.list}>
        <Body rows={rows} />
      </div>
    </div>
  );
}

function Body({ rows }: { readonly rows: AssetRows }) {
  const { view } = useListView();
  if (rows.state === 'error') return <ErrorAlert error={rows.error} onRetry={rows.retry} />;
  if (rows.state === 'loading') return <LoadingScreen />;
  if (rows.total > 0) return <AssetTable rows={rows} />;
  if (rows.isStale) return <LoadingScreen />;
  const isNarrowed = view.text !== '' || FACETS.some((facet) => view.chosen[facet].length > 0);
  return isNarrowed ? <NothingFound /> : <EmptyRegister />;
}

function Count({ rows, text }: { readonly rows: AssetRows; readonly text: string }) {
  const { t } = useText();
  const { view } = useListView();
  const isNarrowed = FACETS.some((facet) => view.chosen[facet].length > 0);
  const isCut = rows.found > rows.total;
  const key = isNarrowed ? 'assetList.found' : 'assetList.count';
  const sentence = text.trim()
    ? t('assetList.foundFor', { count: rows.found, text: text.trim() })
    : t(key, { count: rows.found });
  return (
    <Text c="dimmed" role="status" aria-live="polite">
      {rows.state === 'ready' && sentence}
      {rows.state === 'ready' && text.trim() && isCut && ` ${t('assetList.firstOnly', { shown: rows.total })}`}
    </Text>
  );
}

function NewAssetButton() {
  const { t } = useText();
  const { identity } = useSession();
  if (!identity || !isAllowed(identity.person.role, 'asset.create')) return null;
  return (
    <Button component={Link} href={paths.newAsset} leftSection={<IconPlus size={17} />}>
      {t('assetList.newAsset')}
    </Button>
  );
}

function EmptyRegister() {
  const { t } = useText();
  return (
    <EmptyScreen icon={<IconStack2 />} title={t('assetList.empty.title')} text={t('assetList.empty.text')}>
      <Group mt="sm">
        <Button component={Link} href={paths.import} variant="default" leftSection={<IconFileImport size={17} />}>
          {t('assetList.empty.import')}
        </Button>
        <NewAssetButton />
      </Group>
    </EmptyScreen>
  );
}

function NothingFound() {
  const { t } = useText();
  const { change } = useListView();
  return (
    <EmptyScreen icon={<IconSearchOff />} title={t('assetList.nothing.title')} text={t('assetList.nothing.text')}>
      <Button mt="sm" variant="default" onClick={() => change({ text: '', chosen: NOTHING_CHOSEN })}>
        {t('assetList.clear')}
      </Button>
    </EmptyScreen>
  );
}
