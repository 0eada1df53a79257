import { Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowsSplit2, IconCircleCheck, IconClock } from '@tabler/icons-react';
import { Link } from 'wouter';
import { type Alert, filterOfAlert, isUrgent } from '#shared/protocol/dashboard.ts';
import type { Shortages } from '#shared/protocol/links.ts';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useSyncState } from '../../store/use-sync-state.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './dashboard.module.css';
import { ListLink } from './list-link.tsx';
import { ShortageList } from './shortages.tsx';

type AlertsProps = { readonly alerts: readonly Alert[]; readonly shortages: Shortages | undefined };

/** What ends soon, has ended, is late or is short. What asks for something now comes first. */
export function Alerts({ alerts, shortages }: AlertsProps) {
  const { t } = useText();
  const openReviews = useSyncState()?.openReviews ?? 0;
  const short = Object.values(shortages ?? {}).reduce((sum, { total }) => sum + total, 0);
  const sorted = [...alerts].filter(isShown).sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)));
  return (
    <Section title={t('dashboard.alerts.title')}>
      {sorted.length + short + openReviews === 0 && (
        <div className={classes.calm}>
          <IconCircleCheck size={18} aria-hidden="true" />
          <Text fz="sm">{t('dashboard.alerts.none')}</Text>
        </div>
      )}
      <ul className={classes.bars}>
        {openReviews > 0 && <ReviewsLine count={openReviews} />}
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

/** What desktops said differently waits for somebody to decide. */
function ReviewsLine({ count }: { readonly count: number }) {
  const { t } = useText();
  return (
    <li>
      <Link href={paths.reviews} className={classes.alert}>
        <span className={classes.alertIcon} data-urgent>
          <IconArrowsSplit2 size={16} />
        </span>
        <span className={classes.barName}>{t('reviews.alert')}</span>
        <span className={classes.barCount}>{formatInteger(count)}</span>
      </Link>
    </li>
  );
}

/** A loan that is not late asks for nothing yet. */
function isShown({ subject, span }: Alert): boolean {
  return subject !== 'loan' || span === 'past' || span === 'within-30';
}
