import { Table, Text } from '@mantine/core';
import type { OwnParcel } from '#shared/protocol/parcel-port.ts';
import { TableScroll } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { formatInstant, formatInteger } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

/** The parcels of this desktop, the latest first, with their receipts. */
export function OwnList({ own }: { readonly own: readonly OwnParcel[] }) {
  const { t, language } = useText();
  return (
    <Section title={t('parcels.own.title')}>
      {own.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('parcels.own.none')}
        </Text>
      ) : (
        <TableScroll label={t('parcels.own.title')}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('parcels.own.number')}</Table.Th>
                <Table.Th>{t('parcels.own.madeAt')}</Table.Th>
                <Table.Th ta="right">{t('parcels.own.rows')}</Table.Th>
                <Table.Th>{t('parcels.own.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {own.map((parcel) => (
                <Table.Tr key={parcel.number}>
                  <Table.Td>{parcel.number}</Table.Td>
                  <Table.Td>{formatInstant(parcel.madeAt, language)}</Table.Td>
                  <Table.Td ta="right">{formatInteger(parcel.rows)}</Table.Td>
                  <Table.Td>
                    <ParcelState parcel={parcel} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableScroll>
      )}
    </Section>
  );
}

function ParcelState({ parcel }: { readonly parcel: OwnParcel }) {
  const { t, language } = useText();
  const { state, receivedAt, accepted, conflicts, refused, files, filesReceived } = parcel;
  return (
    <>
      <Text fz="sm" fw={state === 'sent' ? 550 : 400}>
        {t(`parcels.own.states.${state}`, { date: receivedAt ? formatInstant(receivedAt, language) : '' })}
      </Text>
      {files > 0 && (
        <Text fz="xs" c="dimmed">
          {t('parcels.own.files', { count: files, received: filesReceived })}
        </Text>
      )}
      {state === 'received' && (
        <Text fz="xs" c="dimmed">
          {t('parcels.own.counts', { accepted, conflicts, refused })}
        </Text>
      )}
    </>
  );
}
