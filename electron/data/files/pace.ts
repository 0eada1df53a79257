import { MAX_PIECE_BYTES } from '#shared/protocol/files.ts';

const FIRST = 16 * 1024;
const LEAST = 4 * 1024;
/** Milliseconds that a piece may take: what a row waits for at the worst, where the line drops nothing (SPEC F1). */
const TARGET = 2000;

/** How many bytes the next piece has, by how long the last ones took. */
export class Pace {
  #size = FIRST;

  get size(): number {
    return this.#size;
  }

  note(bytes: number, milliseconds: number): void {
    const fitting = bytes * Math.min(4, TARGET / Math.max(1, milliseconds));
    // A short last piece says little of the line.
    if (bytes < this.#size && fitting < this.#size && milliseconds < TARGET) return;
    this.#size = Math.floor(Math.min(MAX_PIECE_BYTES, Math.max(LEAST, fitting)));
  }

  /** The line was cut: begin small again. */
  reset(): void {
    this.#size = FIRST;
  }
}
