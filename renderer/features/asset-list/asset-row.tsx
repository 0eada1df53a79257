import { memo } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { formatDay } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-table.module.css';

type Place = {
  readonly id: string;
  readonly index: number;
  /** Pixels from the first row. */
  readonly offset: number;
  readonly isActive: boolean;
};

type AssetRowProps = Place & {
  readonly asset: Asset;
  readonly onOpen: (index: number) => void;
  readonly onActivate: (index: number) => void;
};

/** One asset. The header is row 1 for assistive technology. */
export const AssetRow = memo(function AssetRow({
  id,
  index,
  offset,
  isActive,
  asset,
  onOpen,
  onActivate,
}: AssetRowProps) {
  const { language } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  const structure = nameStructure(asset.structureId);
  const site = nameSite(asset.siteId);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard for its active row.
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div
      id={id}
      role="row"
      className={classes.row}
      style={{ transform: `translateY(${offset}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      onMouseDown={() => onActivate(index)}
      onClick={() => onOpen(index)}
    >
      <Cell className={classes.reference}>{asset.reference}</Cell>
      <Cell className={classes.designation} title={asset.designation}>
        {asset.designation}
      </Cell>
      <Cell>{nameType(asset.typeCode)}</Cell>
      <Cell>
        <StatusBadge status={asset.status} />
      </Cell>
      <Cell title={structure}>{structure}</Cell>
      <Cell title={site}>{site}</Cell>
      <Cell className={classes.holder}>{asset.holderName ?? ''}</Cell>
      <Cell className={classes.date}>{formatDay(asset.updatedAt, language)}</Cell>
    </div>
  );
});

/** Holds the place of a row that is on its way. */
export function EmptyRow({ id, index, offset, isActive }: Place) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div
      id={id}
      role="row"
      className={classes.row}
      style={{ transform: `translateY(${offset}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isActive}
    >
      <Cell>
        <span className={classes.ghost} />
      </Cell>
      <Cell>
        <span className={classes.ghost} />
      </Cell>
    </div>
  );
}

type CellProps = {
  readonly children: React.ReactNode;
  readonly className?: string | undefined;
  readonly title?: string;
};

function Cell({ children, className, title }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div role="gridcell" className={className ? `${classes.cell} ${className}` : classes.cell} title={title}>
      {children}
    </div>
  );
}
