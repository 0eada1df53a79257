import { Button, Stack, Text } from '@mantine/core';
import { IconDeviceDesktop, IconLock, IconRefresh } from '@tabler/icons-react';
import { mayReadFleet } from '#shared/domain/roles.ts';
import type { FleetQuestionOutput } from '#shared/protocol/fleet.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { Section } from '../../components/section.tsx';
import { SyncTabs } from '../../components/sync-tabs.tsx';
import { useNow } from '../../components/use-now.ts';
import { useSession } from '../../store/session.tsx';
import { useQuestion } from '../../store/use-question.ts';
import { formatInstant, formatRelative } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './fleet.module.css';
import { FleetList } from './fleet-list.tsx';

/** The desktops, for whoever looks after them: who is silent, who has trouble. */
export function FleetScreen() {
  const { t } = useText();
  const { identity } = useSession();
  const mayRead = identity && mayReadFleet(identity.person.role);
  return (
    <Stack gap="md" className={classes.screen}>
      <SyncTabs />
      {mayRead ? (
        <Fleet showsMinistry={mayRead === 'all'} />
      ) : (
        <EmptyScreen icon={<IconLock />} title={t('fleet.forbidden.title')} text={t('fleet.forbidden.text')} />
      )}
    </Stack>
  );
}

function Fleet({ showsMinistry }: { readonly showsMinistry: boolean }) {
  const { t } = useText();
  const answer = useQuestion('getFleet', {});
  if (answer.state === 'loading') return <LoadingScreen />;
  if (answer.state === 'error') return <ErrorAlert error={answer.error} onRetry={answer.refresh} />;
  const { fleet, trouble } = answer.value;
  if (!fleet) return <ErrorAlert error={trouble} onRetry={answer.refresh} />;
  return (
    <Section
      title={t('fleet.title')}
      aside={
        <Button variant="default" leftSection={<IconRefresh size={17} />} onClick={answer.refresh}>
          {t('fleet.refresh')}
        </Button>
      }
    >
      <Text fz="sm" c="dimmed" mb="xs">
        {t('fleet.intro')}
      </Text>
      <Age answer={answer.value} />
      {fleet.devices.length === 0 ? (
        <EmptyScreen icon={<IconDeviceDesktop />} title={t('fleet.none.title')} text={t('fleet.none.text')} />
      ) : (
        <FleetList fleet={fleet} showsMinistry={showsMinistry} />
      )}
    </Section>
  );
}

/** How old what is shown is, and why it is no newer. */
function Age({ answer }: { readonly answer: FleetQuestionOutput['getFleet'] }) {
  const { t, language } = useText();
  const now = useNow();
  const { askedAt, trouble } = answer;
  if (!askedAt) return null;
  const when = { date: formatInstant(askedAt, language), ago: formatRelative(askedAt, now, language) };
  return (
    <Text fz="sm" role="status" data-stale={trouble ? true : undefined} className={classes.age}>
      {t(trouble ? 'fleet.stale' : 'fleet.asOf', when)}
    </Text>
  );
}
