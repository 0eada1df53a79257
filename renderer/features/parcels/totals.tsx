import { Button, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import type { SyncTotals } from '#shared/protocol/parcel-port.ts';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';

const PLACES = ['local', 'sent', 'received', 'refused'] as const satisfies readonly (keyof SyncTotals)[];

/** SPEC X7: on this desktop, sent without a receipt, received. */
export function Totals({ totals, assets }: { readonly totals: SyncTotals; readonly assets: SyncTotals }) {
  const { t } = useText();
  const { identity } = useSession();
  const mayIssue = identity !== null && isAllowed(identity.person.role, 'paper.issue');
  return (
    <Section
      title={t('parcels.totals.title')}
      aside={
        mayIssue && (
          <Button
            component={Link}
            href={paths.newPaperOfDesktop}
            variant="default"
            leftSection={<IconFileCertificate size={17} />}
          >
            {t('parcels.totals.statement')}
          </Button>
        )
      }
    >
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
