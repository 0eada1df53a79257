import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFileImport, IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import { type Dashboard, PRESENT_STATUSES } from '#shared/protocol/dashboard.ts';
import type { Shortages } from '#shared/protocol/links.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { LoadingNotice } from '../../components/loading-notice.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger, formatMoney } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import { Alerts } from './alerts.tsx';
import classes from './dashboard.module.css';
import { GroupCard } from './group-card.tsx';
import { ListLink } from './list-link.tsx';
import { SHOWN_SHORTAGES } from './shortages.tsx';

const NOTHING = {} as const;
const FIRST_SHORTAGES = { limit: SHOWN_SHORTAGES } as const;

/** What the ministry has, in what state, and what has to be done: every figure opens the list behind it. */
export function DashboardScreen() {
  const dashboard = useQuestion('getDashboard', NOTHING, 'assets');
  // Stocks move with the journal.
  const shortages = readyValue(useQuestion('findShortages', FIRST_SHORTAGES, 'movements'));
  if (dashboard.state === 'error') return <ErrorAlert error={dashboard.error} onRetry={dashboard.refresh} />;
  if (dashboard.state === 'loading') return <LoadingScreen />;
  return (
    <Stack gap="md">
      <LoadingNotice />
      {dashboard.value.byStatus.length === 0 ? (
        <EmptyDashboard />
      ) : (
        <Filled dashboard={dashboard.value} shortages={shortages} />
      )}
    </Stack>
  );
}

function EmptyDashboard() {
  const { t } = useText();
  const { identity } = useSession();
  const mayImport = identity && isAllowed(identity.person.role, 'asset.import');
  return (
    <EmptyScreen icon={<IconStack2 />} title={t('dashboard.empty.title')} text={t('dashboard.empty.text')}>
      <Group mt="sm" justify="center">
        {mayImport && (
          <Button component={Link} href={paths.import} variant="default" leftSection={<IconFileImport size={17} />}>
            {t('assetList.empty.import')}
          </Button>
        )}
        <Button component={Link} href={paths.assets}>
          {t('dashboard.empty.list')}
        </Button>
      </Group>
    </EmptyScreen>
  );
}

type FilledProps = { readonly dashboard: Dashboard; readonly shortages: Shortages | undefined };

function Filled({ dashboard: { byStatus, present, alerts, today }, shortages }: FilledProps) {
  const { t } = useText();
  const { groups } = present;
  const shared = { today, within: { status: [...PRESENT_STATUSES] } };
  return (
    <div className={classes.screen}>
      <Group align="baseline" gap="md">
        <Title order={1}>{t('dashboard.title')}</Title>
        <Text c="dimmed">{t('dashboard.asOf', { date: printPartialDate(today) })}</Text>
      </Group>
      <div className={classes.figures}>
        <Figure label={t('dashboard.figure.present')} value={formatInteger(present.count)} filter={shared.within} />
        <Figure
          label={t('dashboard.figure.value')}
          value={formatMoney(present.value)}
          filter={{ ...shared.within, valueFrom: 0 }}
        />
        <Figure
          label={t('dashboard.figure.withoutValue')}
          value={formatInteger(present.withoutValue)}
          filter={{ ...shared.within, missing: ['acquisitionValue'] }}
        />
      </div>
      <div className={classes.grid}>
        <Alerts alerts={alerts} shortages={shortages} />
        <GroupCard field="status" groups={byStatus} today={today} within={{}} />
        <GroupCard field="missing" groups={groups.missing} {...shared} outOf={present.count} />
        <GroupCard field="age" groups={groups.age} {...shared} />
        <GroupCard field="physicalState" groups={groups.physicalState} {...shared} />
        <GroupCard field="endYear" groups={groups.endYear} {...shared} />
        <GroupCard field="structureId" groups={groups.structureId} {...shared} />
        <GroupCard field="typeCode" groups={groups.typeCode} {...shared} />
      </div>
    </div>
  );
}

type FigureProps = Pick<Parameters<typeof ListLink>[0], 'filter'> & { readonly label: string; readonly value: string };

function Figure({ label, value, filter }: FigureProps) {
  return (
    <ListLink filter={filter} className={classes.figure}>
      <span className={classes.figureLabel}>{label}</span>
      <span className={classes.figureValue}>{value}</span>
    </ListLink>
  );
}
