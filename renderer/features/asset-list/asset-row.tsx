import { memo, type ReactNode } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { formatDay } from '../../text/format.ts';
import classes from './asset-table.module.css';
import { explain, type NamedText } from './found-by.ts';
import type { RowReading } from './use-row-reading.ts';

type Place = { readonly id: string; readonly index: number; readonly isActive: boolean };

type AssetRowProps = Place & {
  readonly asset: Asset;
  /** Folded words that were searched. */
  readonly terms: readonly string[];
  readonly reading: RowReading;
  /** The window is wide: one column more, and room for longer texts. */
  readonly isWide: boolean;
  readonly onOpen: (index: number) => void;
  readonly onActivate: (index: number) => void;
};

/** Characters that surely fit into the columns, by width of the window. */
const ROOM = { reference: 40, designation: 26, type: 10, place: 14, holder: 0 } as const;
const WIDE_ROOM = { reference: 40, designation: 42, type: 16, place: 24, holder: 18 } as const;
/** The same for the line below the designation. */
const REASON_ROOM = 32;

/** Often the same as in the row that stood there before. */
const Status = memo(StatusBadge);

/** One asset. The header is row 1 for assistive technology. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps) {
  const { id, index, isActive, asset, terms, reading, isWide, onOpen, onActivate } = props;
  const { language, nameStructure, nameSite, nameType, hiddenTexts } = reading;
  const [structure, site, type] = [nameStructure(asset.structureId), nameSite(asset.siteId), nameType(asset.typeCode)];
  const room = isWide ? WIDE_ROOM : ROOM;
  const cells = [
    { text: asset.reference, room: room.reference },
    { text: asset.designation, room: room.designation },
    { text: type, room: room.type },
    { text: structure, room: room.place },
    { text: site, room: room.place },
    { text: isWide ? (asset.holderName ?? '') : '', room: room.holder },
  ];
  const { shifted, reasons } = explain(terms, cells, () => hiddenTexts(asset));
  const cell = (place: number) => {
    const { text, room: fits } = cells[place] ?? { text: '', room: 0 };
    return <MarkedText text={text} terms={terms} {...(shifted.has(place) && { room: fits })} />;
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
      aria-selected={isActive}
      onMouseDown={() => onActivate(index)}
      onClick={() => onOpen(index)}
    >
      <Cell className={classes.reference}>{cell(0)}</Cell>
      <Cell className={classes.designation} title={asset.designation}>
        <div className={classes.line}>{cell(1)}</div>
        <Reasons reasons={reasons} terms={terms} />
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

type ReasonsProps = { readonly reasons: readonly NamedText[]; readonly terms: readonly string[] };

/** Why the row was found, where its columns do not show it. */
function Reasons({ reasons, terms }: ReasonsProps) {
  if (reasons.length === 0) return null;
  return (
    <div className={classes.reasons} title={reasons.map(({ label, text }) => `${label} ${text}`).join(' · ')}>
      {reasons.map(({ label, text }) => (
        <span key={label} className={classes.reason}>
          {label} <MarkedText text={text} terms={terms} room={REASON_ROOM / reasons.length - label.length} />
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
    <div id={id} role="row" className={classes.row} aria-rowindex={index + 2} aria-selected={isActive}>
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
