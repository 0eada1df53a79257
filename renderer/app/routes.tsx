import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link, Route, Switch } from 'wouter';
import { paths } from '../components/paths.ts';
import { EmptyScreen } from '../components/screen-state.tsx';
import { AssetListScreen } from '../features/asset-list/asset-list-screen.tsx';
import { useText } from '../text/use-text.ts';

export function Routes() {
  return (
    <Switch>
      <Route path={paths.assets} component={AssetListScreen} />
      <Route component={NotFound} />
    </Switch>
  );
}

function NotFound() {
  const { t } = useText();
  return (
    <EmptyScreen icon={<IconMapOff />} title={t('shell.notFound.title')} text={t('shell.notFound.text')}>
      <Button component={Link} href={paths.assets} variant="default">
        {t('shell.notFound.back')}
      </Button>
    </EmptyScreen>
  );
}
