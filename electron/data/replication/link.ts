/** What one exchange is to take at the most, in milliseconds: a cut costs no more than that (SPEC S14). */
const AIM = 10_000;

/** Smaller exchanges tell of the delay of the line, not of its width. */
const TELLING = 8 * 1024;

type Way = 'push' | 'pull';
type Bounds = { readonly smallest: number; readonly largest: number };

/** Bytes of rows as JSON. What is begun with takes a few seconds on the slowest lines there are. */
const BOUNDS: Readonly<Record<Way, Bounds>> = {
  push: { smallest: 1024, largest: 256 * 1024 },
  pull: { smallest: 16 * 1024, largest: 4 * 1024 * 1024 },
};

/** How many bytes of rows a batch should hold on the line as it was found: grows and shrinks by halves at the most. */
export class Link {
  readonly #sizes: Record<Way, number> = { push: 64 * 1024, pull: 1024 * 1024 };

  /** Bytes of the next batch. */
  size(way: Way): number {
    return this.#sizes[way];
  }

  /** A batch of so many bytes of rows went through. */
  carried(way: Way, bytes: number, milliseconds: number): void {
    const size = this.#sizes[way];
    if (bytes < TELLING) {
      // A small batch that was full, after cuts: the line may be better now.
      if (bytes >= size / 2 && milliseconds < AIM / 2) this.#set(way, size * 2);
      return;
    }
    const fits = (bytes / Math.max(1, milliseconds)) * AIM;
    this.#set(way, Math.min(size * 2, Math.max(size / 2, fits)));
  }

  /** The line was cut under way. */
  cut(): void {
    for (const way of ['push', 'pull'] as const) this.#set(way, this.#sizes[way] / 2);
  }

  #set(way: Way, size: number): void {
    const { smallest, largest } = BOUNDS[way];
    this.#sizes[way] = Math.round(Math.min(largest, Math.max(smallest, size)));
  }
}
