import { createParser } from 'eventsource-parser';
import { BackOff, LONGEST_DELAY } from './back-off.ts';
import type { Credentials, Endpoint } from './endpoint.ts';

type Options = {
  readonly endpoint: Endpoint;
  /** Rows up to this sequence are there. */
  readonly onSequence: (seq: number) => void;
  /** It speaks: what happens from now on is heard. */
  readonly onOpen: () => void;
  /** It ended, or could not be opened: what it would have said is to be asked for after so many milliseconds. */
  readonly onEnd: (delay: number) => void;
};

/** The endpoint's stream: one at a time, and ever rarer tries where proxies let none through. */
export class WakeUpStream {
  readonly #options: Options;
  readonly #delays = new BackOff();
  #open: AbortController | undefined;
  #isHearing = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Whether it spoke since it was opened: a proxy may hold back all that an endpoint says. */
  get isHearing(): boolean {
    return this.#open !== undefined && this.#isHearing;
  }

  /** Opens it, unless it is open. Never throws: the exchange that follows tells what is wrong. */
  async listen(credentials: Credentials): Promise<void> {
    if (this.#open) return;
    const controller = new AbortController();
    this.#open = controller;
    this.#isHearing = false;
    const begun = performance.now();
    try {
      await this.#hear(credentials, controller.signal);
    } catch {
      // Whatever ended it, the next exchange finds out.
    }
    if (this.#open !== controller) return;
    this.#open = undefined;
    // One that is cut as soon as it speaks helps no more than one that never opens.
    if (performance.now() - begun > LONGEST_DELAY) this.#delays.reset();
    this.#options.onEnd(this.#delays.next());
  }

  /** Ends it without a word; `listen` may open another at once. */
  close(): void {
    const open = this.#open;
    this.#open = undefined;
    open?.abort();
  }

  async #hear(credentials: Credentials, signal: AbortSignal): Promise<void> {
    const parser = createParser({
      onEvent: ({ data }) => {
        const event: unknown = JSON.parse(data);
        const seq = typeof event === 'object' && event !== null && 'seq' in event ? event.seq : undefined;
        if (typeof seq !== 'number' || signal.aborted) return;
        if (!this.#isHearing) {
          this.#isHearing = true;
          this.#options.onOpen();
        }
        this.#options.onSequence(seq);
      },
    });
    const decoder = new TextDecoder();
    for await (const piece of await this.#options.endpoint.stream(credentials, signal)) {
      parser.feed(decoder.decode(piece, { stream: true }));
    }
  }
}
