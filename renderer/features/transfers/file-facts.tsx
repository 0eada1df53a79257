import { Table, Text } from '@mantine/core';
import { TableScroll } from '../../components/data-table.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import type { BroughtFile } from './receive-file.tsx';

/** Who sent what to whom, line by line with what it would do. */
export function FileFacts({ preview }: Pick<BroughtFile, 'preview'>) {
  const { t, language } = useText();
  const { from, to, documentNumber, at, by, lines } = preview;
  return (
    <>
      <FieldList
        rows={[
          { label: t('transfers.from'), value: from },
          { label: t('transfers.to'), value: to },
          { label: t('transfers.number'), value: documentNumber },
          { label: t('transfers.by'), value: `${by}, ${formatInstant(at, language)}` },
        ]}
      />
      <TableScroll label={t('transfers.lines')}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('domain.field.reference')}</Table.Th>
              <Table.Th>{t('domain.field.designation')}</Table.Th>
              <Table.Th>{t('domain.field.serialNumber')}</Table.Th>
              <Table.Th>{t('transfers.outcome')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ reference, designation, serialNumber, outcome, problem }) => (
              <Table.Tr key={reference}>
                <Table.Td>{reference}</Table.Td>
                <Table.Td>{designation}</Table.Td>
                <Table.Td>{serialNumber}</Table.Td>
                <Table.Td>
                  <Text fz="sm" {...(outcome === 'refused' && { c: 'red' })}>
                    {problem === 'unknown' || problem === 'not-in-transit'
                      ? t(`transfers.refused.${problem}`)
                      : t(`transfers.outcomes.${preview.kind}.${outcome}`)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </>
  );
}
