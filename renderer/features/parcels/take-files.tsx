import { Button, FileButton, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconFileImport, IconPackage } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import { claimedKind } from '#shared/parcels/parcel-file.ts';
import type { AnswerTaken, FileTaken } from '#shared/protocol/parcel-port.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';
import { useProblemText } from './use-problem-text.ts';

/** Files of a stick: each is recognised, and what became of it is said. */
export function TakeFiles({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText();
  const { channel } = useSession();
  const [taken, setTaken] = useState<readonly FileTaken[]>([]);
  const [error, setError] = useState<ErrorData>();
  const [isRunning, setRunning] = useState(false);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setRunning(true);
    setError(undefined);
    setTaken([]);
    try {
      for (const group of await inGroups(files)) {
        // A stick that is pulled out fails here, before anything of the group was taken.
        const read = await Promise.all(
          group.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
        );
        const { files: now } = await channel.command('takeParcelFiles', { files: read });
        setTaken((before) => [...before, ...now]);
      }
      onDone();
    } catch (cause) {
      setError(toErrorData(cause));
    } finally {
      setRunning(false);
    }
  };
  return (
    <Section title={t('parcels.take.title')}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('parcels.take.text')}
        </Text>
        <div>
          <FileButton multiple onChange={(files) => void take(files)}>
            {(props) => (
              <Button {...props} variant="default" loading={isRunning} leftSection={<IconFileImport size={17} />}>
                {t('parcels.take.button')}
              </Button>
            )}
          </FileButton>
        </div>
        <ErrorAlert error={error} />
        <div role="status" aria-live="polite">
          {taken.length > 0 && (
            <ul className={classes.taken} aria-label={t('parcels.take.results')}>
              {taken.map((file) => (
                <li key={`${file.name} ${file.kind}`}>
                  <TakenFile file={file} />
                </li>
              ))}
            </ul>
          )}
        </div>
      </Stack>
    </Section>
  );
}

/** Bytes that tell what a file is. */
const HEAD = 256 * 1024;

/** Parts with photos and documents one by one: together they may be more than the memory holds. All else at once. */
async function inGroups(files: readonly File[]): Promise<readonly (readonly File[])[]> {
  const kinds = await Promise.all(
    files.map(async (file) => claimedKind(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()))),
  );
  const others = files.filter((_file, at) => kinds[at] !== 'files');
  const parts = files.filter((_file, at) => kinds[at] === 'files');
  return [...(others.length > 0 ? [others] : []), ...parts.map((part) => [part])];
}

const LOOKS = {
  answer: { color: 'forest', Icon: IconCheck },
  'parcel-of-another': { color: 'blue', Icon: IconPackage },
  'files-of-another': { color: 'blue', Icon: IconPackage },
  'answer-for-another': { color: 'blue', Icon: IconPackage },
  'own-parcel': { color: 'yellow', Icon: IconAlertTriangle },
  incomplete: { color: 'yellow', Icon: IconAlertTriangle },
  wrong: { color: 'red', Icon: IconAlertTriangle },
} as const satisfies Record<FileTaken['kind'], unknown>;

function TakenFile({ file }: { readonly file: FileTaken }) {
  const { t } = useText();
  const words = useTakenWords();
  const { color, Icon } = LOOKS[file.kind];
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} radius="xl" size={30}>
        <Icon size={17} />
      </ThemeIcon>
      <div>
        <Text fz="sm" fw={600}>
          {t(`parcels.take.kind.${file.kind}`, { ...file })}
        </Text>
        <Text fz="sm">{words(file)}</Text>
        <Text fz="xs" c="dimmed" className={classes.name}>
          {file.name}
        </Text>
      </div>
    </Group>
  );
}

function useTakenWords(): (file: FileTaken) => string {
  const { t } = useText();
  const problem = useProblemText();
  const answer = ({ received, files, news, documents, more }: AnswerTaken) =>
    [
      received.length > 0
        ? t('parcels.take.answer.received', { count: received.length })
        : t('parcels.take.answer.nothingReceived'),
      files > 0 && t('parcels.take.answer.files', { count: files }),
      news === 'taken' && t('parcels.take.answer.documents', { count: documents }),
      (news === 'known' || news === 'gap') && t(`parcels.take.answer.${news}`),
      more && news === 'taken' && t('parcels.take.answer.more'),
    ]
      .filter(Boolean)
      .join(' ');
  return (file) => {
    if (file.kind === 'answer') return answer(file.taken);
    if (file.kind === 'wrong') return problem(file.problem);
    return t(`parcels.take.todo.${file.kind}`, { ...file });
  };
}
