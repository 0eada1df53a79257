import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { Shortages } from '#shared/protocol/links.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { paths } from '../../components/paths.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import classes from './dashboard.module.css';

/** Of each kind; the others follow once these are settled. */
export const SHOWN_SHORTAGES = 4;

/** Stocks that are low, licences used beyond their seats, work whose day has come: each opens its record. */
export function ShortageList({ shortages }: { readonly shortages: Shortages }) {
  const { t } = useText();
  const { stocks, licences, interventions } = shortages;
  const assets = useAssets([...stocks.rows, ...licences.rows, ...interventions.rows]);
  const lines = [
    ...stocks.rows.map(({ id, stock }) => ({
      id,
      text: t('dashboard.shortage.stock', { count: stock, unit: assets.get(id)?.unit ?? '' }),
    })),
    ...licences.rows.map(({ id, used, bought }) => ({ id, text: t('dashboard.shortage.licence', { used, bought }) })),
    ...interventions.rows.map(({ id, nextDate }) => ({
      id,
      text: t('dashboard.shortage.intervention', { date: printPartialDate(nextDate) }),
    })),
  ];
  const more = [stocks, licences, interventions].reduce((sum, { total, rows }) => sum + total - rows.length, 0);
  return (
    <>
      {lines.map(({ id, text }) => (
        <li key={`${id} ${text}`}>
          <Link href={paths.asset(id)} className={classes.alert}>
            <span className={classes.alertIcon} data-urgent>
              <IconAlertTriangle size={16} />
            </span>
            <span className={classes.shortage}>
              {assets.get(id)?.designation ?? '…'}
              <span className={classes.shortageText}>{text}</span>
            </span>
          </Link>
        </li>
      ))}
      {more > 0 && (
        <li className={classes.more}>{t('dashboard.shortage.more', { count: more, shown: formatInteger(more) })}</li>
      )}
    </>
  );
}

function useAssets(rows: readonly { readonly id: string }[]): ReadonlyMap<string, Asset> {
  const ids = [...new Set(rows.map(({ id }) => id))].sort();
  const assets = readyValue(useQuestion('getAssets', { ids }, 'assets'));
  return useMemo(() => new Map((assets ?? []).map((asset) => [asset.id, asset])), [assets]);
}
