import { useLayoutEffect, useRef } from 'react';
import type { Place } from '../../store/list-view.tsx';
import type { AssetList } from './use-asset-rows.ts';
import { ROW_HEIGHT, type RowScroll } from './use-row-scroll.ts';

type Steady = {
  readonly list: AssetList;
  readonly place: Place;
  readonly scroll: RowScroll;
  readonly activeIndex: number;
  readonly activate: (index: number) => void;
};

/** What was drawn last: which list, in which state, with which rows. */
type Drawn = {
  readonly list: AssetList;
  readonly replacements: number;
  readonly activeId: string | undefined;
  readonly sight: Sight;
};

/** Rows in sight: index and id. */
type Sight = readonly (readonly [number, string])[];

/**
 * Keeps the eye's place. When rows come or go above, those in sight stay where they are and the active row stays the same
 * asset; only at the very top new rows push the others down. The answer to another question begins at the top.
 */
export function useSteadyRows({ list, place, scroll, activeIndex, activate }: Steady): void {
  const drawn = useRef<Drawn>(undefined);
  useLayoutEffect(() => {
    const before = drawn.current;
    const { window } = list;
    if (before && before.list !== list) {
      place.list = list.key;
      scroll.moveTo(0);
      activate(0);
    } else if (before && before.replacements !== window.replacements) {
      const active = before.activeId === undefined ? undefined : window.indexOf(before.activeId);
      if (active !== undefined && active !== activeIndex) activate(active);
      const shift = scroll.offset > 0 ? shiftOf(before.sight, (id) => window.indexOf(id)) : 0;
      if (shift !== 0) scroll.moveTo(scroll.offset + shift * ROW_HEIGHT);
    }
    drawn.current = draw(list, scroll.sight, activeIndex);
  });
}

function draw(list: AssetList, [first, last]: readonly [number, number], activeIndex: number): Drawn {
  const { window } = list;
  const rows = Array.from({ length: last - first + 1 }, (_, row) => first + row);
  return {
    list,
    replacements: window.replacements,
    activeId: window.idAt(activeIndex),
    sight: rows.flatMap((index) => {
      const id = window.idAt(index);
      return id === undefined ? [] : [[index, id] as const];
    }),
  };
}

/** By how many rows most of those in sight have moved; what moved alone does not take the others with it. */
export function shiftOf(sight: Sight, indexOf: (id: string) => number | undefined): number {
  const counts = new Map<number, number>();
  for (const [index, id] of sight) {
    const now = indexOf(id);
    if (now !== undefined) counts.set(now - index, (counts.get(now - index) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}
