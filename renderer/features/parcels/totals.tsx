import { Button, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import { Link } from 'wouter';
import { isAllowed } from '#shared/domain/roles.ts';
import type { FileTotals, SyncTotals } from '#shared/protocol/parcel-port.ts';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { formatBytes, formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';

const PLACES = ['local', 'sent', 'received', 'refused'] as const satisfies readonly (keyof SyncTotals)[];

type TotalsProps = { readonly totals: SyncTotals; readonly assets: SyncTotals; readonly files: FileTotals };

/** SPEC X7: on this desktop, sent without a receipt, received. */
export function Totals({ totals, assets, files }: TotalsProps) {
  const { t, language } = useText();
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
      {PLACES.some((place) => files[place].bytes > 0) && (
        <Text fz="sm" mt="sm">
          <Text span fw={600}>
            {t('parcels.totals.files')}
          </Text>
          {PLACES.filter((place) => place !== 'refused' || files.refused.bytes > 0).map((place) => (
            <span key={place} className={classes.place}>
              {t('parcels.totals.filesAt', {
                place: t(`parcels.totals.${place}`),
                what:
                  files[place].bytes === 0
                    ? t('parcels.totals.filesNone')
                    : t('parcels.totals.filesCount', {
                        count: files[place].files,
                        size: formatBytes(files[place].bytes, language),
                      }),
              })}
            </span>
          ))}
        </Text>
      )}
    </Section>
  );
}
