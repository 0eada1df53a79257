import type { AssetStatus } from '#shared/schema/asset.ts';
import { useText } from '../text/use-text.ts';
import classes from './status-badge.module.css';

/** A status as a word with a coloured dot: the colour helps, the word says it. */
export function StatusBadge({ status }: { readonly status: AssetStatus }) {
  const { t } = useText();
  return (
    <span className={classes.badge} data-status={status}>
      {t(`domain.status.${status}`)}
    </span>
  );
}
