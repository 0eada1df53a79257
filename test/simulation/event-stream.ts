/** Text that a desktop reads as it comes, until the line is cut. */
export class EventStream implements AsyncIterable<Buffer> {
  readonly #texts: string[] = [];
  #isEnded = false;
  #wake = () => {};

  push(text: string): void {
    this.#texts.push(text);
    this.#wake();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      const text = this.#texts.shift();
      if (text !== undefined) yield Buffer.from(text);
      else if (this.#isEnded) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
