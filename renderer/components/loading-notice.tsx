import { Alert, Progress, Stack, Text } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { useSyncState } from '../store/use-sync-state.ts';
import { formatBytes, formatInteger } from '../text/format.ts';
import { useText } from '../text/use-text.ts';

/** How far the first load is; nothing otherwise. The register is used meanwhile, and is not whole (SPEC S20). */
export function LoadingNotice() {
  const { t, language } = useText();
  const loading = useSyncState()?.loading;
  if (!loading) return null;
  const { rows, totalRows, bytes, totalBytes } = loading;
  return (
    <Alert color="blue" icon={<IconCloudDownload />} title={t('snapshot.loading.title')}>
      <Stack gap={6}>
        <Text fz="sm">
          {t('snapshot.loading.rows', { rows: formatInteger(rows), total: formatInteger(totalRows) })}
          {' · '}
          {t('snapshot.loading.bytes', {
            bytes: formatBytes(bytes, language),
            total: formatBytes(totalBytes, language),
          })}
        </Text>
        <Progress value={(100 * rows) / Math.max(1, totalRows)} aria-label={t('snapshot.loading.title')} />
        <Text fz="sm">{t('snapshot.loading.text')}</Text>
      </Stack>
    </Alert>
  );
}
