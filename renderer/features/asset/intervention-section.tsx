import { Badge, Text } from '@mantine/core';
import { type Intervention, nextIntervention, totalCost } from '#shared/domain/interventions.ts';
import { Section } from '../../components/section.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatDay, formatMoney } from '../../text/format.ts';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import classes from './natures.module.css';

/** What failed, what was done, what it cost, and what is planned (SPEC L3). Nothing where nothing was ever done. */
export function InterventionSection({ assetId }: { readonly assetId: string }) {
  const { t } = useText();
  const found = readyValue(useQuestion('findInterventions', { assetId }, 'movements'));
  if (!found || found.length === 0) return null;
  const total = totalCost(found);
  return (
    <Section
      title={t('natures.interventions.title')}
      aside={
        total !== undefined && (
          <Text fz="sm" fw={600} className="tabular">
            {t('natures.interventions.total', { value: formatMoney(total) })}
          </Text>
        )
      }
    >
      <NextOne date={nextIntervention(found)} />
      <table className={classes.table} aria-label={t('natures.interventions.list')}>
        <tbody>
          {found.map((intervention) => (
            <InterventionRow key={intervention.id} intervention={intervention} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function NextOne({ date }: { readonly date: string | undefined }) {
  const { t } = useText();
  if (!date) return null;
  const today = new Date().toISOString().slice(0, 10);
  const text = { date: printPartialDate(date) };
  if (date <= today) return <Badge color="red">{t('natures.interventions.due', text)}</Badge>;
  return (
    <Text fz="sm" c="dimmed">
      {t('natures.interventions.next', text)}
    </Text>
  );
}

function InterventionRow({ intervention }: { readonly intervention: Intervention }) {
  const { t } = useText();
  const { fault, diagnosis, work, parts, provider, cost } = intervention;
  const when = useWhen(intervention);
  const details = [
    [t('acts.dialog.diagnosis'), diagnosis],
    [t('acts.dialog.work'), work],
    [t('acts.dialog.parts'), parts],
    [t('acts.dialog.provider'), provider],
  ].filter(([, value]) => value);
  return (
    <tr>
      <td>
        <Text fz="sm" fw={600}>
          {fault ?? work}
        </Text>
        <Text fz="xs" c="dimmed">
          {when}
        </Text>
        {details.map(([label, value]) => (
          <Text key={label} fz="sm">
            <Text span c="dimmed" fz="sm">
              {label} :{' '}
            </Text>
            {value}
          </Text>
        ))}
      </td>
      <td data-number>{cost === undefined ? '' : formatMoney(cost)}</td>
    </tr>
  );
}

function useWhen({ startedAt, backAt, isAway }: Intervention): string {
  const { t, language } = useText();
  const from = formatDay(startedAt, language);
  if (isAway) return t('natures.interventions.away', { from });
  if (backAt === undefined) return from;
  const to = formatDay(backAt, language);
  return from === to ? from : t('natures.interventions.since', { from, to });
}
