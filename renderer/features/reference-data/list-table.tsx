import { Badge, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { fold } from '#shared/domain/fold.ts';
import { DataTable } from '../../components/data-table.tsx';
import { matchesSearch } from '../../store/tree.ts';
import { useText } from '../../text/use-text.ts';
import classes from './reference-data.module.css';
import { type ListFilter, NothingThere } from './section-frame.tsx';
import type { SectionName } from './sections.ts';

/** More than this nobody reads; typing finds the rest. */
const SHOWN = 300;

export type Column<Row> = {
  readonly header: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

type ListTableProps<Row> = {
  readonly section: SectionName;
  readonly rows: readonly Row[];
  readonly filter: ListFilter;
  readonly nameOf: (row: Row) => string;
  /** All that a search looks in. */
  readonly textOf: (row: Row) => string;
  readonly isRetired: (row: Row) => boolean;
  readonly columns: readonly Column<Row>[];
  readonly onOpen: (row: Row) => void;
};

/** A list of rows by name; the name opens the row. */
export function ListTable<Row extends { readonly id: string }>(props: ListTableProps<Row>) {
  const { section, rows, filter, nameOf, textOf, isRetired, columns, onOpen } = props;
  const { t } = useText();
  const found = rows.filter(
    (row) => (filter.withRetired || !isRetired(row)) && matchesSearch(fold(textOf(row)), filter.search),
  );
  if (found.length === 0) return <NothingThere section={section} search={filter.search} />;
  const left = found.length - SHOWN;
  return (
    <>
      <DataTable isPickable>
        <thead>
          <tr>
            <th scope="col">{t(section === 'agents' ? 'references.field.fullName' : 'references.field.name')}</th>
            {columns.map(({ header, isNumber }) => (
              <th key={header} scope="col" data-kind={isNumber ? 'number' : undefined}>
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, SHOWN).map((row) => (
            // The button in the first cell is for the keyboard.
            <tr key={row.id} onClick={() => onOpen(row)}>
              <td>
                <button type="button" className={classes.open}>
                  {nameOf(row)}
                </button>{' '}
                {isRetired(row) && (
                  <Badge size="sm" color="gray">
                    {t('references.retired')}
                  </Badge>
                )}
              </td>
              {columns.map(({ header, isNumber, cell }) => (
                <td key={header} data-kind={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </DataTable>
      <Text fz="xs" c="dimmed" mt="xs" role="status">
        {left > 0 ? t('references.more', { count: left }) : t('references.count', { count: found.length })}
      </Text>
    </>
  );
}
