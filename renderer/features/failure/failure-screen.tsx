import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconHistory, IconPower, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ErrorCode, ErrorData } from '#shared/domain/errors.ts';
import type { BackupInfo } from '#shared/protocol/desktop-bridge.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { GateLayout } from '../../components/gate-layout.tsx';
import { useDesktop } from '../../store/desktop.tsx';
import { formatBytes, formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

/** Where going back to a backup can help; elsewhere it would only put good data aside. */
const RESTORABLE: ReadonlySet<ErrorCode> = new Set([
  'STORE_CORRUPT',
  'STORE_WRONG_KEY',
  'STORE_IO',
  'KEY_FILE_UNREADABLE',
  'DATA_PROCESS_DIED',
]);
/** Where trying again cannot change anything. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['STORE_NEWER_VERSION']);
const SHOWN_FIRST = 2;

type FailureScreenProps = { readonly error: ErrorData; readonly onRetry: () => void };

/** The register cannot be used: what happened, what to do, and the buttons that do it (SPEC K6). */
export function FailureScreen({ error, onRetry }: FailureScreenProps) {
  const { bridge } = useDesktop();
  const { t } = useText();
  return (
    <GateLayout title={t(`errors.${error.code}.title`)} intro={t(`errors.${error.code}.what`)}>
      <Stack gap="lg">
        <div>
          <Text fw={600}>{t('common.whatToDo')}</Text>
          <Text>{t(`errors.${error.code}.todo`)}</Text>
        </div>
        {RESTORABLE.has(error.code) && <Backups />}
        <Group justify="space-between">
          <Group>
            {!FINAL.has(error.code) && (
              <Button
                variant={RESTORABLE.has(error.code) ? 'default' : 'filled'}
                leftSection={<IconRefresh size={17} />}
                onClick={onRetry}
              >
                {t('common.retry')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPower size={17} />} onClick={() => bridge.quit()}>
              {t('common.quit')}
            </Button>
          </Group>
          <Text fz="xs" c="dimmed" ff="monospace">
            {t('common.errorCode', { code: error.code })}
          </Text>
        </Group>
      </Stack>
    </GateLayout>
  );
}

function Backups() {
  const { bridge } = useDesktop();
  const { t, language } = useText();
  const [backups, setBackups] = useState<readonly BackupInfo[] | 'unreadable'>();
  const [isFull, setFull] = useState(false);
  const [chosen, setChosen] = useState<BackupInfo>();
  const [error, setError] = useState<ErrorData>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void bridge.listBackups().then((result) => setBackups(result.ok ? newestFirst(result.value) : 'unreadable'));
  }, [bridge]);

  const restore = async (backup: BackupInfo) => {
    setBusy(true);
    const result = await bridge.restoreBackup({ name: backup.name });
    setBusy(false);
    setChosen(undefined);
    if (!result.ok) setError(result.error);
  };

  if (!backups) return null;
  if (backups === 'unreadable') return <Text c="dimmed">{t('gate.failure.backupsUnreadable')}</Text>;
  if (backups.length === 0) return <Text c="dimmed">{t('gate.failure.noBackup')}</Text>;
  const date = chosen ? formatInstant(chosen.createdAt, language) : '';
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>{t('gate.failure.backups')}</Text>
        <Text fz="sm" c="dimmed">
          {t('gate.failure.backupsText')}
        </Text>
      </div>
      {backups.slice(0, isFull ? undefined : SHOWN_FIRST).map((backup, index) => (
        <Button
          key={backup.name}
          variant={index === 0 ? 'filled' : 'default'}
          justify="space-between"
          leftSection={<IconHistory size={17} />}
          rightSection={<Text fz="xs">{formatBytes(backup.size, language)}</Text>}
          onClick={() => setChosen(backup)}
        >
          {t('gate.failure.restore', { date: formatInstant(backup.createdAt, language) })}
        </Button>
      ))}
      {!isFull && backups.length > SHOWN_FIRST && (
        <Button variant="subtle" onClick={() => setFull(true)}>
          {t('gate.failure.otherBackups')}
        </Button>
      )}
      <ErrorAlert error={error} />
      <Modal
        opened={chosen !== undefined}
        onClose={() => setChosen(undefined)}
        title={t('gate.failure.restoreConfirm')}
      >
        <Text>{t('gate.failure.restoreConfirmText', { date })}</Text>
        <Group mt="lg" justify="flex-end">
          <Button variant="default" onClick={() => setChosen(undefined)}>
            {t('common.cancel')}
          </Button>
          <Button loading={isBusy} onClick={() => chosen && void restore(chosen)}>
            {t('gate.failure.restoreShort')}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}

function newestFirst(backups: readonly BackupInfo[]): readonly BackupInfo[] {
  return [...backups].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
