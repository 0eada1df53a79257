/** Milliseconds between two states told to the windows. */
const TELL_INTERVAL = 100;

/** Tells the windows at most once per interval, the last state always: an import changes it a thousand times a second. */
export class StateTeller {
  readonly #tell: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  tell(): void {
    if (this.#timer || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isClosed) this.#tell();
    }, TELL_INTERVAL);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }
}
