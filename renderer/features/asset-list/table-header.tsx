import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { AssetSort, SortField } from '#shared/protocol/asset-list.ts';
import type { ListColumn } from '#shared/protocol/views.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-table.module.css';
import { COLUMNS, sortFieldOf } from './columns.ts';

/** Of the box that stands for all rows. */
export type CheckState = 'true' | 'false' | 'mixed';

type SortProps = {
  readonly sort: AssetSort | undefined;
  readonly onSort: (sort: AssetSort | undefined) => void;
};
type TableHeaderProps = SortProps & {
  readonly columns: readonly ListColumn[];
  readonly checked: CheckState;
  readonly onToggleAll: () => void;
};

/** First their latest or largest. */
const DESCENDING: ReadonlySet<SortField> = new Set(['updatedAt', 'acquisitionDate', 'acquisitionValue']);

export const TableHeader = memo(function TableHeader(props: TableHeaderProps) {
  const { columns, sort, checked, onSort, onToggleAll } = props;
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
        {columns.map((column) => (
          <ColumnHeader key={column} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
});

function ColumnHeader({ column, sort, onSort }: SortProps & { readonly column: ListColumn }) {
  const { t } = useText();
  const field = sortFieldOf(column);
  const isCurrent = field !== undefined && sort?.field === field;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the header of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its button has the focus.
    <div
      role="columnheader"
      className={classes.cell}
      data-number={COLUMNS[column].isNumber || undefined}
      aria-sort={isCurrent && sort ? ariaSort(sort) : undefined}
    >
      {field === undefined ? (
        <span className={classes.plainHeader}>
          <span className={classes.columnName}>{t(`list.column.${column}`)}</span>
        </span>
      ) : (
        <SortButton field={field} name={t(`list.column.${column}`)} sort={sort} onSort={onSort} />
      )}
    </div>
  );
}

type SortButtonProps = SortProps & { readonly field: SortField; readonly name: string };

function SortButton({ field, name, sort, onSort }: SortButtonProps) {
  const { t } = useText();
  const current = sort?.field === field ? sort : undefined;
  const Arrow = current?.direction === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <button
      type="button"
      className={classes.sort}
      data-current={current !== undefined || undefined}
      title={t('assetList.sortBy', { column: name.toLocaleLowerCase() })}
      onClick={() => onSort(nextSort(field, current))}
    >
      <span className={classes.columnName}>{name}</span>
      {current && <Arrow size={14} aria-hidden="true" />}
    </button>
  );
}

/** One way, the other way, then the first order again; dates and values begin with the last. */
function nextSort(field: SortField, current: AssetSort | undefined): AssetSort | undefined {
  const usual = DESCENDING.has(field) ? 'desc' : 'asc';
  if (!current) return { field, direction: usual };
  return current.direction === usual ? { field, direction: usual === 'asc' ? 'desc' : 'asc' } : undefined;
}

function ariaSort({ direction }: AssetSort): 'ascending' | 'descending' {
  return direction === 'asc' ? 'ascending' : 'descending';
}
