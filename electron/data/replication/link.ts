/** What one exchange is to take at the most, in milliseconds: a cut costs no more than that (SPEC S14). */
const AIM = 10_000;

/** Smaller exchanges tell of the delay of the line, not of its width. */
const TELLING = 8 * 1024;

type Way = 'push' | 'pull';
type Bounds = { readonly smallest: number; readonly largest: number };

/** Bytes of rows as JSON. What is begun with takes a few seconds on the slowest lines there are. */
const BOUNDS: Readonly<Record<Way, Bounds>> = {
  // Less than any row takes: the smallest batch is one row.
  push: { smallest: 256, largest: 256 * 1024 },
  pull: { smallest: 256, largest: 4 * 1024 * 1024 },
};

/** Batches that go through on a line that was cut often, before a larger one is tried. */
const MOST_PATIENCE = 8;

/** How many bytes of rows a batch should hold on the line as it was found: grows and shrinks by halves at the most. */
export class Link {
  readonly #sizes: Record<Way, number> = { push: 64 * 1024, pull: 1024 * 1024 };
  /** A line that is cut every so many bytes would cut every second batch, if each that went through were doubled. */
  #patience = 0;
  readonly #carriedSince: Record<Way, number> = { push: 0, pull: 0 };

  /** Bytes of the next batch. */
  size(way: Way): number {
    return this.#sizes[way];
  }

  /** A batch of so many bytes of rows went through. */
  carried(way: Way, bytes: number, milliseconds: number): void {
    const size = this.#sizes[way];
    if (bytes < TELLING) {
      // A small batch that was full, after cuts: the line may be better now.
      if (bytes >= size / 2 && milliseconds < AIM / 2) this.#grow(way, size * 2);
      return;
    }
    const fits = (bytes / Math.max(1, milliseconds)) * AIM;
    if (fits > size) this.#grow(way, Math.min(size * 2, fits));
    else this.#set(way, Math.max(size / 2, fits));
  }

  /** The line was cut under way. */
  cut(): void {
    this.#patience = Math.min(MOST_PATIENCE, Math.max(2, this.#patience * 2));
    for (const way of ['push', 'pull'] as const) {
      this.#carriedSince[way] = 0;
      this.#set(way, this.#sizes[way] / 2);
    }
  }

  /** A push of so many bytes of rows never gets through: it goes in halves. */
  divide(bytes: number): void {
    this.#set('push', Math.min(this.#sizes.push, bytes / 2));
  }

  #grow(way: Way, size: number): void {
    this.#carriedSince[way] += 1;
    if (this.#carriedSince[way] <= this.#patience) return;
    this.#carriedSince[way] = 0;
    this.#patience = Math.floor(this.#patience / 2);
    this.#set(way, size);
  }

  #set(way: Way, size: number): void {
    const { smallest, largest } = BOUNDS[way];
    this.#sizes[way] = Math.round(Math.min(largest, Math.max(smallest, size)));
  }
}
