import { Select, Table, Text } from '@mantine/core';
import { IMPORT_FIELDS } from '#shared/domain/import-fields.ts';
import type { ImportMapping, ImportPreview } from '#shared/protocol/data-port.ts';
import { foldedFilter } from '../../components/folded-filter.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useText } from '../../text/use-text.ts';
import classes from './import.module.css';

type ColumnMappingProps = {
  readonly columns: NonNullable<ImportPreview['columns']>;
  readonly mapping: ImportMapping;
  readonly isDisabled: boolean;
  readonly onChange: (mapping: ImportMapping) => void;
};

/** Which column of the table feeds which field. A field takes one column. */
export function ColumnMapping({ columns, mapping, isDisabled, onChange }: ColumnMappingProps) {
  const { t } = useText();
  const label = useFieldLabel();
  const fields = IMPORT_FIELDS.map((field) => ({ value: field, label: label(field) }));
  const assign = (header: string, field: string | null) => {
    const others = Object.entries(mapping).filter(([known, taken]) => known !== header && taken !== field);
    onChange(Object.fromEntries(field ? [...others, [header, field]] : others));
  };
  return (
    <Section title={t('importer.columns')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {t('importer.columnsText')}
      </Text>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('importer.columnHeader')}</Table.Th>
            <Table.Th>{t('importer.columnSamples')}</Table.Th>
            <Table.Th w={280}>{t('importer.columnField')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ header, samples }) => (
            <Table.Tr key={header}>
              <Table.Th scope="row">{header}</Table.Th>
              <Table.Td className={classes.samples}>{samples.filter(Boolean).slice(0, 3).join(' · ')}</Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  aria-label={t('importer.fieldFor', { header })}
                  placeholder={t('importer.ignore')}
                  searchable
                  clearable
                  filter={foldedFilter}
                  disabled={isDisabled}
                  data={fields}
                  value={mapping[header] ?? null}
                  onChange={(field) => assign(header, field)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
