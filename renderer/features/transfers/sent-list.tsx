import { Button, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useSession } from '../../store/session.tsx';
import { useQuestion } from '../../store/use-question.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { useSaveText } from './use-save-text.ts';

/** Dispatches to other institutions: which receipts have come, and the file of each for the receiver. */
export function SentList() {
  const { t, language } = useText();
  const { channel } = useSession();
  const sent = useQuestion('getTransfers', {}, 'movements');
  const { save, error } = useSaveText();
  const make = (actId: string) => void save(channel.question('makeTransferFile', { actId }));
  return (
    <Section title={t('transfers.sent.title')}>
      <ErrorAlert error={sent.state === 'error' ? sent.error : error} />
      {sent.state === 'ready' && sent.value.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('transfers.sent.none')}
        </Text>
      )}
      {sent.state === 'ready' && sent.value.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('transfers.sent.at')}</Table.Th>
              <Table.Th>{t('transfers.number')}</Table.Th>
              <Table.Th>{t('transfers.sent.to')}</Table.Th>
              <Table.Th>{t('transfers.sent.state')}</Table.Th>
              <Table.Th>
                <span className="visually-hidden">{t('transfers.sent.file')}</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sent.value.map(({ actId, sentAt, documentNumber, to, count, underWay }) => (
              <Table.Tr key={actId}>
                <Table.Td>{formatInstant(sentAt, language)}</Table.Td>
                <Table.Td>{documentNumber}</Table.Td>
                <Table.Td>{to}</Table.Td>
                <Table.Td>
                  <Text fz="sm" fw={underWay > 0 ? 550 : 400} {...(underWay === 0 && { c: 'dimmed' })}>
                    {underWay > 0
                      ? t('transfers.sent.underWay', { count: underWay, total: count })
                      : t('transfers.sent.confirmed', { count })}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconDownload size={15} />}
                    onClick={() => make(actId)}
                    aria-label={`${t('transfers.sent.save')}, ${documentNumber}`}
                  >
                    {t('transfers.sent.save')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
