import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useText } from '../text/use-text.ts';

/** Says in a corner that something was done; it goes away by itself. */
export function useNotify(): (message: string) => void {
  const { t } = useText();
  return useCallback(
    (message) => {
      notifications.show({ message, closeButtonProps: { 'aria-label': t('common.close') } });
    },
    [t],
  );
}
