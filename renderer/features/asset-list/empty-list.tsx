import { Button, Group } from '@mantine/core';
import { IconFileImport, IconPlus, IconSearchOff, IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import { paths } from '../../components/paths.ts';
import { EmptyScreen } from '../../components/screen-state.tsx';
import { NOTHING_CHOSEN, useListView } from '../../store/list-view.tsx';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import type { AssetQuestion } from './asset-source.ts';

/** Characters of what was typed that a title repeats. */
const QUOTED = 40;

/** No row: why, and what to do next. */
export function EmptyList({ filter }: AssetQuestion) {
  const { text, ...filters } = filter;
  if (text) return <NothingFound text={text} isFiltered={Object.keys(filters).length > 0} />;
  return Object.keys(filters).length > 0 ? <NothingPasses /> : <EmptyRegister />;
}

function NothingFound({ text, isFiltered }: { readonly text: string; readonly isFiltered: boolean }) {
  const { t } = useText();
  const { change } = useListView();
  const elsewhere = useTotalWithoutFilters(isFiltered ? text : undefined);
  const isHidden = elsewhere > 0;
  const quoted = text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
  return (
    <EmptyScreen
      icon={<IconSearchOff />}
      title={t(isHidden ? 'assetList.nothing.hiddenTitle' : 'assetList.nothing.title', { text: quoted })}
      text={t(isHidden ? 'assetList.nothing.hidden' : 'assetList.nothing.text', { count: elsewhere, text: quoted })}
    >
      <Group mt="sm" justify="center">
        {isHidden && (
          <Button onClick={() => change({ chosen: NOTHING_CHOSEN, openGroup: undefined })}>
            {t('assetList.nothing.withoutFilters')}
          </Button>
        )}
        <Button variant="default" onClick={() => change({ text: '' })}>
          {t('assetList.nothing.clearSearch')}
        </Button>
        {!isHidden && <NewAssetButton variant="default" />}
      </Group>
    </EmptyScreen>
  );
}

function NothingPasses() {
  const { t } = useText();
  const { change } = useListView();
  return (
    <EmptyScreen
      icon={<IconSearchOff />}
      title={t('assetList.nothing.filteredTitle')}
      text={t('assetList.nothing.filteredText')}
    >
      <Button mt="sm" variant="default" onClick={() => change({ chosen: NOTHING_CHOSEN, openGroup: undefined })}>
        {t('assetList.nothing.clearFilters')}
      </Button>
    </EmptyScreen>
  );
}

function EmptyRegister() {
  const { t } = useText();
  return (
    <EmptyScreen icon={<IconStack2 />} title={t('assetList.empty.title')} text={t('assetList.empty.text')}>
      <Group mt="sm" justify="center">
        <Button component={Link} href={paths.import} variant="default" leftSection={<IconFileImport size={17} />}>
          {t('assetList.empty.import')}
        </Button>
        <NewAssetButton />
      </Group>
    </EmptyScreen>
  );
}

export function NewAssetButton({ variant = 'filled' }: { readonly variant?: 'filled' | 'default' }) {
  const { t } = useText();
  const { identity } = useSession();
  if (!identity || !isAllowed(identity.person.role, 'asset.create')) return null;
  return (
    <Button component={Link} href={paths.newAsset} variant={variant} leftSection={<IconPlus size={17} />}>
      {t('assetList.newAsset')}
    </Button>
  );
}

/** How many assets the text alone would find; 0 while that is not known. */
function useTotalWithoutFilters(text: string | undefined): number {
  const question = text === undefined ? undefined : { filter: { text }, offset: 0, limit: 0 };
  return readyValue(useQuestion('findAssets', question, 'assets'))?.total ?? 0;
}
