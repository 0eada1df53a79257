/** Milliseconds before the second try after a failure; doubled each time up to the longest. */
const FIRST_DELAY = 1000;
export const LONGEST_DELAY = 60_000;

/** Growing delays between tries. */
export class BackOff {
  #failures = 0;

  /**
   * Milliseconds until the next try.
   * @param told after how many the other side asks for it: never earlier, but at the longest delay
   */
  next(told?: number): number {
    if (told !== undefined && told >= FIRST_DELAY) return Math.min(LONGEST_DELAY, told) * (1 + Math.random() / 4);
    const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** this.#failures);
    this.#failures += 1;
    // Jitter: 2,400 desktops that lost the network together must not come back in the same second.
    return delay * (0.75 + Math.random() / 2);
  }

  reset(): void {
    this.#failures = 0;
  }
}
