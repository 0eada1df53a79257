import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ErrorData } from '#shared/domain/errors.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { useText } from '../../text/use-text.ts';

const PROBLEMS = [
  'other-kind',
  'other-device',
  'not-refused',
  'nothing-to-restore',
  'left',
  'resent',
  'merged',
] as const;

/** Why a decision was not taken, in the words of this screen where they are its own. */
export function ReviewError({ error }: { readonly error: ErrorData | undefined }) {
  const { t } = useText();
  const problem = error?.details?.problem;
  const known = PROBLEMS.find((name) => name === problem);
  const text = () => {
    if (known) return t(`reviews.problem.${known}`);
    if (problem !== 'decided') return undefined;
    const by = String(error?.details?.by ?? '');
    return by === '' ? t('reviews.problem.decidedSomewhere') : t('reviews.problem.decided', { by });
  };
  const words = text();
  if (!error || words === undefined) return <ErrorAlert error={error} />;
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle />}>
      <Text fz="sm">{words}</Text>
    </Alert>
  );
}
