import { Alert, Badge, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { map } from 'rxjs';
import type { Asset } from '#shared/schema/asset.ts';
import { Section } from '../../components/section.tsx';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatDay, formatQuantity, formatSigned } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './natures.module.css';

const SHOWN = 6;
/** Entries looked through for those of the stock: edits of the record stand among them. */
const LOOKED_THROUGH = 40;

/** What there is of a consumable, and its latest comings and goings (SPEC A10). */
export function StockSection({ asset: { id, unit, reorderThreshold } }: { readonly asset: Asset }) {
  const { t } = useText();
  const stocks = readyValue(useQuestion('getStocks', { ids: [id] }, 'movements'));
  const counted = (value: number) => formatQuantity(value, unit);
  if (!stocks) return null;
  const stock = stocks[id] ?? 0;
  const isLow = reorderThreshold !== undefined && stock <= reorderThreshold;
  return (
    <Section title={t('natures.stock.title')}>
      <div className={classes.head}>
        <span className={classes.figure} data-testid="stock">
          {counted(stock)}
        </span>
        {isLow && (
          <Badge color="red" leftSection={<IconAlertTriangle size={13} aria-hidden="true" />}>
            {t('natures.stock.low')}
          </Badge>
        )}
      </div>
      <Text fz="sm" c="dimmed">
        {reorderThreshold === undefined
          ? t('natures.stock.noThreshold')
          : t('natures.stock.threshold', { value: counted(reorderThreshold) })}
      </Text>
      {stock < 0 && (
        <Alert color="red" mt="xs" icon={<IconAlertTriangle />}>
          {t('natures.stock.negative')}
        </Alert>
      )}
      <StockMovements assetId={id} />
    </Section>
  );
}

function StockMovements({ assetId }: { readonly assetId: string }) {
  const { t, language } = useText();
  const entries = readyValue(
    useLiveQuery(assetId, (database) =>
      database.movements
        .find({
          selector: { assetId },
          sort: [{ assetId: 'desc' }, { declaredAt: 'desc' }, { id: 'desc' }],
          limit: LOOKED_THROUGH,
        })
        .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
    ),
  );
  const moved = (entries ?? []).filter(({ quantity }) => quantity !== undefined).slice(0, SHOWN);
  if (moved.length === 0) return null;
  return (
    <table className={classes.table} aria-label={t('natures.stock.movements')}>
      <caption className={classes.subtitle} style={{ textAlign: 'left', captionSide: 'top' }}>
        {t('natures.stock.movements')}
      </caption>
      <tbody>
        {moved.map(({ id, declaredAt, kind, act, reason, author, quantity = 0 }) => (
          <tr key={id}>
            <td className="tabular">{formatDay(declaredAt, language)}</td>
            <td>
              {kind === 'undo' || !act ? t('domain.movementKind.undo') : t(`domain.act.${act}`)}
              <Text fz="xs" c="dimmed">
                {[reason, author.name].filter(Boolean).join(' · ')}
              </Text>
            </td>
            <td data-number>{formatSigned(quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
