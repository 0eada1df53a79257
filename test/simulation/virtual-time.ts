import { setImmediate as nextTurn } from 'node:timers/promises';
import { randomOf } from '../support/random.ts';

/** Milliseconds since 1970 at which every history begins. */
const BEGINNING = Date.UTC(2026, 10, 23, 8);

type VirtualTimer = {
  readonly due: number;
  readonly order: number;
  readonly act: () => void;
  readonly isBreath: boolean;
};

/**
 * Time as a history knows it. While it is in force, timers, jitter and stop watches of the programs under test follow it and
 * the seed alone: nothing happens because the machine was slow, and the same seed is the same history.
 */
export class VirtualTime {
  /** Of all histories: what outlives one, as the endpoint does, may take back a timer of an earlier one only. */
  static #order = 0;
  #now = BEGINNING;
  readonly #timers = new Map<number, VirtualTimer>();
  #restore: (() => void) | undefined;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  get now(): number {
    return this.#now;
  }

  /** Takes the place of the machine's timers, jitter and stop watch until `leave`. */
  enter(): void {
    const { setTimeout, clearTimeout, performance } = globalThis;
    const { random } = Math;
    const { now } = performance;
    const fakes = {
      setTimeout: (act: (...values: unknown[]) => void, delay = 0, ...values: unknown[]) =>
        this.#add(() => act(...values), Number(delay) || 0),
      clearTimeout: (timer: unknown) => this.#timers.delete(Number(timer)),
    };
    Object.assign(globalThis, fakes);
    Math.random = this.#random;
    performance.now = () => this.#now - BEGINNING;
    this.#restore = () => {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      Math.random = random;
      performance.now = now;
    };
  }

  leave(): void {
    this.#restore?.();
    this.#restore = undefined;
    this.#timers.clear();
  }

  /** Lets milliseconds pass; `settle` runs after every timer, so that what it began is on its way before the next one. */
  async pass(milliseconds: number, settle: () => Promise<void>): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#next(end);
      if (!next) break;
      const [id, timer] = next;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, timer.due);
      timer.act();
      await settle();
    }
    this.#now = end;
  }

  /** Who takes a breath between two slices of work (`breathe.ts`) goes on: that is no time that passes. */
  breathe(): void {
    for (const [id, { isBreath, act }] of [...this.#timers]) {
      if (!isBreath) continue;
      this.#timers.delete(id);
      act();
    }
  }

  /** A turn of the real event loop: what waits for nothing but the processor goes on. */
  turn(): Promise<void> {
    return nextTurn();
  }

  #next(end: number): [number, VirtualTimer] | undefined {
    return [...this.#timers]
      .filter(([, { due }]) => due <= end)
      .sort(([, a], [, b]) => a.due - b.due || a.order - b.order)[0];
  }

  /** Node's timers are objects that turn into numbers; `unref` and its like say nothing here. */
  #add(act: () => void, delay: number): object {
    VirtualTime.#order += 1;
    const id = VirtualTime.#order;
    this.#timers.set(id, { due: this.#now + Math.max(1, delay), order: id, act, isBreath: delay === 1 });
    const timer = { unref: () => timer, ref: () => timer, hasRef: () => true, [Symbol.toPrimitive]: () => id };
    return timer;
  }
}
