import { Anchor, Button, Group, Pagination, Text, Title } from '@mantine/core';
import { IconCalendarOff, IconDownload } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { Link } from 'wouter';
import type { Asset } from '#shared/schema/asset.ts';
import { ASSET_STATUSES } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { EmptyScreen, LoadingScreen } from '../../components/screen-state.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useNow } from '../../components/use-now.ts';
import { useDirectory } from '../../store/directory.tsx';
import { useQuestion } from '../../store/use-question.ts';
import { formatInteger, formatMoney } from '../../text/format.ts';
import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import classes from './as-at.module.css';
import { dayAt, endOfDay, lastYearEnd, yesterday } from './days.ts';
import { useExport } from './use-export.ts';
import { useTotals } from './use-register-stream.ts';

const PAGE = 100;

/** The register as it was at the end of a day: the 31 December of the books, or any other (SPEC J6). */
export function AsAtScreen() {
  const { t } = useText();
  const [day, setDay] = useState(() => lastYearEnd(Date.now()));
  return (
    <div className={classes.screen}>
      <div>
        <Title order={1}>{t('asAt.title')}</Title>
        <Text c="dimmed" fz="sm">
          {t('asAt.intro')}
        </Text>
      </div>
      <DayForm day={day} onChange={setDay} />
      <RegisterAt key={day} day={day} />
    </div>
  );
}

type DayFormProps = { readonly day: string; readonly onChange: (day: string) => void };

function DayForm({ day, onChange }: DayFormProps) {
  const { t } = useText();
  const now = useNow();
  const [typed, setTyped] = useState(printPartialDate(day));
  const [problem, setProblem] = useState<'badDate' | 'future'>();
  const choose = (next: string) => {
    setTyped(printPartialDate(next));
    setProblem(undefined);
    onChange(next);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const date = parsePartialDate(typed);
    if (date?.length !== 10) return setProblem('badDate');
    if (date >= dayAt(now)) return setProblem('future');
    choose(date);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Group gap="sm" align="start">
        <DateTextInput
          w={170}
          aria-label={t('asAt.date')}
          leftSection={<Text fz="xs">{t('asAt.date')}</Text>}
          leftSectionWidth={78}
          placeholder={t('asAt.dateHint')}
          value={typed}
          onChange={setTyped}
          error={problem && t(`asAt.${problem}`)}
        />
        <Button type="submit" variant="default">
          {t('asAt.show')}
        </Button>
        <Button variant="subtle" onClick={() => choose(lastYearEnd(now))}>
          {t('asAt.lastYear')}
        </Button>
        <Button variant="subtle" onClick={() => choose(yesterday(now))}>
          {t('asAt.yesterday')}
        </Button>
      </Group>
    </form>
  );
}

function RegisterAt({ day }: { readonly day: string }) {
  const { t } = useText();
  const at = endOfDay(day);
  const date = printPartialDate(day);
  const [page, setPage] = useState(1);
  const answer = useQuestion('registerAt', { at, offset: (page - 1) * PAGE, limit: PAGE });
  if (answer.state === 'loading') return <LoadingScreen />;
  if (answer.state === 'error') return <ErrorAlert error={answer.error} onRetry={answer.refresh} />;
  const { total, assets } = answer.value;
  if (total === 0) {
    return <EmptyScreen icon={<IconCalendarOff />} title={t('asAt.none', { date })} text={t('asAt.noneText')} />;
  }
  const from = (page - 1) * PAGE + 1;
  return (
    <div className={classes.list}>
      <Group justify="space-between">
        <Text fw={600} role="status">
          {t('asAt.count', { count: total, date })}
        </Text>
        <ExportButton at={at} day={day} />
      </Group>
      <TotalsStrip at={at} total={total} />
      <AssetsTable assets={assets} label={t('asAt.table', { date })} />
      {total > PAGE && (
        <Group justify="space-between">
          <Text fz="sm" c="dimmed">
            {t('asAt.range', { from, to: Math.min(total, from + PAGE - 1), total })}
          </Text>
          <Pagination
            size="sm"
            total={Math.ceil(total / PAGE)}
            value={page}
            onChange={setPage}
            aria-label={t('asAt.pages')}
            getItemProps={(number) => ({ 'aria-label': String(number) })}
            getControlProps={(control) => ({
              'aria-label': t(control === 'next' || control === 'last' ? 'common.next' : 'common.back'),
            })}
          />
        </Group>
      )}
    </div>
  );
}

function AssetsTable({ assets, label }: { readonly assets: readonly Asset[]; readonly label: string }) {
  const { t } = useText();
  const { nameStructure, nameSite } = useDirectory();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr className={classes.columns}>
            <th scope="col">{t('list.column.reference')}</th>
            <th scope="col">{t('list.column.designation')}</th>
            <th scope="col">{t('list.column.status')}</th>
            <th scope="col">{t('list.column.structureId')}</th>
            <th scope="col">{t('list.column.siteId')}</th>
            <th scope="col">{t('asAt.column.holder')}</th>
            <th scope="col" className={classes.figure}>
              {t('asAt.column.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {assets.map((asset) => (
            <tr key={asset.id}>
              <td className={classes.reference}>
                <Anchor component={Link} href={paths.asset(asset.id)} inherit>
                  {asset.reference}
                </Anchor>
              </td>
              <td title={asset.designation}>{asset.designation}</td>
              <td>
                <StatusBadge status={asset.status} />
              </td>
              <td title={nameStructure(asset.structureId)}>{nameStructure(asset.structureId)}</td>
              <td title={nameSite(asset.siteId)}>{nameSite(asset.siteId)}</td>
              <td title={asset.holderName}>{asset.holderName}</td>
              <td className={classes.figure}>
                {asset.acquisitionValue === undefined ? t('common.none') : formatInteger(asset.acquisitionValue)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What it was worth and where it stood, in one line above the table. */
function TotalsStrip({ at, total }: { readonly at: string; readonly total: number }) {
  const { t } = useText();
  const { totals, isComplete, error } = useTotals(at);
  return (
    <section className={classes.totals} aria-label={t('asAt.totals')}>
      <div>
        <Text fz="xs" c="dimmed">
          {t('asAt.totalValue')}
        </Text>
        <div className={classes.total}>{formatMoney(totals.value)}</div>
        <Text fz="xs" c="dimmed">
          {isComplete || error
            ? t('asAt.unknownValue', { count: totals.withoutValue })
            : t('asAt.totalsRunning', { done: totals.count, total })}
        </Text>
      </div>
      <dl className={classes.statuses} aria-label={t('asAt.byStatus')}>
        {ASSET_STATUSES.filter((status) => totals.byStatus.has(status)).map((status) => (
          <div key={status}>
            <dt>
              <StatusBadge status={status} />
            </dt>
            <dd>{formatInteger(totals.byStatus.get(status)?.count ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <ErrorAlert error={error} />
    </section>
  );
}

function ExportButton({ at, day }: { readonly at: string; readonly day: string }) {
  const { t } = useText();
  const notify = useNotify();
  const { progress, error, save } = useExport(at, day);
  const run = async () => {
    const name = await save();
    if (name) notify(t('asAt.exported', { name }));
  };
  return (
    <>
      <Group gap="sm">
        {progress && (
          <Text fz="sm" c="dimmed">
            {t('asAt.exporting', progress)}
          </Text>
        )}
        <Button
          variant="default"
          size="xs"
          loading={progress !== undefined}
          leftSection={<IconDownload size={16} />}
          onClick={() => void run()}
        >
          {t('asAt.export')}
        </Button>
      </Group>
      <ErrorAlert error={error} />
    </>
  );
}
