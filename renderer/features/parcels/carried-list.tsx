import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { CarriedFile } from '#shared/protocol/parcel-port.ts';
import { TableScroll } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { useSession } from '../../store/session.tsx';
import { useCommand } from '../../store/use-command.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './parcels.module.css';
import { useProblemText } from './use-problem-text.ts';
import { useStick } from './use-stick.ts';

type CarriedListProps = { readonly carried: readonly CarriedFile[]; readonly onDone: () => void };

/** Parcels of others on their way to the endpoint, and the answers to bring back. Nothing of it is readable here. */
export function CarriedList({ carried, onDone }: CarriedListProps) {
  const { t, language } = useText();
  const { channel } = useSession();
  const notify = useNotify();
  const send = useCommand('sendCarried');
  const drop = useCommand('dropCarried');
  const stick = useStick();
  const [saveError, setSaveError] = useState<ErrorData>();
  const hasParcels = carried.some(({ kind, state }) => kind !== 'answer' && state === 'kept');
  const hasAnswers = carried.some(({ kind }) => kind === 'answer');
  const sendAll = async () => {
    const answer = await send.run({});
    if (answer) notify(t('parcels.carried.sent', { count: answer.sent }));
    onDone();
  };
  const save = async () => {
    setSaveError(undefined);
    try {
      if (await stick.choose()) await stick.write((await channel.question('getCarriedAnswers', {})).files);
    } catch (cause) {
      setSaveError(toErrorData(cause));
    }
  };
  const forget = async (sha256: string) => {
    await drop.run({ sha256 });
    onDone();
  };
  return (
    <Section
      title={t('parcels.carried.title')}
      aside={
        <Group gap="sm">
          {hasParcels && (
            <Button
              variant={hasAnswers ? 'default' : 'filled'}
              loading={send.isRunning}
              leftSection={<IconUpload size={17} />}
              onClick={() => void sendAll()}
            >
              {t('parcels.carried.send')}
            </Button>
          )}
          {hasAnswers && (
            <Button leftSection={<IconDownload size={17} />} onClick={() => void save()}>
              {t('parcels.carried.save')}
            </Button>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        <ErrorAlert error={send.error ?? drop.error ?? saveError} />
        <TableScroll label={t('parcels.carried.title')}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('parcels.carried.file')}</Table.Th>
                <Table.Th>{t('parcels.carried.takenAt')}</Table.Th>
                <Table.Th>{t('parcels.carried.state')}</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">{t('parcels.carried.drop')}</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {carried.map((file) => (
                <Table.Tr key={file.sha256}>
                  <Table.Td className={classes.name}>{file.name}</Table.Td>
                  <Table.Td>{formatInstant(file.takenAt, language)}</Table.Td>
                  <Table.Td>
                    <CarriedState file={file} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`${t('parcels.carried.drop')}, ${file.name}`}
                      onClick={() => void forget(file.sha256)}
                    >
                      {t('parcels.carried.drop')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableScroll>
      </Stack>
    </Section>
  );
}

function CarriedState({ file: { kind, state, problem, device } }: { readonly file: CarriedFile }) {
  const { t } = useText();
  const problemText = useProblemText();
  return (
    <>
      <Text fz="sm">
        {kind === 'answer' ? t('parcels.carried.states.answer', { device }) : t(`parcels.carried.states.${state}`)}
      </Text>
      {problem && (
        <Text fz="xs" c="dimmed">
          {problemText(problem)}
        </Text>
      )}
    </>
  );
}
