import { memo, type ReactNode } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../text/format.ts';
import classes from './asset-table.module.css';
import { explain, type Reason } from './found-by.ts';
import type { RowReading } from './use-row-reading.ts';

type Place = { readonly id: string; readonly index: number; readonly isActive: boolean };

type AssetRowProps = Place & {
  readonly asset: Asset;
  /** Folded words that were searched. */
  readonly terms: readonly string[];
  readonly reading: RowReading;
  /** The window is wide: one column more, and room for longer texts. */
  readonly isWide: boolean;
  readonly isSelected: boolean;
  readonly onOpen: (index: number) => void;
  readonly onActivate: (index: number) => void;
  readonly onToggle: (index: number) => void;
  /** Chooses the rows up to this one. */
  readonly onExtend: (index: number) => void;
};

/** Characters that a column shows, by width of the window: `room` surely, beyond `reach` none. */
const NARROW = {
  reference: { room: 40, reach: 40 },
  designation: { room: 26, reach: 38 },
  type: { room: 10, reach: 15 },
  place: { room: 14, reach: 20 },
  holder: { room: 0, reach: 0 },
  reasons: 42,
} as const;
const WIDE = {
  reference: { room: 40, reach: 40 },
  designation: { room: 42, reach: 60 },
  type: { room: 16, reach: 22 },
  place: { room: 24, reach: 34 },
  holder: { room: 18, reach: 24 },
  reasons: 64,
} as const;

/** Often the same as in the row that stood there before. */
const Status = memo(StatusBadge);

/** One asset. The header is row 1 for assistive technology. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps) {
  const { id, index, isActive, asset, terms, reading, isWide, isSelected, onOpen, onActivate } = props;
  const choose = ({ shiftKey }: { readonly shiftKey: boolean }) => (shiftKey ? props.onExtend : props.onToggle)(index);
  const { language, nameStructure, nameSite, nameType, hiddenTexts } = reading;
  const [structure, site, type] = [nameStructure(asset.structureId), nameSite(asset.siteId), nameType(asset.typeCode)];
  const columns = isWide ? WIDE : NARROW;
  const cells = [
    { text: asset.reference, ...columns.reference },
    { text: asset.designation, ...columns.designation },
    { text: type, ...columns.type },
    { text: structure, ...columns.place },
    { text: site, ...columns.place },
    { text: isWide ? (asset.holderName ?? '') : '', ...columns.holder },
  ];
  const { forward, reasons } = explain(terms, cells, () => hiddenTexts(asset));
  const cell = (place: number) => {
    const { text, room, reach } = cells[place] ?? { text: '', room: 0, reach: 0 };
    const mark = forward.get(place);
    return <MarkedText text={text} terms={terms} reach={reach} forward={mark && { mark, room }} />;
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
      <Cell className={classes.reference}>{cell(0)}</Cell>
      <Cell title={asset.designation}>
        <div className={classes.line}>{cell(1)}</div>
        <Reasons reasons={reasons} terms={terms} room={columns.reasons} />
      </Cell>
      <Cell title={type}>{cell(2)}</Cell>
      <Cell>
        <Status status={asset.status} />
      </Cell>
      <Cell title={structure}>{cell(3)}</Cell>
      <Cell title={site}>{cell(4)}</Cell>
      {isWide && <Cell title={asset.holderName}>{cell(5)}</Cell>}
      <Cell className={classes.date}>{formatDay(asset.updatedAt, language)}</Cell>
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
export function GhostRow({ id, index, isActive }: Place) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div id={id} role="row" className={classes.row} aria-rowindex={index + 2} data-active={isActive || undefined}>
      <CheckCell />
      {GHOSTS.map((width) => (
        <Cell key={width}>
          <span className={classes.ghost} style={{ width }} />
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
