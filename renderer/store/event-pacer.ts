/** At most so many deliveries in so many milliseconds; more events than that are a stream and come together. */
const AT_ONCE = 5;
const REST = 100;
/** Reads under way hold events back no longer than this. */
const MAX_HOLD = 1000;
/** When a read is still under way, another look after this. */
const NEXT_LOOK = 10;

/**
 * Lets reads come to an end while events never stop. RxDB repeats a query for as long as events arrive during it: under an
 * import that writes many times a second none would be answered. A lone event passes at once; of a stream, events wait
 * for the reads under way and are delivered together. Those that a read has overtaken (its answer is newer) are marked,
 * because nothing may be computed from them.
 */
export class EventPacer<Event> {
  readonly #deliver: (events: readonly Event[], isOvertaken: boolean) => void;
  #held: Event[] = [];
  #heldSince = 0;
  /** When the last deliveries were made. */
  #delivered: number[] = [];
  #reads = 0;
  #isOvertaken = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (events: readonly Event[], isOvertaken: boolean) => void) {
    this.#deliver = deliver;
  }

  receive(event: Event): void {
    const now = performance.now();
    if (this.#held.length === 0) this.#heldSince = now;
    this.#held.push(event);
    this.#delivered = this.#delivered.filter((at) => now - at < REST);
    const isStream = this.#delivered.length >= AT_ONCE;
    if (this.#reads === 0 && this.#held.length === 1 && !isStream) this.flush();
    else this.#lookAgain(isStream ? REST : NEXT_LOOK);
  }

  /** Waits for a read; what is received meanwhile is held. */
  async read<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#reads += 1;
    try {
      return await answer;
    } finally {
      this.#reads -= 1;
      this.#isOvertaken ||= this.#held.length > 0;
    }
  }

  /** Delivers at once: whoever wrote must find what was written. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [events, isOvertaken] = [this.#held, this.#isOvertaken];
    this.#held = [];
    this.#isOvertaken = false;
    if (events.length === 0) return;
    this.#delivered.push(performance.now());
    this.#deliver(events, isOvertaken);
  }

  /** Forgets what it holds: the line is another one, or closed. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held = [];
    this.#isOvertaken = false;
  }

  /** In a turn of its own: RxDB looks for events right after its answer. */
  #lookAgain(delay: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const isDue = this.#reads === 0 || performance.now() - this.#heldSince >= MAX_HOLD;
      if (isDue) this.flush();
      else this.#lookAgain(NEXT_LOOK);
    }, delay);
  }
}
