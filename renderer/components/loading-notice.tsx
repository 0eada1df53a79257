import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCloudDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useCommand } from '../store/use-command.ts';
import { useSyncState } from '../store/use-sync-state.ts';
import { formatBytes, formatInteger } from '../text/format.ts';
import { useText } from '../text/use-text.ts';
import { ErrorAlert } from './error-alert.tsx';

/** How far the first load is; nothing otherwise. The register is used meanwhile, and is not whole (SPEC S20). */
export function LoadingNotice() {
  const { t, language } = useText();
  const { run, isRunning, error } = useCommand('pauseFirstLoad');
  const loading = useSyncState()?.loading;
  if (!loading) return null;
  const { rows, totalRows, bytes, totalBytes, isPaused } = loading;
  const title = t(isPaused ? 'snapshot.loading.pausedTitle' : 'snapshot.loading.title');
  return (
    <Alert color={isPaused ? 'yellow' : 'blue'} icon={<IconCloudDownload />} title={title}>
      <Stack gap={6}>
        <Text fz="sm">
          {t('snapshot.loading.rows', { rows: formatInteger(rows), total: formatInteger(totalRows) })}
          {' · '}
          {t('snapshot.loading.bytes', {
            bytes: formatBytes(bytes, language),
            total: formatBytes(totalBytes, language),
          })}
        </Text>
        <Progress value={(100 * rows) / Math.max(1, totalRows)} aria-label={title} />
        <Text fz="sm">{t(isPaused ? 'snapshot.loading.pausedText' : 'snapshot.loading.text')}</Text>
        {isPaused !== undefined && (
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
              loading={isRunning}
              onClick={() => void run({ isPaused: !isPaused })}
            >
              {t(isPaused ? 'snapshot.loading.resume' : 'snapshot.loading.pause')}
            </Button>
          </Group>
        )}
        <ErrorAlert error={error} />
      </Stack>
    </Alert>
  );
}
