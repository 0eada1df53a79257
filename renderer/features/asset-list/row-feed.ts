import type { RowSource } from './row-window.ts';
import { RowWindow } from './row-window.ts';

/** One question for a list: the same key is the same question. */
export type ListQuestion<Question> = { readonly key: string; readonly question: Question };

export type ShownList<Row, Question> = ListQuestion<Question> & { readonly window: RowWindow<Row> };

/**
 * What a list shows while its question changes: the former rows stay until those of the newest question are there; the
 * answers to questions in between are never shown. It outlives the screen, so that coming back finds the rows at once.
 */
export class RowFeed<Row, Question> {
  readonly #open: (question: Question) => RowSource<Row>;
  readonly #listeners = new Set<() => void>();
  #shown: ShownList<Row, Question> | undefined;
  #next: ShownList<Row, Question> | undefined;
  #range: readonly [number, number] = [0, 30];
  #version = 0;

  constructor(open: (question: Question) => RowSource<Row>) {
    this.#open = open;
  }

  /** The list to draw; undefined until the first one is ready. */
  get shown(): ShownList<Row, Question> | undefined {
    return this.#shown;
  }

  /** Of the question asked last. */
  get error(): unknown {
    return (this.#next ?? this.#shown)?.window.error;
  }

  /** True while the rows are not those of the question asked last. */
  get isStale(): boolean {
    return this.#next !== undefined;
  }

  /** Rises with everything there is to draw anew. */
  get version(): number {
    return this.#version;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  ask({ key, question }: ListQuestion<Question>): void {
    if ((this.#next ?? this.#shown)?.key === key) return;
    this.#next?.window.close();
    this.#next = undefined;
    if (this.#shown?.key === key) this.#shown.window.resume();
    else this.#begin(key, question);
    this.#tell();
  }

  /** Which rows of the shown list are in sight, first and last included. */
  readonly show = (first: number, last: number): void => {
    this.#range = [first, last];
    this.#shown?.window.show(first, last);
  };

  change(rows: ReadonlyMap<string, Row>): void {
    this.#shown?.window.change(rows);
    this.#next?.window.change(rows);
  }

  /** Asks again: after an error, or when the line to the data process is back. */
  readonly refresh = (): void => {
    (this.#next ?? this.#shown)?.window.refresh();
    this.#tell();
  };

  /** Nobody looks: nothing is asked until `resume`, or until another question. */
  pause(): void {
    this.#shown?.window.pause();
    this.#next?.window.pause();
  }

  /** The rows are shown as they were until they are asked again; but nobody is told of an emptiness that has passed. */
  resume(): void {
    const shown = this.#shown;
    if (!this.#next && shown?.window.facts?.total === 0 && shown.window.isOutdated) {
      shown.window.close();
      this.#shown = undefined;
      this.#begin(shown.key, shown.question);
      this.#tell();
    } else (this.#next ?? shown)?.window.resume();
  }

  #begin(key: string, question: Question): void {
    // The new question goes first.
    this.#shown?.window.pause();
    const [first, last] = this.#range;
    const window: RowWindow<Row> = new RowWindow(this.#open(question), () => this.#hear(window), [0, last - first]);
    this.#next = { key, question, window };
  }

  #hear(window: RowWindow<Row>): void {
    if (window === this.#next?.window && window.facts) {
      this.#shown?.window.close();
      this.#shown = this.#next;
      this.#next = undefined;
    }
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
