import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, Route, Switch } from 'wouter';
import { paths, readSegment } from '../components/paths.ts';
import { EmptyScreen } from '../components/screen-state.tsx';
import { AssetActs } from '../features/acts/asset-acts.tsx';
import { BulkBar } from '../features/acts/bulk-bar.tsx';
import { AsAtScreen } from '../features/as-at/as-at-screen.tsx';
import { AssetScreen } from '../features/asset/asset-screen.tsx';
import { EditAssetScreen, NewAssetScreen, NewSeriesScreen } from '../features/asset-form/asset-form-screen.tsx';
import { AssetListScreen } from '../features/asset-list/asset-list-screen.tsx';
import { DashboardScreen } from '../features/dashboard/dashboard-screen.tsx';
import { EnrolmentScreen } from '../features/enrolment/enrolment-screen.tsx';
import { AssetFiles } from '../features/files/asset-files.tsx';
import { FleetScreen } from '../features/fleet/fleet-screen.tsx';
import { ImportScreen } from '../features/import/import-screen.tsx';
import { FollowScreen } from '../features/journal/follow-screen.tsx';
import { JournalScreen } from '../features/journal/journal-screen.tsx';
import { MergeScreen } from '../features/merge/merge-screen.tsx';
import { TwinAlert } from '../features/merge/twin-alert.tsx';
import { PapersRoutes } from '../features/papers/papers-routes.tsx';
import { ParcelsScreen } from '../features/parcels/parcels-screen.tsx';
import { ReferenceDataScreen } from '../features/reference-data/reference-data-screen.tsx';
import { ReviewsScreen } from '../features/reviews/reviews-screen.tsx';
import { SettingsScreen } from '../features/settings/settings-screen.tsx';
import { SyncScreen } from '../features/sync/sync-screen.tsx';
import { TransfersScreen } from '../features/transfers/transfers-screen.tsx';
import { useSession } from '../store/session.tsx';
import { useText } from '../text/use-text.ts';

export function Routes() {
  const { identity } = useSession();
  // A desktop without a ministry is asked to join one first, once.
  const [isLater, setLater] = useState(false);
  return (
    <Switch>
      <Route path={paths.assets}>
        {identity || isLater ? (
          <AssetListScreen selectionBar={<BulkBar />} />
        ) : (
          <EnrolmentScreen onLater={() => setLater(true)} />
        )}
      </Route>
      <Route path={paths.dashboard} component={DashboardScreen} />
      <Route path={paths.newAsset}>
        <NewAssetScreen />
      </Route>
      <Route path="/assets/new/like/:id">{({ id }) => <NewAssetScreen likeId={id} />}</Route>
      <Route path="/assets/new/:nature">{({ nature }) => <NewAssetScreen nature={nature} />}</Route>
      <Route path={paths.newSeries}>
        <NewSeriesScreen />
      </Route>
      <Route path="/assets/series/like/:id">{({ id }) => <NewSeriesScreen likeId={id} />}</Route>
      <Route path="/assets/merge/:keepId/:otherId">
        {({ keepId, otherId }) => <MergeScreen key={`${keepId} ${otherId}`} keepId={keepId} otherId={otherId} />}
      </Route>
      <Route path="/assets/:id">
        {({ id }) => (
          <AssetScreen
            id={id}
            actions={(asset) => <AssetActs asset={asset} />}
            notice={(asset) => <TwinAlert asset={asset} />}
            files={(asset) => <AssetFiles asset={asset} />}
          />
        )}
      </Route>
      <Route path="/assets/:id/edit">{({ id }) => <EditAssetScreen id={id} />}</Route>
      <Route path="/papers/*?" component={PapersRoutes} />
      <Route path={paths.journal} component={JournalScreen} />
      <Route path="/journal/holder/:name">
        {({ name }) => <FollowScreen key={name} field="holderName" name={readSegment(name)} />}
      </Route>
      <Route path="/journal/room/:name">
        {({ name }) => <FollowScreen key={name} field="room" name={readSegment(name)} />}
      </Route>
      <Route path={paths.asAt} component={AsAtScreen} />
      <Route path="/references/:section?">{({ section }) => <ReferenceDataScreen section={section} />}</Route>
      <Route path={paths.import} component={ImportScreen} />
      <Route path={paths.transfers} component={TransfersScreen} />
      <Route path={paths.sync} component={SyncScreen} />
      <Route path={paths.parcels} component={ParcelsScreen} />
      <Route path={paths.fleet} component={FleetScreen} />
      <Route path={paths.reviews}>
        <ReviewsScreen />
      </Route>
      <Route path="/sync/reviews/decided/:id">{({ id }) => <ReviewsScreen key={id} decidedId={id} />}</Route>
      <Route path={paths.settings} component={SettingsScreen} />
      <Route path={paths.enrolment}>
        <EnrolmentScreen onLater={() => setLater(true)} />
      </Route>
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
