import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { type Alert, filterOfAlert, isUrgent } from '#shared/protocol/dashboard.ts';
import type { Shortages } from '#shared/protocol/links.ts';
import { Section } from '../../components/section.tsx';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './dashboard.module.css';
import { ListLink } from './list-link.tsx';
import { ShortageList } from './shortages.tsx';

type AlertsProps = { readonly alerts: readonly Alert[]; readonly shortages: Shortages | undefined };

/** What ends soon, has ended, is late or is short. What asks for something now comes first. */
export function Alerts({ alerts, shortages }: AlertsProps) {
  const { t } = useText();
  const short = Object.values(shortages ?? {}).reduce((sum, { total }) => sum + total, 0);
  const sorted = [...alerts].filter(isShown).sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
  return (
    <Section title={t('dashboard.alerts.title')}>
      {sorted.length + short === 0 && (
        <div className={classes.calm}>
          <IconCircleCheck size={18} aria-hidden="true" />
          <Text fz="sm">{t('dashboard.alerts.none')}</Text>
        </div>
      )}
      <ul className={classes.bars}>
        {shortages && short > 0 && <ShortageList shortages={shortages} />}
        {sorted.map((alert) => (
          <li key={`${alert.subject} ${alert.span}`}>
            <ListLink filter={filterOfAlert(alert)} className={classes.alert}>
              <span className={classes.alertIcon} data-urgent={isUrgent(alert) || undefined}>
                {isUrgent(alert) ? <IconAlertTriangle size={16} /> : <IconClock size={16} />}
              </span>
              <span className={classes.barName}>{t(`dashboard.alerts.${alert.subject}.${alert.span}`)}</span>
              <span className={classes.barCount}>{formatInteger(alert.count)}</span>
            </ListLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A loan that is not late asks for nothing yet. */
function isShown({ subject, span }: Alert): boolean {
  return subject !== 'loan' || span === 'past' || span === 'within-30';
}
