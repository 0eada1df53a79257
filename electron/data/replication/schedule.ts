import { BackOff } from './back-off.ts';

type Options = {
  /** Milliseconds since 1970, of this desktop's clock. */
  readonly now: () => number;
};

/** When the next try is: one at a time, later and later while tries fail. */
export class Schedule {
  readonly #now: () => number;
  readonly #delays = new BackOff();
  #timer: NodeJS.Timeout | undefined;
  #nextTry: number | undefined;
  #isClosed = false;

  constructor({ now }: Options) {
    this.#now = now;
  }

  /** Instant of the next try, where there is one. */
  get nextTry(): string | undefined {
    return this.#nextTry === undefined ? undefined : new Date(this.#nextTry).toISOString();
  }

  /** Takes the place of whatever was to come. */
  after(delay: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#nextTry = this.#now() + delay;
    this.#timer = setTimeout(act, delay);
  }

  /** @param told milliseconds after which the other side asked to be tried again */
  afterFailure(told: number | undefined, act: () => void): void {
    this.after(this.#delays.next(told), act);
  }

  /** A try has begun. */
  begin(): void {
    clearTimeout(this.#timer);
    this.#nextTry = undefined;
  }

  /** The next failure is a first one. */
  reset(): void {
    this.#delays.reset();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
