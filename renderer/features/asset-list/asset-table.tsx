import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../components/paths.ts';
import { useDelayed } from '../../components/use-delayed.ts';
import { useListView } from '../../store/list-view.tsx';
import { useText } from '../../text/use-text.ts';
import { AssetRow, EmptyRow } from './asset-row.tsx';
import classes from './asset-table.module.css';
import { TableHeader } from './table-header.tsx';
import type { AssetRows } from './use-asset-rows.ts';

/** Pixels, as in the style sheet. */
const ROW_HEIGHT = 36;
const HEADER_HEIGHT = 36;
const PAGE_KEYS = 0.9;

/** The list itself: only the rows in sight exist, whatever the length. One tab stop; arrows move inside. */
export function AssetTable({ rows }: { readonly rows: AssetRows }) {
  const { t } = useText();
  const { scroll, view } = useListView();
  const [, navigate] = useLocation();
  const grid = useRef<HTMLDivElement>(null);
  const [activeIndex, setActiveIndex] = useState(scroll.activeIndex);
  const isLongStale = useDelayed(rows.isStale);
  const virtualizer = useVirtualizer({
    count: rows.total,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: 0,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    initialOffset: scroll.offset,
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => rows.show(first, last), [rows.show, first, last]);

  useEffect(() => {
    if (!scroll.isAway) return;
    scroll.isAway = false;
    grid.current?.focus({ preventScroll: true });
  }, [scroll]);

  // A new filter or order begins at the top; coming back from a record does not.
  const shownView = useRef(view);
  const toTop = useEffectEvent(() => {
    virtualizer.scrollToOffset(0);
    setActiveIndex(0);
  });
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    toTop();
  }, [view]);

  const open = (index: number) => {
    const asset = rows.rowAt(index);
    if (!asset) return;
    scroll.activeIndex = index;
    scroll.isAway = true;
    navigate(paths.asset(asset.id));
  };
  const move = (index: number) => {
    const next = Math.max(0, Math.min(rows.total - 1, index));
    setActiveIndex(next);
    scroll.activeIndex = next;
    virtualizer.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.ctrlKey || event.altKey || event.metaKey) return;
    const pageRows = Math.floor(((grid.current.clientHeight - HEADER_HEIGHT) / ROW_HEIGHT) * PAGE_KEYS);
    const target = targetOf(event.key, activeIndex, pageRows, rows.total);
    if (event.key === 'Enter') open(activeIndex);
    else if (target !== undefined) move(target);
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtualised grid cannot be a table; the roles say what it is.
    <div
      ref={grid}
      className={classes.grid}
      role="grid"
      aria-label={t('assetList.grid')}
      aria-rowcount={rows.total + 1}
      aria-busy={rows.isStale}
      aria-activedescendant={rows.total > 0 ? rowId(activeIndex) : undefined}
      tabIndex={0}
      data-stale={isLongStale || undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        scroll.offset = event.currentTarget.scrollTop;
      }}
    >
      <TableHeader />
      {/* biome-ignore lint/a11y/useSemanticElements: the body of a virtualised grid. */}
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize() - HEADER_HEIGHT }} className={classes.body}>
        {items.map(({ index, start }) => {
          const asset = rows.rowAt(index);
          const place = { id: rowId(index), index, offset: start - HEADER_HEIGHT, isActive: index === activeIndex };
          if (!asset) return <EmptyRow key={index} {...place} />;
          return <AssetRow key={index} {...place} asset={asset} onOpen={open} onActivate={setActiveIndex} />;
        })}
      </div>
    </div>
  );
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
