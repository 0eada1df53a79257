import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import type { PaperContent } from '#shared/schema/paper.ts';
import { isKeptWithNext, itemsOf, type SheetItem } from './flow.ts';
import { type FlowItem, paginate } from './paginate.ts';

/** Pixels left free at the foot of every page: what a printer draws may be a hair higher than what the screen measures. */
const SLACK = 6;

/** A paper spread over pages. */
export type PagedPaper = {
  readonly content: PaperContent;
  readonly items: readonly SheetItem[];
  /** The places of the items of every page. */
  readonly pages: readonly (readonly number[])[];
};

export type Paging = {
  /** The last paper that was measured: it stays while the next one is. */
  readonly paged: PagedPaper | undefined;
  /** What is to stand in the frame, one below the other as wide as on the page, until it is measured. */
  readonly toMeasure: readonly SheetItem[] | undefined;
};

/** Spreads a paper over pages by measuring its items in `frame`; again whenever the content changes. */
export function usePages(frame: RefObject<HTMLElement | null>, content: PaperContent): Paging {
  const items = useMemo(() => itemsOf(content), [content]);
  const [paged, setPaged] = useState<PagedPaper>();
  const isMeasured = paged?.content === content;
  useLayoutEffect(() => {
    if (isMeasured) return;
    let isCurrent = true;
    const measure = () => {
      if (isCurrent && frame.current)
        setPaged({ content, items, pages: paginate(...measureItems(frame.current, items)) });
    };
    // Inter comes from a file: until it is there every line has another length.
    void document.fonts.ready.then(measure);
    return () => {
      isCurrent = false;
    };
  }, [frame, content, items, isMeasured]);
  return { paged, toMeasure: isMeasured ? undefined : items };
}

function measureItems(frame: HTMLElement, items: readonly SheetItem[]): Parameters<typeof paginate> {
  const heights = [...frame.querySelectorAll('[data-item]')].map(heightOf);
  const headings = new Map(
    [...frame.querySelectorAll('[data-table]')].map((table) => [
      Number(table.getAttribute('data-table')),
      heightOf(table.querySelector('thead')),
    ]),
  );
  const body = heightOf(frame.querySelector('[data-measure="body"]'));
  const running = heightOf(frame.querySelector('[data-measure="running"]'));
  const flow = items.map(
    (item, index): FlowItem => ({
      height: heights[index] ?? 0,
      keepWithNext: isKeptWithNext(items, index),
      ...(item.kind === 'row' && { table: { id: item.table, headingHeight: headings.get(item.table) ?? 0 } }),
    }),
  );
  return [flow, { first: body - SLACK, next: body - running - SLACK }];
}

function heightOf(element: Element | null): number {
  return element?.getBoundingClientRect().height ?? 0;
}
