import { Text } from '@mantine/core';
import { IconCloudDownload } from '@tabler/icons-react';
import { loadedPercent } from '../store/loaded-percent.ts';
import { useSyncState } from '../store/use-sync-state.ts';
import { useText } from '../text/use-text.ts';
import classes from './loading-line.module.css';

/** In one line, above a list, that the register is not whole yet: nobody enters again what is only late (SPEC S20). */
export function LoadingLine() {
  const { t } = useText();
  const loading = useSyncState()?.loading;
  if (!loading) return null;
  return (
    <div className={classes.line} role="status">
      <IconCloudDownload size={17} aria-hidden="true" />
      <Text fz="sm">{t('snapshot.loading.line', { percent: loadedPercent(loading) })}</Text>
    </div>
  );
}
