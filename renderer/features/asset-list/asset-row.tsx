import { memo, type ReactNode } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { MarkedText } from '../../components/marked-text.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { formatDay } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-table.module.css';
import { type NamedText, reasonsFor } from './found-by.ts';
import { useHiddenTexts } from './use-hidden-texts.ts';

type Place = { readonly id: string; readonly index: number; readonly isActive: boolean };

type AssetRowProps = Place & {
  readonly asset: Asset;
  /** Folded words that were searched. */
  readonly terms: readonly string[];
  /** The window is wide: one column more, and room for longer texts. */
  readonly isWide: boolean;
  readonly onOpen: (index: number) => void;
  readonly onActivate: (index: number) => void;
};

/** Characters that surely fit into the columns. */
const ROOM = { designation: 26, type: 10, place: 14, holder: 16 } as const;
const WIDE_ROOM = { designation: 42, type: 16, place: 24, holder: 18 } as const;
const REASON_ROOM = 30;

/** One asset. The header is row 1 for assistive technology. */
export const AssetRow = memo(function AssetRow(props: AssetRowProps) {
  const { id, index, isActive, asset, terms, isWide, onOpen, onActivate } = props;
  const { language } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  const hiddenTexts = useHiddenTexts();
  const [structure, site, type] = [nameStructure(asset.structureId), nameSite(asset.siteId), nameType(asset.typeCode)];
  const holder = isWide ? (asset.holderName ?? '') : '';
  const shown = [asset.reference, asset.designation, type, structure, site, holder];
  const room = isWide ? WIDE_ROOM : ROOM;
  const mark = (text: string, fits?: number) => <MarkedText text={text} terms={terms} {...(fits && { room: fits })} />;
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
      <Cell className={classes.reference}>{mark(asset.reference)}</Cell>
      <Cell className={classes.designation} title={asset.designation}>
        <div className={classes.line}>{mark(asset.designation, room.designation)}</div>
        <Reasons reasons={reasonsFor(terms, shown, () => hiddenTexts(asset))} terms={terms} />
      </Cell>
      <Cell title={type}>{mark(type, room.type)}</Cell>
      <Cell>
        <StatusBadge status={asset.status} />
      </Cell>
      <Cell title={structure}>{mark(structure, room.place)}</Cell>
      <Cell title={site}>{mark(site, room.place)}</Cell>
      {isWide && <Cell title={holder}>{mark(holder, room.holder)}</Cell>}
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
          {label} <MarkedText text={text} terms={terms} room={REASON_ROOM} />
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

type CellProps = { readonly children: ReactNode; readonly className?: string | undefined; readonly title?: string };

function Cell({ children, className, title }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: cells of a virtualised grid.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid keeps the focus and names its active row.
    <div role="gridcell" className={className ? `${classes.cell} ${className}` : classes.cell} title={title}>
      {children}
    </div>
  );
}
