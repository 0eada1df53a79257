import { type RefObject, type UIEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import {
  type Extent,
  isAdrift,
  lastOffset,
  offsetToShow,
  positionAt,
  rowsInSight,
  type ScrollPosition,
  scrolledTo,
  scrollHeight,
  settled,
} from './row-scroll.ts';

/** Pixels, as in the style sheet. */
export const ROW_HEIGHT = 36;
export const HEADER_HEIGHT = 36;

export type RowScroll = {
  readonly grid: RefObject<HTMLDivElement | null>;
  /** Height of the element that is scrolled, and of the part of it in sight. */
  readonly height: number;
  readonly viewport: number;
  /** Pixels of the list above what is in sight. */
  readonly offset: number;
  /** First and last row in sight. */
  readonly sight: readonly [number, number];
  moveTo(offset: number): void;
  /** Scrolls as little as needed. */
  reveal(row: number): void;
  onScroll(event: UIEvent<HTMLElement>): void;
  onScrollEnd(): void;
};

/**
 * Scrolling through any number of rows. The rows stand in a layer that does not scroll, drawn anew in the very frame of
 * a scroll event: whatever the speed, there is never a blank. `place` remembers the offset for the next time.
 */
export function useRowScroll(rows: number, place: { offset: number }): RowScroll {
  const grid = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(() => window.innerHeight);
  const [wanted, setWanted] = useState(place.offset);
  const extent = useMemo((): Extent => ({ rows, rowHeight: ROW_HEIGHT, viewport }), [rows, viewport]);
  const offset = Math.min(wanted, lastOffset(extent));
  const position = useRef<ScrollPosition>({ offset: 0, scrollTop: 0 });

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const measure = () => setViewport(Math.max(ROW_HEIGHT, element.clientHeight - HEADER_HEIGHT));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const write = (next: ScrollPosition) => {
    if (!grid.current) return;
    // Writing makes the browser lay out at once.
    if (next.scrollTop === position.current.scrollTop) {
      position.current = next;
      return;
    }
    grid.current.scrollTop = next.scrollTop;
    // The browser rounds, and stops at the end.
    position.current = { offset: next.offset, scrollTop: grid.current.scrollTop };
  };

  // The scroll bar follows what the program moved, and a list that grew or shrank.
  const placed = useRef<Extent>(undefined);
  useLayoutEffect(() => {
    if (position.current.offset === offset && placed.current === extent) return;
    placed.current = extent;
    write(positionAt(extent, offset));
  });

  const settle = () => {
    const next = settled(extent, position.current);
    if (Math.abs(next.scrollTop - position.current.scrollTop) >= 1) write(next);
  };
  const moveTo = (next: number) => {
    place.offset = positionAt(extent, next).offset;
    setWanted(place.offset);
  };
  return {
    grid,
    height: scrollHeight(extent),
    viewport,
    offset,
    sight: rowsInSight(extent, offset),
    moveTo,
    reveal: (row) => moveTo(offsetToShow(extent, offset, row)),
    onScroll: ({ currentTarget }) => {
      position.current = scrolledTo(extent, position.current, currentTarget.scrollTop);
      place.offset = position.current.offset;
      flushSync(() => setWanted(place.offset));
      if (isAdrift(extent, position.current)) settle();
    },
    onScrollEnd: settle,
  };
}
