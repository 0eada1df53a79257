/**
 * Where a list of any length stands. Chromium draws no element higher than 2^25 px (at a zoom of 400 % that is
 * 8,388,607 px of the style sheet), so a long list scrolls in a shorter element. What is shown is the `offset` of the
 * list in real pixels; the element's `scrollTop` follows it. Everything here is in pixels of the style sheet and pure.
 */

/** Highest element that is certain to be drawn and scrolled to its end, at any zoom. */
export const MAX_HEIGHT = 8_000_000;
/** At both ends one pixel of the element is one pixel of the list, so that no gesture meets the end too early. */
const PLAIN_END = 100_000;
/** Browsers round scroll positions to the pixels of the screen. */
const ROUNDING = 1;

export type Extent = {
  readonly rows: number;
  readonly rowHeight: number;
  /** Height of what is in sight. */
  readonly viewport: number;
};

/** `offset`: pixels of the list above what is in sight. `scrollTop`: what the element said, or is to say. */
export type ScrollPosition = { readonly offset: number; readonly scrollTop: number };

/** Height of the element that is scrolled. */
export function scrollHeight({ rows, rowHeight }: Extent): number {
  return Math.min(rows * rowHeight, MAX_HEIGHT);
}

/** The last offset: the last row ends where the sight ends. */
export function lastOffset({ rows, rowHeight, viewport }: Extent): number {
  return Math.max(0, rows * rowHeight - viewport);
}

function lastScrollTop(extent: Extent): number {
  return Math.max(0, scrollHeight(extent) - extent.viewport);
}

/** The list shown from `offset` on. */
export function positionAt(extent: Extent, offset: number): ScrollPosition {
  const inside = Math.min(Math.max(0, offset), lastOffset(extent));
  return { offset: inside, scrollTop: toScrollTop(extent, inside) };
}

/**
 * The element was scrolled to `scrollTop`. What a wheel, a finger or a key does moves the list by the same pixels; only
 * the thumb of the scroll bar, whose smallest step is far larger, moves it in proportion.
 */
export function scrolledTo(extent: Extent, before: ScrollPosition, scrollTop: number): ScrollPosition {
  const [last, lastTop] = [lastOffset(extent), lastScrollTop(extent)];
  if (last === lastTop) return { offset: Math.min(Math.max(0, scrollTop), last), scrollTop };
  const moved = scrollTop - before.scrollTop;
  if (moved === 0) return before;
  if (scrollTop <= ROUNDING && moved < 0) return { offset: 0, scrollTop };
  if (scrollTop >= lastTop - ROUNDING && moved > 0) return { offset: last, scrollTop };
  const isThumb = Math.abs(moved) > smallestThumbStep(extent);
  const offset = isThumb ? toOffset(extent, scrollTop) : before.offset + moved;
  return { offset: Math.min(Math.max(0, offset), last), scrollTop };
}

/** Pixels of the element that half a pixel of the thumb's way stands for, with a good margin. */
function smallestThumbStep(extent: Extent): number {
  return scrollHeight(extent) / (4 * Math.max(1, extent.viewport));
}

/** True when the element is so far from where it belongs that it cannot wait for a rest: near an end, at all. */
export function isAdrift(extent: Extent, { offset, scrollTop }: ScrollPosition): boolean {
  const { lastTop, plain } = shape(extent);
  const isNearEnd = scrollTop < plain || scrollTop > lastTop - plain;
  return Math.abs(scrollTop - toScrollTop(extent, offset)) > (isNearEnd ? ROUNDING : PLAIN_END / 2);
}

/** Scrolling came to rest: the thumb goes where it belongs, the rows stay where they are. */
export function settled(extent: Extent, { offset }: ScrollPosition): ScrollPosition {
  return positionAt(extent, offset);
}

/** The least move that brings a whole row into sight. */
export function offsetToShow({ rowHeight, viewport }: Extent, offset: number, row: number): number {
  const top = row * rowHeight;
  if (top < offset) return top;
  return Math.max(offset, top + rowHeight - viewport);
}

/** First and last row of which something is in sight. Of an empty list: 0 and -1. */
export function rowsInSight({ rows, rowHeight, viewport }: Extent, offset: number): readonly [number, number] {
  const first = Math.floor(offset / rowHeight);
  const last = Math.ceil((offset + viewport) / rowHeight) - 1;
  return [Math.max(0, Math.min(first, rows - 1)), Math.min(last, rows - 1)];
}

/** Three straight pieces: plain at both ends, in proportion between. Increasing, and exact at 0 and at the end. */
function toOffset(extent: Extent, scrollTop: number): number {
  const { last, lastTop, plain, slope } = shape(extent);
  if (scrollTop <= plain) return scrollTop;
  if (scrollTop >= lastTop - plain) return last - (lastTop - scrollTop);
  return plain + (scrollTop - plain) * slope;
}

function toScrollTop(extent: Extent, offset: number): number {
  const { last, lastTop, plain, slope } = shape(extent);
  if (last === lastTop || offset <= plain) return offset;
  if (offset >= last - plain) return lastTop - (last - offset);
  return plain + (offset - plain) / slope;
}

function shape(extent: Extent) {
  const [last, lastTop] = [lastOffset(extent), lastScrollTop(extent)];
  const plain = Math.min(PLAIN_END, lastTop / 4);
  return { last, lastTop, plain, slope: (last - 2 * plain) / (lastTop - 2 * plain) };
}
