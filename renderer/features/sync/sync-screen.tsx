import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClockExclamation, IconRefresh, IconVersions } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { SyncState } from '#shared/protocol/data-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { LoadingNotice } from '../../components/loading-notice.tsx';
import { paths } from '../../components/paths.ts';
import { LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { SyncTabs } from '../../components/sync-tabs.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useNow } from '../../components/use-now.ts';
import { useCommand } from '../../store/use-command.ts';
import { useFilesState } from '../../store/use-files.ts';
import { useSyncState } from '../../store/use-sync-state.ts';
import { formatBytes, formatDuration, formatInstant, formatInteger, formatRelative } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { FilesFigures } from './files-figures.tsx';
import { SnapshotFile } from './snapshot-file.tsx';
import classes from './sync-screen.module.css';
import { TrafficSection } from './traffic-section.tsx';

/** The truth about replication: what waits, what arrived, what went wrong and what to do. */
export function SyncScreen() {
  const { t } = useText();
  const notify = useNotify();
  const state = useSyncState();
  const { run, isRunning, error } = useCommand('syncNow');
  if (!state) return <LoadingScreen />;
  const synchronise = async () => {
    const answer = await run({});
    if (answer?.phase === 'idle') notify(t('sync.requested'));
  };
  return (
    <Stack gap="md" maw={860} mx="auto">
      <SyncTabs counts={{ reviews: state.openReviews }} />
      <LoadingNotice />
      <Section
        title={
          state.phase === 'refused' && state.lastError
            ? t(`errors.${state.lastError.code}.title`)
            : t(`sync.phase.${isLoadPaused(state) ? 'loadPaused' : state.phase}`)
        }
        aside={
          state.phase === 'not-enrolled' ? (
            <Button component={Link} href={paths.enrolment}>
              {t('enrolment.title')}
            </Button>
          ) : (
            <Button
              leftSection={<IconRefresh size={17} />}
              loading={isRunning || state.phase === 'exchanging'}
              onClick={() => void synchronise()}
            >
              {t('sync.now')}
            </Button>
          )
        }
      >
        <Text c="dimmed" fz="sm" role="status" aria-live="polite">
          <PhaseText state={state} />
        </Text>
        <Figures state={state} />
      </Section>
      {state.clockSkew !== undefined && <WrongClock skew={state.clockSkew} />}
      <FilesFigures />
      <ErrorAlert error={error} />
      {state.lastError && !error && <LastError error={state.lastError} />}
      {state.setAside > 0 && (
        <Alert color="yellow" icon={<IconVersions />} title={t('sync.setAside', { count: state.setAside })}>
          <Text fz="sm">{t('sync.setAsideText')}</Text>
        </Alert>
      )}
      {state.openReviews > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle />} title={t('reviews.badge', { count: state.openReviews })}>
          <Button component={Link} href={paths.reviews} size="xs" variant="default">
            {t('reviews.show')}
          </Button>
        </Alert>
      )}
      {state.phase !== 'not-enrolled' && <TrafficSection state={state} />}
      {state.phase !== 'not-enrolled' && <SnapshotFile />}
    </Stack>
  );
}

function isLoadPaused({ phase, loading }: SyncState): boolean {
  return phase === 'idle' && loading?.isPaused === true;
}

/** What is received is told of rows and files alike: records may be there while their photos still wait (SPEC F1). */
function PhaseText({ state }: { readonly state: SyncState }) {
  const { phase, waiting } = state;
  const { t, language } = useText();
  const files = useFilesState()?.waiting;
  if (phase !== 'idle') return t(`sync.phaseText.${phase}`);
  if (waiting > 0) return t('sync.phaseText.idleWaiting');
  if (isLoadPaused(state)) return t('sync.phaseText.loadPaused');
  if (!files || files.files === 0) return t('sync.phaseText.idleUpToDate');
  return t('sync.phaseText.idleFiles', { count: files.files, size: formatBytes(files.bytes, language) });
}

function Figures({ state }: { readonly state: SyncState }) {
  const { t, language } = useText();
  const now = useNow();
  const moment = (instant: string, at = now) =>
    `${formatRelative(instant, at, language)} (${formatInstant(instant, language)})`;
  // The clock that the screen looks at stands still for a while: what has just been is not to come.
  const last = state.lastSuccess && moment(state.lastSuccess, Math.max(now, Date.parse(state.lastSuccess)));
  return (
    <div className={classes.figures}>
      <div className={classes.waiting}>
        <span className={classes.number}>{formatInteger(state.waiting)}</span>
        <span>{t('sync.waiting')}</span>
      </div>
      <FieldList
        rows={[
          { label: t('sync.lastSuccess'), value: last ?? t('common.never') },
          { label: t('sync.nextTry'), value: state.nextTry ? moment(state.nextTry) : t('sync.nextTryNone') },
          ...(state.server ? [{ label: t('sync.server'), value: state.server }] : []),
        ]}
      />
    </div>
  );
}

/** Milliseconds that nobody notices on a paper; above, the dates of acts are wrong enough to be told. */
const TOLD_SKEW = 5 * 60 * 1000;

/** SPEC S17: a wrong clock changes nothing but the dates that the device declares. */
function WrongClock({ skew }: { readonly skew: number }) {
  const { t, language } = useText();
  if (Math.abs(skew) <= TOLD_SKEW) return null;
  const duration = formatDuration(Math.abs(skew), language);
  return (
    <Alert color="yellow" icon={<IconClockExclamation />} title={t('traffic.clockTitle')} role="status">
      <Text fz="sm">{t(skew > 0 ? 'traffic.clockAhead' : 'traffic.clockBehind', { duration })}</Text>
    </Alert>
  );
}

function LastError({ error }: { readonly error: NonNullable<SyncState['lastError']> }) {
  const { t, language } = useText();
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle />}
      title={t('sync.error', { date: formatInstant(error.at, language) })}
      role="status"
    >
      <Stack gap={4}>
        <Text fz="sm" fw={600}>
          {t(`errors.${error.code}.title`)}
        </Text>
        <Text fz="sm">{t(`errors.${error.code}.what`)}</Text>
        <Group gap={6}>
          <Text fz="sm">
            <strong>{t('common.whatToDo')}</strong> — {t(`errors.${error.code}.todo`)}
          </Text>
        </Group>
      </Stack>
    </Alert>
  );
}
