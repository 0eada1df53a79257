import { Alert, Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { JournalCheck } from '#shared/protocol/data-port.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { formatInstant, formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './journal.module.css';
import { useJournalCheck } from './use-journal-check.ts';

type Device = JournalCheck['devices'][number];

/** Checks every entry of every device, and says in plain words what holds and what does not (SPEC J5). */
export function JournalVerification() {
  const { t, language } = useText();
  const { check, progress, isRunning, error, start, cancel } = useJournalCheck();
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <Section title={t('journal.check.title')}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('journal.check.text')}
        </Text>
        <Group>
          <Button loading={isRunning} onClick={() => void start()}>
            {t(check ? 'journal.check.again' : 'journal.check.start')}
          </Button>
          {isRunning && (
            <Button variant="default" onClick={cancel}>
              {t('journal.check.cancel')}
            </Button>
          )}
          {check && (
            <Text fz="sm" c="dimmed">
              {t('journal.check.checkedAt', { date: formatInstant(check.at, language) })}
            </Text>
          )}
        </Group>
        {isRunning && (
          <div>
            <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={t('journal.check.title')} />
            <Text fz="sm" mt={4}>
              {t('journal.check.progress', { done, total })}
            </Text>
          </div>
        )}
        <ErrorAlert error={error} />
        <div role="status">{check && <Verdict result={check.result} />}</div>
        {check && check.result.devices.length > 0 && <Devices devices={check.result.devices} />}
      </Stack>
    </Section>
  );
}

function Verdict({ result: { devices, entries, cancelled } }: { readonly result: JournalCheck }) {
  const { t } = useText();
  const bad = devices.filter(({ firstBad }) => firstBad);
  if (bad.length > 0) {
    return (
      <Alert color="red" icon={<IconAlertTriangle />} title={t('journal.check.bad', { count: bad.length })}>
        {t('journal.check.badText')}
      </Alert>
    );
  }
  if (cancelled) return <Text>{t('journal.check.cancelled')}</Text>;
  if (entries === 0) return <Text>{t('journal.check.empty')}</Text>;
  const signed = devices.reduce((sum, device) => sum + device.signed, 0);
  const unsigned = entries - signed;
  if (unsigned > 0) {
    return (
      <Alert color="gray" icon={<IconShieldCheck />} title={t('journal.check.partly')}>
        {signed > 0 && <Text fz="sm">{t('journal.check.goodText', { count: signed })}</Text>}
        <Text fz="sm">{t('journal.check.unsignedText', { count: unsigned })}</Text>
      </Alert>
    );
  }
  return (
    <Alert color="forest" icon={<IconShieldCheck />} title={t('journal.check.good')}>
      {t('journal.check.goodText', { count: entries })}
    </Alert>
  );
}

function Devices({ devices }: { readonly devices: readonly Device[] }) {
  const { t } = useText();
  const { identity } = useSession();
  const name = (deviceId: string) =>
    deviceId === identity?.device.id
      ? t('journal.check.thisDevice', { code: identity.device.code })
      : t('journal.check.otherDevice', { id: deviceId.slice(-8) });
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">{t('journal.check.device')}</th>
          <th scope="col" data-kind="number">
            {t('journal.check.entries')}
          </th>
          <th scope="col" data-kind="number">
            {t('journal.check.signed')}
          </th>
          <th scope="col">{t('journal.check.result')}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.deviceId}>
            <th scope="row">{name(device.deviceId)}</th>
            <td data-kind="number">{formatInteger(device.entries)}</td>
            <td data-kind="number">{formatInteger(device.signed)}</td>
            <td>
              <DeviceResult device={device} />
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function DeviceResult({ device: { entries, signed, firstBad } }: { readonly device: Device }) {
  const { t } = useText();
  if (firstBad) {
    return (
      <>
        <Text fz="sm" className={classes.bad}>
          {t(`journal.check.problem.${firstBad.problem}`, { number: firstBad.deviceSequence })}
        </Text>
        <Anchor component={Link} href={paths.asset(firstBad.assetId)} fz="sm">
          {t('journal.check.open')}
        </Anchor>
      </>
    );
  }
  if (signed === entries) return t('journal.check.intact');
  return signed === 0 ? t('journal.check.unsignedAll') : t('journal.check.unsignedPart', { count: entries - signed });
}
