import { memo, type ReactNode } from 'react';
import type { ListColumn } from '#shared/protocol/views.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import classes from './asset-table.module.css';
import { COLUMNS } from './columns.ts';
import { explain, type Reason } from './found-by.ts';
import type { RowReading } from './use-row-reading.ts';

type Place = { readonly id: string; readonly index: number; readonly isActive: boolean };

type AssetRowProps = Place & {
  readonly asset: Asset;
  /** Folded words that were searched. */
  readonly terms: readonly string[];
  readonly reading: RowReading;
  /** Always the same list until others are chosen. */
  readonly columns: readonly ListColumn[];
  /** The window is wide: there is room for longer texts. */
  readonly isWide: boolean;
  readonly isSelected: boolean;
  readonly onOpen: (index: number) => void;
  readonly onActivate: (index: number) => void;
  readonly onToggle: (index: number) => void;
  /** Chooses the rows up to this one. */
  readonly onExtend: (index: number) => void;
};

/** Characters of the line below the designation. */
const REASONS_ROOM = { narrow: 42, wide: 64 } as const;

const CELL_CLASSES: Readonly<Partial<Record<ListColumn, string | undefined>>> = {
  reference: classes.reference,
  acquisitionDate: classes.date,
  end: classes.date,
  returnDate: classes.date,
  updatedAt: classes.date,
};

/** Often the same as in the row that stood there before. */
const Status = memo(StatusBadge);

/** One asset. The header is row 1 for assistive technology. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps) {
  const { id, index, isActive, asset, terms, reading, columns, isWide, isSelected, onOpen, onActivate } = props;
  const choose = ({ shiftKey }: { readonly shiftKey: boolean }) => (shiftKey ? props.onExtend : props.onToggle)(index);
  const width = isWide ? 'wide' : 'narrow';
  const texts = columns.map((column) => reading.textOf(column, asset));
  // A date or a word of a list was not searched: nothing is found in it.
  const searched = columns.map((column, place) => {
    const rule = COLUMNS[column];
    return { text: rule.isSearched ? (texts[place] ?? '') : '', ...rule[width] };
  });
  const { forward, reasons } = explain(terms, searched, () => reading.hiddenTexts(asset));
  const cell = (place: number) => {
    const { room, reach } = searched[place] ?? { room: 0, reach: 0 };
    const mark = forward.get(place);
    return <MarkedText text={texts[place] ?? ''} terms={terms} reach={reach} forward={mark && { mark, room }} />;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard for its active row.
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div
      id={id}
      role="row"
      className={classes.row}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-active={isActive || undefined}
      onMouseDown={(event) => {
        // Shift would mark text.
        if (event.shiftKey) event.preventDefault();
        onActivate(index);
      }}
      onClick={(event) => (event.shiftKey || event.ctrlKey || event.metaKey ? choose(event) : onOpen(index))}
    >
      <CheckCell onClick={choose} />
      {columns.map((column, place) => {
        if (column === 'status')
          return (
            <Cell key={column}>
              <Status status={asset.status} />
            </Cell>
          );
        if (column === 'designation')
          return (
            <Cell key={column} title={asset.designation}>
              <div className={classes.line}>{cell(place)}</div>
              <Reasons reasons={reasons} terms={terms} room={REASONS_ROOM[width]} />
            </Cell>
          );
        const { isSearched, isNumber } = COLUMNS[column];
        return (
          <Cell
            key={column}
            title={column === 'reference' ? undefined : texts[place]}
            className={CELL_CLASSES[column]}
            isNumber={isNumber}
          >
            {isSearched ? cell(place) : texts[place]}
          </Cell>
        );
      })}
    </div>
  );
});

type CheckCellProps = { readonly onClick?: (event: { readonly shiftKey: boolean }) => void };

/** The row itself says whether it is chosen; this is where the mouse chooses it. */
function CheckCell({ onClick }: CheckCellProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keyboard for its active row.
    // biome-ignore lint/a11y/useSemanticElements: cells of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div
      role="gridcell"
      className={classes.checkCell}
      onClick={(event) => {
        event.stopPropagation();
        onClick?.(event);
      }}
    >
      <span className={classes.check} aria-hidden="true" />
    </div>
  );
}

type ReasonsProps = {
  readonly reasons: readonly Reason[];
  readonly terms: readonly string[];
  /** Characters that surely fit. */
  readonly room: number;
};

/** Why the row was found, where its columns do not show it. */
function Reasons({ reasons, terms, room }: ReasonsProps) {
  if (reasons.length === 0) return null;
  return (
    <div className={classes.reasons} title={reasons.map(({ label, text }) => `${label} ${text}`).join(' · ')}>
      {reasons.map(({ label, text, mark }) => (
        <span key={`${label} ${text}`} className={classes.reason}>
          {label}{' '}
          <MarkedText text={text} terms={terms} forward={{ mark, room: room / reasons.length - label.length }} />
        </span>
      ))}
    </div>
  );
}

/** Holds the place of a row that is on its way. */
export function GhostRow({ id, index, isActive, count }: Place & { readonly count: number }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div id={id} role="row" className={classes.row} aria-rowindex={index + 2} data-active={isActive || undefined}>
      <CheckCell />
      {Array.from({ length: count }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they hold places, and are all alike.
        <Cell key={place}>
          <span className={classes.ghost} style={{ width: GHOSTS[place % GHOSTS.length] }} />
        </Cell>
      ))}
    </div>
  );
}

/** Each of another width, as texts are. */
const GHOSTS = ['78%', '62%', '56%', '52%', '70%', '64%', '74%'] as const;

type CellProps = {
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly title?: string | undefined;
  readonly isNumber?: boolean | undefined;
};

function Cell({ children, className, title, isNumber }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div
      role="gridcell"
      className={className ? `${classes.cell} ${className}` : classes.cell}
      title={title}
      data-number={isNumber || undefined}
    >
      {children}
    </div>
  );
}
