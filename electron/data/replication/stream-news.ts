import type { Register } from '../register.ts';
import { readCheckpoint } from './checkpoint.ts';

/**
 * What the stream told of. It tells of this desktop's own rows before their answer has arrived: what an exchange brought by
 * then is no news.
 */
export class StreamNews {
  readonly #register: Register;
  /** The highest sequence told of since this was last asked. */
  #heard = 0;

  constructor(register: Register) {
    this.#register = register;
  }

  hear(seq: number): void {
    this.#heard = Math.max(this.#heard, seq);
  }

  /** Once: sequences of an epoch that has ended are never reached. */
  take(): boolean {
    const heard = this.#heard;
    this.#heard = 0;
    return heard > 0 && heard > readCheckpoint(this.#register).seq;
  }

  forget(): void {
    this.#heard = 0;
  }
}
