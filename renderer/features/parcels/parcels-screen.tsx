import { Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { SyncTabs } from '../../components/sync-tabs.tsx';
import { useQuestion } from '../../store/use-question.ts';
import { useSyncState } from '../../store/use-sync-state.ts';
import { useText } from '../../text/use-text.ts';
import { CarriedList } from './carried-list.tsx';
import { MakeParcel } from './make-parcel.tsx';
import { OwnList } from './own-list.tsx';
import classes from './parcels.module.css';
import { TakeFiles } from './take-files.tsx';
import { Totals } from './totals.tsx';

/** Synchronisation without a network: parcels out, answers in, and what is carried for others. */
export function ParcelsScreen() {
  const { t } = useText();
  const answer = useQuestion('getParcels', {}, 'assets');
  const sync = useSyncState();
  const { refresh } = answer;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an exchange or a carried file may have moved things on.
  useEffect(refresh, [refresh, sync]);
  return (
    <Stack gap="md" className={classes.screen}>
      <SyncTabs />
      <Text fz="sm" c="dimmed" maw="46rem">
        {t('parcels.intro')}
      </Text>
      {answer.state === 'loading' && <LoadingScreen />}
      {answer.state === 'error' && <ErrorAlert error={answer.error} onRetry={refresh} />}
      {answer.state === 'ready' && (
        <>
          <Totals totals={answer.value.totals} assets={answer.value.assets} files={answer.value.files} />
          <div className={classes.ways}>
            <MakeParcel waiting={answer.value} onDone={refresh} />
            <TakeFiles onDone={refresh} />
          </div>
          {answer.value.carried.length > 0 && <CarriedList carried={answer.value.carried} onDone={refresh} />}
          <OwnList own={answer.value.own} />
        </>
      )}
    </Stack>
  );
}
