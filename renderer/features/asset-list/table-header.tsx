import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type Sort, type SortField, useListView } from '../../store/list-view.tsx';
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

/** Columns whose order is that of a code, not of the words on screen: they bring equal values together. */
const GROUPING: ReadonlySet<string> = new Set(['status', 'structureId', 'siteId']);

export function TableHeader() {
  const { t } = useText();
  const { view, change } = useListView();
  const isRanked = view.text.trim() !== '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
    <div role="rowgroup" className={classes.header}>
      {/* biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus. */}
      <div role="row" aria-rowindex={1} className={classes.headerRow}>
        {COLUMNS.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
          // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
          <div
            key={column}
            role="columnheader"
            className={column === 'holder' ? `${classes.cell} ${classes.holder}` : classes.cell}
            aria-sort={column === view.sort.field && !isRanked ? ariaSort(view.sort) : undefined}
          >
            {column === 'holder' || isRanked ? (
              <span className={classes.columnName}>{t(`assetList.column.${column}`)}</span>
            ) : (
              <SortButton column={column} sort={view.sort} onSort={(sort) => change({ sort })} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

type SortButtonProps = { readonly column: SortField; readonly sort: Sort; readonly onSort: (sort: Sort) => void };

function SortButton({ column, sort, onSort }: SortButtonProps) {
  const { t } = useText();
  const isCurrent = sort.field === column;
  const name = t(`assetList.column.${column}`);
  const Arrow = sort.direction === 'asc' ? IconArrowUp : IconArrowDown;
  const toggle = () => {
    if (isCurrent) return onSort({ field: column, direction: sort.direction === 'asc' ? 'desc' : 'asc' });
    onSort({ field: column, direction: column === 'updatedAt' ? 'desc' : 'asc' });
  };
  return (
    <button
      type="button"
      className={classes.sort}
      data-current={isCurrent || undefined}
      title={t(GROUPING.has(column) ? 'assetList.groupBy' : 'assetList.sortBy', { column: name.toLocaleLowerCase() })}
      onClick={toggle}
    >
      <span className={classes.columnName}>{name}</span>
      {isCurrent && <Arrow size={14} aria-hidden="true" />}
    </button>
  );
}

function ariaSort({ direction }: Sort): 'ascending' | 'descending' {
  return direction === 'asc' ? 'ascending' : 'descending';
}
