import { Text } from '@mantine/core';
import { type Depreciation, depreciationAt } from '#shared/domain/depreciation.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { formatMoney } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';

/** Straight-line depreciation today, and what it was counted from (SPEC L2). Nothing where too little is known. */
export function DepreciationSection({ asset }: { readonly asset: Asset }) {
  const { t } = useText();
  const { contentOfType } = useDirectory();
  const today = new Date().toISOString().slice(0, 10);
  const lifetimeMonths = asset.lifetimeMonths ?? contentOfType(asset.typeCode).lifetimeMonths;
  const found = depreciationAt({ ...asset, lifetimeMonths }, today);
  if (found) return <Known depreciation={found} today={today} />;
  const isOnlyDurationMissing = depreciationAt({ ...asset, lifetimeMonths: 1 }, today) !== undefined;
  if (!isOnlyDurationMissing || lifetimeMonths) return null;
  return (
    <Section title={t('natures.depreciation.title')}>
      <Text fz="sm" c="dimmed">
        {t('natures.depreciation.missing')}
      </Text>
    </Section>
  );
}

type KnownProps = { readonly depreciation: Depreciation; readonly today: string };

function Known({ depreciation, today }: KnownProps) {
  const { t } = useText();
  const { net, cumulated, lifetimeMonths, elapsedMonths, from, precision, isFromAcquisition } = depreciation;
  const notes = [
    t('natures.depreciation.linear', { date: printPartialDate(today) }),
    precision === 'year' && t('natures.depreciation.fromYear'),
    precision === 'month' && t('natures.depreciation.fromMonth'),
    isFromAcquisition && t('natures.depreciation.fromAcquisition'),
  ].filter(Boolean);
  return (
    <Section title={t('natures.depreciation.title')}>
      <FieldList
        rows={[
          { label: t('natures.depreciation.net'), value: <strong>{formatMoney(net)}</strong> },
          { label: t('natures.depreciation.cumulated'), value: formatMoney(cumulated) },
          {
            label: t('natures.depreciation.lifetime'),
            value: t('natures.depreciation.months', { count: lifetimeMonths }),
          },
          {
            label: t('natures.depreciation.elapsed'),
            value: `${t('natures.depreciation.months', { count: elapsedMonths })}, ${t('natures.depreciation.from', { date: printPartialDate(from) })}`,
          },
        ]}
      />
      <Text fz="xs" c="dimmed" mt="xs">
        {notes.join(' ')}
      </Text>
    </Section>
  );
}
