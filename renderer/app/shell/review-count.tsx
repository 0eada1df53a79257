import { useSyncState } from '../../store/use-sync-state.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './shell.module.css';

/** How many reviews wait for a decision, beside the name of the synchronisation. Nothing when none does. */
export function ReviewCount() {
  const { t } = useText();
  const count = useSyncState()?.openReviews ?? 0;
  if (count === 0) return null;
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {count > 999 ? '999+' : formatInteger(count)}
      </span>
      <span className="visually-hidden">{t('reviews.badge', { count })}</span>
    </>
  );
}
