import { type Observable, Subscription } from 'rxjs';

/** Rows per live query. */
export const PAGE_SIZE = 100;
/** Rows beyond the visible ones that are asked for in advance. */
const AHEAD = 40;
/** Pages whose last known rows are kept after their query stopped, so that scrolling back shows them at once. */
const KEPT_PAGES = 30;

/** The pages that rows `first` to `last` need, with some rows ahead on both sides. */
export function pagesFor(first: number, last: number, total: number): number[] {
  if (total === 0) return [];
  const from = Math.floor(Math.max(0, first - AHEAD) / PAGE_SIZE);
  const to = Math.floor(Math.min(total - 1, last + AHEAD) / PAGE_SIZE);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export type RowSource<Row> = {
  /** How many rows there are to scroll through. */
  readonly total$: Observable<number>;
  /** The rows of one page, live. */
  openPage(page: number): Observable<readonly Row[]>;
};

type Listener = () => void;

/**
 * A window on a long live list: queries follow only the pages in sight, however far one scrolls. Tells its listener
 * when something it shows has changed.
 */
export class RowWindow<Row> {
  readonly #source: RowSource<Row>;
  readonly #rows = new Map<number, readonly Row[]>();
  readonly #open = new Map<number, Subscription>();
  readonly #subscription = new Subscription();
  readonly #listener: Listener;
  #range: readonly [number, number] = [0, 0];
  #total: number | undefined;
  #error: unknown;
  #isClosed = false;

  constructor(source: RowSource<Row>, listener: Listener) {
    this.#source = source;
    this.#listener = listener;
    this.#subscription.add(
      source.total$.subscribe({
        next: (total) => {
          this.#total = total;
          this.#follow();
          this.#tell();
        },
        error: (error: unknown) => this.#fail(error),
      }),
    );
  }

  get total(): number {
    return this.#total ?? 0;
  }

  get error(): unknown {
    return this.#error;
  }

  /** True once there is something to show: the first rows, or the certainty that there are none. */
  get isReady(): boolean {
    return this.#total !== undefined && (this.#total === 0 || this.#rows.size > 0);
  }

  get openPages(): readonly number[] {
    return [...this.#open.keys()].sort((a, b) => a - b);
  }

  rowAt(index: number): Row | undefined {
    return this.#rows.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE];
  }

  /** Says which rows are in sight, first and last included. */
  show(first: number, last: number): void {
    this.#range = [first, last];
    this.#follow();
  }

  close(): void {
    this.#isClosed = true;
    this.#subscription.unsubscribe();
    for (const subscription of this.#open.values()) subscription.unsubscribe();
    this.#open.clear();
  }

  #follow(): void {
    if (this.#isClosed || this.#total === undefined) return;
    const wanted = new Set(pagesFor(...this.#range, this.#total));
    for (const [page, subscription] of this.#open) {
      if (wanted.has(page)) continue;
      subscription.unsubscribe();
      this.#open.delete(page);
    }
    for (const page of wanted) if (!this.#open.has(page)) this.#openPage(page);
    this.#forget(wanted);
  }

  #openPage(page: number): void {
    const subscription = new Subscription();
    this.#open.set(page, subscription);
    subscription.add(
      this.#source.openPage(page).subscribe({
        next: (rows) => {
          this.#rows.set(page, rows);
          this.#tell();
        },
        error: (error: unknown) => this.#fail(error),
      }),
    );
  }

  /** Drops the rows of the pages farthest from sight, and of those past the end. */
  #forget(wanted: ReadonlySet<number>): void {
    const [middle = 0] = wanted;
    const pages = [...this.#rows.keys()].filter((page) => !wanted.has(page));
    pages.sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of pages) {
      if (page * PAGE_SIZE >= this.total || this.#rows.size > KEPT_PAGES) this.#rows.delete(page);
    }
  }

  #fail(error: unknown): void {
    this.#error = error;
    this.#tell();
  }

  #tell(): void {
    if (!this.#isClosed) this.#listener();
  }
}
