/** Something that stands on a page as a whole: a paragraph, a line of facts, a row of a table, the signatures. */
export type FlowItem = {
  /** Pixels. */
  readonly height: number;
  /** Not parted from the next one, as long as both fit on one page. */
  readonly keepWithNext?: boolean;
  /** The table it is a row of, and the height of that table's heading, which every page repeats above its first row. */
  readonly table?: { readonly id: number; readonly headingHeight: number };
};

export type PageRoom = {
  /** Pixels. */
  readonly first: number;
  /** Pixels of every page after the first. */
  readonly next: number;
};

/**
 * Spreads items over pages in their order: the indices of each page. Nothing is left out or repeated; a page is fuller
 * than its room only where one item alone is; what is to stay together does, where it fits on a page of its own.
 */
export function paginate(items: readonly FlowItem[], room: PageRoom): number[][] {
  const pages: number[][] = [[]];
  let used = 0;
  let table: number | undefined;
  const left = () => (pages.length === 1 ? room.first : room.next) - used;
  const turn = () => {
    pages.push([]);
    used = 0;
    table = undefined;
  };
  const place = (index: number) => {
    const item = items[index];
    if (!item) return;
    used += costOf([item], table);
    table = item.table?.id;
    pages.at(-1)?.push(index);
  };
  for (const run of runsOf(items)) {
    const members = run.flatMap((index) => items[index] ?? []);
    const isPageEmpty = () => (pages.at(-1)?.length ?? 0) === 0;
    if (costOf(members, table) > left() && !isPageEmpty() && costOf(members, undefined) <= room.next) turn();
    for (const index of run) {
      const item = items[index];
      if (item && costOf([item], table) > left() && !isPageEmpty()) turn();
      place(index);
    }
  }
  return pages;
}

/** Height of items in a row, with the headings of the tables that begin among them. */
function costOf(items: readonly FlowItem[], before: number | undefined): number {
  let table = before;
  let height = 0;
  for (const item of items) {
    if (item.table && item.table.id !== table) height += item.table.headingHeight;
    table = item.table?.id;
    height += item.height;
  }
  return height;
}

/** Items that are to stay together, as lists of indices. */
function runsOf(items: readonly FlowItem[]): number[][] {
  const runs: number[][] = [];
  let isOpen = false;
  for (const [index, item] of items.entries()) {
    if (isOpen) runs.at(-1)?.push(index);
    else runs.push([index]);
    isOpen = item.keepWithNext === true;
  }
  return runs;
}
