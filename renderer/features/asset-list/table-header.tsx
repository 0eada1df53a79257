import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { AssetSort, SortField } from '#shared/protocol/asset-list.ts';
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

/** Of the box that stands for all rows. */
export type CheckState = 'true' | 'false' | 'mixed';

type SortProps = {
  readonly sort: AssetSort | undefined;
  readonly onSort: (sort: AssetSort | undefined) => void;
};
type TableHeaderProps = SortProps & {
  readonly isWide: boolean;
  readonly checked: CheckState;
  readonly onToggleAll: () => void;
};

export const TableHeader = memo(function TableHeader(props: TableHeaderProps) {
  const { isWide, sort, checked, onSort, onToggleAll } = props;
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
    <div role="rowgroup" className={classes.header}>
      {/* biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus. */}
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {/* biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid. */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: its box has the focus. */}
        <div role="columnheader" className={classes.checkCell}>
          {/* biome-ignore lint/a11y/useSemanticElements: its look is that of the rows' boxes. */}
          <button
            type="button"
            role="checkbox"
            aria-checked={checked}
            aria-label={t('assetList.selectAll')}
            className={classes.checkAll}
            onClick={onToggleAll}
          >
            <span className={classes.check} aria-hidden="true" />
          </button>
        </div>
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

type SortButtonProps = SortProps & { readonly column: Exclude<(typeof COLUMNS)[number], 'holder'> };

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
