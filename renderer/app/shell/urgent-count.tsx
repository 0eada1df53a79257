import { isUrgent } from '#shared/protocol/dashboard.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './shell.module.css';

const NOTHING = {} as const;
const TOTALS_ONLY = { limit: 0 } as const;

/** How much asks for something to be done now, beside the dashboard's name. Nothing when nothing does. */
export function UrgentCount() {
  const { t } = useText();
  const alerts = readyValue(useQuestion('getAlerts', NOTHING, 'assets')) ?? [];
  // Stocks move with the journal.
  const shortages = readyValue(useQuestion('findShortages', TOTALS_ONLY, 'movements'));
  const ending = alerts.filter(isUrgent).reduce((sum, { count }) => sum + count, 0);
  const short = Object.values(shortages ?? {}).reduce((sum, { total }) => sum + total, 0);
  const count = ending + short;
  if (count === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {count > 999 ? '999+' : formatInteger(count)}
      </span>
      <span className="visually-hidden">{t('dashboard.alerts.badge', { count })}</span>
    </>
  );
}
