type Waiting<Question, Answer> = {
  readonly question: Question;
  readonly resolve: (answer: Answer | undefined) => void;
  readonly reject: (cause: unknown) => void;
};

/**
 * Asks one question at a time; of those that come meanwhile only the newest is asked. Whoever types faster than the
 * answers come never waits for more than the answer under way.
 */
export class QuestionLane<Question, Answer> {
  readonly #ask: (question: Question) => Promise<Answer>;
  #isBusy = false;
  #waiting: Waiting<Question, Answer> | undefined;

  constructor(ask: (question: Question) => Promise<Answer>) {
    this.#ask = ask;
  }

  /** The answer; `undefined` when a newer question came before this one was asked. */
  ask(question: Question): Promise<Answer | undefined> {
    this.#waiting?.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting = { question, resolve, reject };
      this.#next();
    });
  }

  #next(): void {
    const waiting = this.#waiting;
    if (this.#isBusy || !waiting) return;
    this.#isBusy = true;
    this.#waiting = undefined;
    this.#ask(waiting.question)
      .then(waiting.resolve, waiting.reject)
      .finally(() => {
        this.#isBusy = false;
        this.#next();
      });
  }
}
