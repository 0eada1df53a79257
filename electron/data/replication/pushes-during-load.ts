/** Milliseconds without a try after one that failed: the load has the line then. */
const REST = 30_000;

type Options = {
  readonly isWaiting: () => boolean;
  /** Answers whether anything moved. */
  readonly push: () => Promise<boolean>;
};

/** What is written while the first load runs goes out meanwhile: a load may take an hour (SPEC S20). */
export class PushesDuringLoad {
  readonly #options: Options;
  #running: Promise<void> | undefined;
  #notBefore = Number.NEGATIVE_INFINITY;
  #isOpen = false;

  constructor(options: Options) {
    this.#options = options;
  }

  begin(): void {
    this.#isOpen = true;
  }

  /** Something was written, or the load has gone on: pushes, if something waits and nothing is under way. */
  offer(): void {
    const { isWaiting, push } = this.#options;
    if (!this.#isOpen || this.#running || performance.now() < this.#notBefore || !isWaiting()) return;
    this.#running = push()
      // The load shows what is wrong with the line; what waits goes on waiting.
      .catch(() => false)
      .then((hasMoved) => {
        this.#running = undefined;
        if (!hasMoved) this.#notBefore = performance.now() + REST;
        this.offer();
      });
  }

  /** Nothing is begun any more, and what is under way has ended. */
  async end(): Promise<void> {
    this.#isOpen = false;
    await this.#running;
  }
}
