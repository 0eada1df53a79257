import { Badge, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Asset } from '#shared/schema/asset.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { AttachBox } from './attach-box.tsx';
import { AttachedAssets, useAttachedIds } from './attached-assets.tsx';
import classes from './natures.module.css';
import { useLinks } from './use-links.ts';
import { useMayEdit } from './use-may-edit.ts';

type AssetProps = { readonly asset: Asset };

/** Seats bought and used, and by what (SPEC A11). */
export function SeatsSection({ asset }: AssetProps) {
  const { t } = useText();
  const mayEdit = useMayEdit(asset);
  const links = useLinks();
  const counted = readyValue(useQuestion('countLinked', { kind: 'licence', ids: [asset.id] }, 'assets'));
  const attached = useAttachedIds('licence', asset.id);
  const used = counted?.[asset.id]?.seats ?? 0;
  return (
    <Section title={t('natures.seats.title')}>
      {counted && <SeatsFigure used={used} bought={asset.seats} />}
      <AttachedAssets
        kind="licence"
        targetId={asset.id}
        label={t('natures.seats.title')}
        empty={
          <Text fz="sm" c="dimmed">
            {t('natures.seats.empty')}
          </Text>
        }
        onDetach={
          mayEdit ? (assetId) => void links.detach({ kind: 'licence', targetId: asset.id, assetId }) : undefined
        }
      />
      <ErrorAlert error={links.error} />
      {mayEdit && (
        <AttachBox
          label={t('natures.seats.attach')}
          nature="hardware"
          without={attached}
          hasSeats
          onChoose={(assetId, seats) => void links.attach({ kind: 'licence', targetId: asset.id, assetId, seats })}
        />
      )}
    </Section>
  );
}

type SeatsFigureProps = { readonly used: number; readonly bought: number | undefined };

function SeatsFigure({ used, bought }: SeatsFigureProps) {
  const { t } = useText();
  if (bought === undefined) {
    return <p className={classes.figure}>{t('natures.seats.usedUnlimited', { used: formatInteger(used) })}</p>;
  }
  const over = used - bought;
  return (
    <div>
      <div className={classes.head}>
        <span className={classes.figure}>
          {t('natures.seats.usedOf', { used: formatInteger(used), bought: formatInteger(bought) })}
        </span>
        {over > 0 ? (
          <Badge color="red" leftSection={<IconAlertTriangle size={13} aria-hidden="true" />}>
            {t('natures.seats.exceeded', { count: over })}
          </Badge>
        ) : (
          <Text fz="sm" c="dimmed">
            {over === 0 ? t('natures.seats.full') : t('natures.seats.free', { count: -over })}
          </Text>
        )}
      </div>
      <div className={classes.bar} data-level={over > 0 ? 'over' : undefined} aria-hidden="true">
        <span style={{ width: `${Math.min(100, bought === 0 ? 100 : (used / bought) * 100)}%` }} />
      </div>
      {over > 0 && <Text fz="sm">{t('natures.seats.exceededText')}</Text>}
    </div>
  );
}

/** What a contract covers. */
export function CoveredSection({ asset }: AssetProps) {
  const { t } = useText();
  const mayEdit = useMayEdit(asset);
  const links = useLinks();
  const attached = useAttachedIds('contract', asset.id);
  const counted = readyValue(useQuestion('countLinked', { kind: 'contract', ids: [asset.id] }, 'assets'));
  const total = counted?.[asset.id]?.assets ?? 0;
  return (
    <Section
      title={t('natures.covered.title')}
      aside={
        total > 0 && (
          <Text fz="sm" c="dimmed">
            {t('natures.covered.total', { count: total })}
          </Text>
        )
      }
    >
      <AttachedAssets
        kind="contract"
        targetId={asset.id}
        label={t('natures.covered.title')}
        empty={
          <Text fz="sm" c="dimmed">
            {t('natures.covered.empty')}
          </Text>
        }
        onDetach={
          mayEdit ? (assetId) => void links.detach({ kind: 'contract', targetId: asset.id, assetId }) : undefined
        }
      />
      <ErrorAlert error={links.error} />
      {mayEdit && (
        <AttachBox
          label={t('natures.covered.attach')}
          nature="hardware"
          without={attached}
          onChoose={(assetId) => void links.attach({ kind: 'contract', targetId: asset.id, assetId })}
        />
      )}
    </Section>
  );
}
