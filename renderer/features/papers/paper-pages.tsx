import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { PaperContent } from '#shared/schema/paper.ts';
import type { SheetItem } from './flow.ts';
import classes from './sheet.module.css';
import { RunningTitle, Sheet, SheetItems, type SheetMarks } from './sheet.tsx';
import { usePages } from './use-pages.ts';

type PaperPagesProps = {
  readonly label: string;
  readonly content: PaperContent;
  readonly marks: SheetMarks;
  /** True while the pages are also what a printer draws. */
  readonly isPrinting?: boolean;
};

/** A paper page by page, as it is printed; smaller where the screen has no room for its width. */
export function PaperPages({ label, content, marks, isPrinting = false }: PaperPagesProps) {
  const frame = useRef<HTMLDivElement>(null);
  const desk = useRef<HTMLDivElement>(null);
  const { paged, toMeasure } = usePages(frame, content);
  const scale = useScale(desk, paged?.content.orientation ?? content.orientation);
  const sheets = paged?.pages.map((places, index) => (
    <Sheet
      // biome-ignore lint/suspicious/noArrayIndexKey: pages have no other name.
      key={index}
      content={paged.content}
      marks={marks}
      page={index + 1}
      pageCount={paged.pages.length}
    >
      <SheetItems content={paged.content} marks={marks} items={places.flatMap((place) => paged.items[place] ?? [])} />
    </Sheet>
  ));
  const isDrawn = isPrinting && !toMeasure;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is read by keyboard too.
    <section ref={desk} className={classes.desk} tabIndex={0} aria-label={label}>
      {/* Chromium's own: lengths and lines shrink alike. */}
      <div className={classes.pages} style={{ zoom: scale }} data-paper-pages={toMeasure ? undefined : sheets?.length}>
        {/* Twice in one document, a paper of many pages is too much for Chromium to print. */}
        {isDrawn ? sheets?.slice(0, 1) : sheets}
      </div>
      {toMeasure &&
        createPortal(<Measure frame={frame} content={content} marks={marks} items={toMeasure} />, document.body)}
      {isDrawn && createPortal(<div className={classes.printRoot}>{sheets}</div>, document.body)}
    </section>
  );
}

/** Pixels of a sheet's width: 210 or 297 mm. */
const WIDTHS = { portrait: (210 * 96) / 25.4, landscape: (297 * 96) / 25.4 } as const;
/** Pixels around the sheets. */
const MARGIN = 34;

function useScale(desk: RefObject<HTMLElement | null>, orientation: PaperContent['orientation']): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = desk.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [desk]);
  return width === 0 ? 1 : Math.min(1, (width - MARGIN) / WIDTHS[orientation]);
}

type MeasureProps = {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly content: PaperContent;
  readonly marks: SheetMarks;
  readonly items: readonly SheetItem[];
};

/** All items below each other, out of sight, and an empty page to see how much room one has. */
function Measure({ frame, content, marks, items }: MeasureProps) {
  return (
    <div ref={frame} aria-hidden="true" lang="fr">
      <div className={`${classes.sheet} ${classes.measure}`} data-orientation={content.orientation}>
        <SheetItems content={content} marks={marks} items={items} />
        <div data-measure="running">
          <RunningTitle content={content} />
        </div>
      </div>
      <div className={`${classes.sheet} ${classes.measure} ${classes.whole}`} data-orientation={content.orientation}>
        <div className={classes.body} data-measure="body" />
        <footer className={classes.footer}>
          <span>{content.number}</span>
        </footer>
      </div>
    </div>
  );
}
