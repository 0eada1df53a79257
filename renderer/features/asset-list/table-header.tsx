import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { AssetSort, SortField } from '#shared/protocol/data-port.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-table.module.css';

const COLUMNS = [
  'reference',
  'designation',
  'typeCode',
  'status',
  'structureId',
  'siteId',
  'holder',
  'updatedAt',
] as const satisfies readonly (SortField | 'holder')[];

type TableHeaderProps = {
  readonly isWide: boolean;
  readonly sort: AssetSort | undefined;
  readonly onSort: (sort: AssetSort | undefined) => void;
};

export const TableHeader = memo(function TableHeader({ isWide, sort, onSort }: TableHeaderProps) {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
    <div role="rowgroup" className={classes.header}>
      {/* biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus. */}
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {COLUMNS.filter((column) => isWide || column !== 'holder').map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
          // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
          <div
            key={column}
            role="columnheader"
            className={classes.cell}
            aria-sort={sort?.field === column ? ariaSort(sort) : undefined}
          >
            {column === 'holder' ? (
              <span className={classes.plainHeader}>
                <span className={classes.columnName}>{t(`assetList.column.${column}`)}</span>
              </span>
            ) : (
              <SortButton column={column} sort={sort} onSort={onSort} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
});

type SortButtonProps = Omit<TableHeaderProps, 'isWide'> & { readonly column: SortField };

function SortButton({ column, sort, onSort }: SortButtonProps) {
  const { t } = useText();
  const current = sort?.field === column ? sort : undefined;
  const name = t(`assetList.column.${column}`);
  const Arrow = current?.direction === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <button
      type="button"
      className={classes.sort}
      data-current={current !== undefined || undefined}
      title={t('assetList.sortBy', { column: name.toLocaleLowerCase() })}
      onClick={() => onSort(nextSort(column, current))}
    >
      <span className={classes.columnName}>{name}</span>
      {current && <Arrow size={14} aria-hidden="true" />}
    </button>
  );
}

/** One way, the other way, then the first order again; dates begin with the last. */
function nextSort(column: SortField, current: AssetSort | undefined): AssetSort | undefined {
  const usual = column === 'updatedAt' ? 'desc' : 'asc';
  if (!current) return { field: column, direction: usual };
  return current.direction === usual ? { field: column, direction: usual === 'asc' ? 'desc' : 'asc' } : undefined;
}

function ariaSort({ direction }: AssetSort): 'ascending' | 'descending' {
  return direction === 'asc' ? 'ascending' : 'descending';
}
