import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ErrorData } from '#shared/domain/errors.ts';
import { useText } from '../text/use-text.ts';
import { useRefusalText } from './use-refusal-text.ts';

type ErrorAlertProps = { readonly error: ErrorData | undefined; readonly onRetry?: () => void };

/** What happened and what to do, next to where it happened. Announced when it appears. */
export function ErrorAlert({ error, onRetry }: ErrorAlertProps) {
  const { t } = useText();
  const refusalText = useRefusalText();
  if (!error) return null;
  const refusal = refusalText(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle />} title={t(`errors.${error.code}.title`)}>
      <Text fz="sm">{refusal ?? t(`errors.${error.code}.what`)}</Text>
      {!refusal && (
        <Text fz="sm" mt={4}>
          {t(`errors.${error.code}.todo`)}
        </Text>
      )}
      {onRetry && (
        <Group mt="sm">
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
