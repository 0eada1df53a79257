import { Anchor, Badge, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { ImportLine } from '#shared/protocol/data-port.ts';
import { TableScroll } from '../../components/data-table.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useText } from '../../text/use-text.ts';
import classes from './import.module.css';

const COLOURS = { create: 'forest', existing: 'gray', invalid: 'orange' } as const;

/** The lines of the preview, those that need attention first. */
export function PreviewLines({ lines }: { readonly lines: readonly ImportLine[] }) {
  const { t } = useText();
  if (lines.length === 0) return null;
  return (
    <Section title={t('importer.lines')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {t('importer.linesFirst', { count: lines.length })}
      </Text>
      <TableScroll label={t('importer.lines')}>
        <Table stickyHeader verticalSpacing={6} fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={160}>{t('importer.columnsOfLines.outcome')}</Table.Th>
              <Table.Th>{t('importer.columnsOfLines.designation')}</Table.Th>
              <Table.Th>{t('importer.columnsOfLines.serial')}</Table.Th>
              <Table.Th>{t('importer.columnsOfLines.remark')}</Table.Th>
              <Table.Th>{t('importer.columnsOfLines.place')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a preview is replaced as a whole; one place may give several lines.
              <Line key={index} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </TableScroll>
    </Section>
  );
}

function Line({ line }: { readonly line: ImportLine }) {
  const { t } = useText();
  const { draft } = line;
  return (
    <Table.Tr>
      <Table.Td>
        <Badge color={COLOURS[line.outcome]}>{t(`importer.outcome.${line.outcome}`)}</Badge>
      </Table.Td>
      <Table.Td>{draft.designation ?? [draft.brand, draft.model].filter(Boolean).join(' ')}</Table.Td>
      <Table.Td className="tabular">
        {draft.serialNumber ?? (
          <Text span c="dimmed" inherit>
            {t('importer.notSaid')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Remark line={line} />
      </Table.Td>
      <Table.Td className={classes.place}>
        {line.file}
        {line.line !== undefined && ` · ${t('importer.line', { line: line.line })}`}
      </Table.Td>
    </Table.Tr>
  );
}

function Remark({ line }: { readonly line: ImportLine }) {
  const { t } = useText();
  const label = useFieldLabel();
  const problems = (line.problems ?? []).map(({ field, problem }) => {
    const words = t(`importer.lineProblem.${problem}`, { defaultValue: t('importer.lineProblem.other') });
    return field ? `${label(field)} : ${words}` : words;
  });
  return (
    <>
      {line.existing && (
        <Anchor component={Link} href={paths.asset(line.existing.id)} inherit>
          {t('importer.existingAs', { reference: line.existing.reference })}
        </Anchor>
      )}
      {problems.map((words) => (
        <div key={words}>{words}</div>
      ))}
    </>
  );
}
