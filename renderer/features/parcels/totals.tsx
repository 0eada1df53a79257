import { Text } from '@mantine/core';
import type { SyncTotals } from '#shared/protocol/parcel-port.ts';
import { Section } from '../../components/section.tsx';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';

const PLACES = ['local', 'sent', 'received', 'refused'] as const satisfies readonly (keyof SyncTotals)[];

/** SPEC X7: on this desktop, sent without a receipt, received. */
export function Totals({ totals, assets }: { readonly totals: SyncTotals; readonly assets: SyncTotals }) {
  const { t } = useText();
  return (
    <Section title={t('parcels.totals.title')}>
      <div className={classes.figures}>
        {PLACES.map((place) => (
          <div key={place} className={classes.figure}>
            <span className={classes.number}>{formatInteger(totals[place])}</span>
            <span>{t(`parcels.totals.${place}`)}</span>
            <Text fz="xs" c="dimmed">
              {t('parcels.totals.assets', { count: assets[place] })}
            </Text>
          </div>
        ))}
      </div>
    </Section>
  );
}
