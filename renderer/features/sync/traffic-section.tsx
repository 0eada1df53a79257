import { Alert, Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconMoon } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { SyncState } from '#shared/protocol/data-port.ts';
import { TRAFFIC_MODES, type TrafficSettings, type TrafficState } from '#shared/protocol/traffic.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import { useCommand } from '../../store/use-command.ts';
import { readyValue } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { formatBytes } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

/** Bytes of a megabyte, as operators bill them. */
const MEGABYTE = 1_000_000;

/** A day's budget, in megabytes: from what a day of edits takes to more than any line here carries. */
const MAX_BUDGET = 100_000;

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** What the line may carry and when, what it carried and what it is about to (SPEC S16). */
export function TrafficSection({ state }: { readonly state: SyncState }) {
  const { t } = useText();
  const question = useQuestion('getTraffic', {});
  const { run, error } = useCommand('setTraffic');
  const { refresh } = question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures change with every exchange, and with what waits.
  useEffect(() => refresh(), [refresh, state.phase, state.waiting, state.bytesSent, state.bytesReceived]);
  const traffic = readyValue(question);
  if (!traffic) return null;
  const change = async (settings: Partial<TrafficSettings>) => {
    await run({ ...traffic.settings, ...settings });
    refresh();
  };
  return (
    <Section title={t('traffic.title')}>
      <Stack gap="sm">
        {traffic.pausedBy && <Paused traffic={traffic} />}
        <Mode settings={traffic.settings} onChange={(settings) => void change(settings)} />
        <Budget
          settings={traffic.settings}
          onChange={({ dailyBudget, ...settings }) => {
            const { dailyBudget: _, ...others } = { ...traffic.settings, ...settings };
            void run({ ...others, ...(dailyBudget && { dailyBudget }) }).then(refresh);
          }}
        />
        <ErrorAlert error={error} />
        <Figures traffic={traffic} waiting={state.waiting} />
      </Stack>
    </Section>
  );
}

type ChangeProps = {
  readonly settings: TrafficSettings;
  readonly onChange: (settings: Partial<TrafficSettings>) => void;
};

function Mode({ settings, onChange }: ChangeProps) {
  const { t } = useText();
  const hours = HOURS.map((value) => ({ value, label: t('traffic.hour', { hour: value }) }));
  return (
    <Stack gap={4}>
      <SegmentedControl
        aria-label={t('traffic.mode')}
        value={settings.mode}
        onChange={(value) => onChange({ mode: TRAFFIC_MODES.find((known) => known === value) ?? 'normal' })}
        data={TRAFFIC_MODES.map((value) => ({ value, label: t(`traffic.modes.${value}`) }))}
      />
      <Text fz="sm" c="dimmed">
        {t(`traffic.modeText.${settings.mode}`)}
      </Text>
      {settings.mode === 'night' && (
        <Group gap="sm">
          <Select
            label={t('traffic.nightFrom')}
            data={hours}
            value={String(settings.nightFrom)}
            allowDeselect={false}
            onChange={(hour) => onChange({ nightFrom: Number(hour) })}
            w={130}
          />
          <Select
            label={t('traffic.nightTo')}
            data={hours}
            value={String(settings.nightTo)}
            allowDeselect={false}
            onChange={(hour) => onChange({ nightTo: Number(hour) })}
            w={130}
          />
        </Group>
      )}
    </Stack>
  );
}

/** Kept when the field is left, so that a half-typed number stops no exchange. */
function Budget({ settings, onChange }: ChangeProps) {
  const { t } = useText();
  const { dailyBudget } = settings;
  const current = dailyBudget === undefined ? '' : String(Math.max(1, Math.round(dailyBudget / MEGABYTE)));
  return (
    <NumberInput
      key={current}
      label={t('traffic.budget')}
      description={t('traffic.budgetHint')}
      placeholder={t('traffic.noBudget')}
      suffix={` ${t('traffic.megabytes')}`}
      defaultValue={current}
      min={1}
      max={MAX_BUDGET}
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator={' '}
      onBlur={({ currentTarget }) => {
        const megabytes = Number(currentTarget.value.replace(/\D/g, ''));
        if (String(megabytes || '') === current) return;
        onChange(megabytes > 0 ? { dailyBudget: Math.min(megabytes, MAX_BUDGET) * MEGABYTE } : {});
      }}
      maw={340}
    />
  );
}

function Paused({ traffic }: { readonly traffic: TrafficState }) {
  const { t } = useText();
  const { pausedBy, settings } = traffic;
  return (
    <Alert color="blue" icon={<IconMoon />} role="status">
      <Text fz="sm">{t(`traffic.paused.${pausedBy ?? 'night'}`, { hour: settings.nightFrom })}</Text>
    </Alert>
  );
}

function Figures({ traffic, waiting }: { readonly traffic: TrafficState; readonly waiting: number }) {
  const { t, language } = useText();
  const ways = ({ sent, received }: TrafficState['today']) =>
    t('traffic.ways', { sent: formatBytes(sent, language), received: formatBytes(received, language) });
  return (
    <FieldList
      rows={[
        {
          label: t('traffic.estimate'),
          value:
            waiting === 0
              ? t('traffic.nothingWaits')
              : t('traffic.about', { size: formatBytes(traffic.estimate, language) }),
        },
        { label: t('traffic.today'), value: ways(traffic.today) },
        { label: t('traffic.total'), value: ways(traffic.total) },
      ]}
    />
  );
}
