import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useDelayed } from '../../components/use-delayed.ts';
import { type Place, sortOf, useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import { AssetRow, GhostRow } from './asset-row.tsx';
import classes from './asset-table.module.css';
import { layOut, usualColumns, WIDE } from './columns.ts';
import { type CheckState, TableHeader } from './table-header.tsx';
import type { AssetList } from './use-asset-rows.ts';
import { useRowReading } from './use-row-reading.ts';
import { HEADER_HEIGHT, ROW_HEIGHT, useRowScroll } from './use-row-scroll.ts';
import { type RowSelection, useRowSelection } from './use-row-selection.ts';
import { useSteadyRows } from './use-steady-rows.ts';

const PAGE_KEYS = 0.9;
/** Rows drawn beyond those in sight, so that a small move draws nothing new. */
const OVERSCAN = 3;

type AssetTableProps = {
  readonly list: AssetList;
  readonly total: number;
  readonly terms: readonly string[];
  readonly isStale: boolean;
  readonly show: (first: number, last: number) => void;
};

/** The list itself: only the rows in sight exist, whatever the length. One tab stop; arrows move inside. */
export function AssetTable({ list, total, terms, isStale, show }: AssetTableProps) {
  const { t } = useText();
  const { place, view, sortBy } = useListView();
  const [, navigate] = useLocation();
  const [activeIndex, setActiveIndex] = useState(() => placeIn(place, list.key).activeIndex);
  const isLongStale = useDelayed(isStale);
  const isWide = useMediaQuery(WIDE, false, { getInitialValueInEffect: false });
  const columns = view.columns ?? usualColumns(isWide, view.chosen.nature);
  const layout = layOut(columns, isWide);
  const reading = useRowReading();
  const scroll = useRowScroll(total, place);
  const { grid } = scroll;
  const from = Math.max(0, scroll.sight[0] - OVERSCAN);
  const to = Math.min(total - 1, scroll.sight[1] + OVERSCAN);
  // As many as there is room for: the next list may be longer.
  const capacity = Math.ceil(scroll.viewport / ROW_HEIGHT) + 2 * OVERSCAN;
  useEffect(() => show(from, from + capacity), [show, from, capacity]);

  const activate = useCallback(
    (index: number) => {
      setActiveIndex(index);
      place.activeIndex = index;
    },
    [place],
  );
  useSteadyRows({ list, place, scroll, activeIndex, activate });
  useFocusOnReturn(grid, place);

  const open = useCallback(
    (index: number) => {
      const asset = list.window.rowAt(index);
      if (!asset) return;
      place.activeIndex = index;
      place.isAway = true;
      navigate(paths.asset(asset.id));
    },
    [list, place, navigate],
  );
  const selection = useRowSelection(list, total);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.altKey) return;
    if (selectByKey(event, selection, activeIndex, isStale)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey) return;
    const pageRows = Math.max(1, Math.floor((scroll.viewport / ROW_HEIGHT) * PAGE_KEYS));
    const target = targetOf(event.key, activeIndex, pageRows, total);
    // What was just asked for is not on the screen yet: Enter is not for the former rows.
    if (event.key === 'Enter') {
      if (!isStale) open(activeIndex);
    } else if (target !== undefined) {
      const index = Math.max(0, Math.min(total - 1, target));
      activate(index);
      scroll.reveal(index);
      if (event.shiftKey && !isStale) selection.extendTo(index, activeIndex);
    } else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table; the roles say what it is.
    <div
      ref={grid}
      className={classes.grid}
      role="grid"
      aria-label={t('assetList.grid')}
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={activeIndex >= from && activeIndex <= to ? rowId(activeIndex) : undefined}
      tabIndex={0}
      data-stale={isLongStale || undefined}
      style={{ '--columns': layout.tracks, '--least-width': layout.minWidth }}
      onKeyDown={onKeyDown}
      onScroll={scroll.onScroll}
      onScrollEnd={scroll.onScrollEnd}
    >
      <TableHeader
        columns={columns}
        sort={sortOf(view)}
        checked={checkOf(selection.ids.size, total)}
        onSort={sortBy}
        onToggleAll={selection.toggleAll}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: the body of a virtualised grid. */}
      <div role="rowgroup" style={{ height: scroll.height }} className={classes.body}>
        <div className={classes.sight} style={{ top: HEADER_HEIGHT, height: Math.min(scroll.viewport, scroll.height) }}>
          <div className={classes.rows} style={{ transform: `translateY(${from * ROW_HEIGHT - scroll.offset}px)` }}>
            {Array.from({ length: to - from + 1 }, (_, row) => {
              const index = from + row;
              const asset = list.window.rowAt(index);
              const at = { id: rowId(index), index, isActive: index === activeIndex };
              if (!asset) return <GhostRow key={index} count={columns.length} {...at} />;
              return (
                <AssetRow
                  key={index}
                  {...at}
                  asset={asset}
                  terms={terms}
                  reading={reading}
                  columns={columns}
                  isWide={isWide}
                  isSelected={selection.ids.has(asset.id)}
                  onOpen={open}
                  onActivate={activate}
                  onToggle={selection.toggle}
                  onExtend={selection.extendTo}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** Where one was in this list; in another one, its top. */
function placeIn(place: Place, list: string): Place {
  return place.list === list ? place : Object.assign(place, { list, offset: 0, activeIndex: 0 });
}

/** Coming back from a record, the keyboard goes on where it was. */
function useFocusOnReturn(grid: { readonly current: HTMLElement | null }, place: Place): void {
  useEffect(() => {
    if (!place.isAway) return;
    place.isAway = false;
    grid.current?.focus({ preventScroll: true });
  }, [grid, place]);
}

/** Space chooses the row, Ctrl+A all of them, Escape none. @returns whether the key was one of these */
function selectByKey(event: KeyboardEvent, selection: RowSelection, active: number, isStale: boolean): boolean {
  const isControl = event.ctrlKey || event.metaKey;
  if (event.key === 'Escape' && selection.ids.size > 0) selection.clear();
  // What was just asked for is not on the screen yet: a key is not for the former rows.
  else if (isStale) return false;
  else if (event.key === ' ' && !isControl) {
    if (event.shiftKey) selection.extendTo(active);
    else selection.toggle(active);
  } else if (isControl && event.key.toLowerCase() === 'a') selection.toggleAll();
  else return false;
  return true;
}

function checkOf(count: number, total: number): CheckState {
  if (count === 0) return 'false';
  return count >= total ? 'true' : 'mixed';
}

function rowId(index: number): string {
  return `asset-row-${index}`;
}

function targetOf(key: string, active: number, pageRows: number, total: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + pageRows;
    case 'PageUp':
      return active - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return undefined;
  }
}
