import { Alert, Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconFileAlert, IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { SnapshotCommandOutput } from '#shared/protocol/snapshot-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useCommand } from '../../store/use-command.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

/** What `snapshot.problem` has words for: see `loadSnapshot`. */
const PROBLEMS = [
  'sealed-to-another',
  'not-a-snapshot',
  'newer-program',
  'not-of-the-endpoint',
  'other-ministry',
  'outdated',
  'altered',
  'cut',
] as const;

/** The ministry's register from a stick, where there is no network or a dear one (SPEC S20, X6). */
export function SnapshotFile() {
  const { t } = useText();
  const { run, isRunning, error } = useCommand('loadSnapshot');
  const [loaded, setLoaded] = useState<SnapshotCommandOutput['loadSnapshot']>();
  const choose = async (file: File | null) => {
    if (!file) return;
    setLoaded(undefined);
    setLoaded(await run({ bytes: new Uint8Array(await file.arrayBuffer()) }));
  };
  return (
    <Section title={t('snapshot.file.title')}>
      <Stack gap="md">
        <Group gap="md" wrap="nowrap" align="flex-start">
          <FileButton onChange={(file) => void choose(file)}>
            {(props) => (
              <Button
                {...props}
                flex="none"
                variant="default"
                loading={isRunning}
                leftSection={<IconFileUpload size={17} />}
              >
                {t('snapshot.file.choose')}
              </Button>
            )}
          </FileButton>
          <Text fz="sm" c="dimmed">
            {t('snapshot.file.hint')}
          </Text>
        </Group>
        <Refusal error={error} />
        {loaded && <Loaded loaded={loaded} />}
      </Stack>
    </Section>
  );
}

function Loaded({ loaded: { outcome, rows, madeAt } }: { readonly loaded: SnapshotCommandOutput['loadSnapshot'] }) {
  const { t, language } = useText();
  return (
    <Alert color="green" icon={<IconCircleCheck />} role="status" title={t(`snapshot.${outcome}.title`)}>
      <Text fz="sm">{t(`snapshot.${outcome}.text`, { count: rows, date: formatInstant(madeAt, language) })}</Text>
    </Alert>
  );
}

function Refusal({ error }: { readonly error: ErrorData | undefined }) {
  const { t } = useText();
  const problem = PROBLEMS.find((known) => known === error?.details?.problem);
  if (!problem) return <ErrorAlert error={error} />;
  return (
    <Alert color="red" role="alert" icon={<IconFileAlert />} title={t('snapshot.refused')}>
      <Text fz="sm">{t(`snapshot.problem.${problem}`)}</Text>
    </Alert>
  );
}
