import type { ValueDictionary } from './value-dictionary.ts';

/** The parts of a text that stands in a dictionary as one line each, as one reads them. */
export function readParts(text: string): string {
  return text.includes('\n') ? text.split('\n').filter(Boolean).join(' ') : text;
}

/**
 * One part of a dictionary's texts, with numbers of its own: the brands of the labels. Assets need no column for it, and
 * there are far fewer labels than assets. 0 is the empty part.
 */
export class TextParts {
  readonly #dictionary: ValueDictionary;
  readonly #part: number;
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #texts: string[] = [''];
  #byCode: Uint32Array<ArrayBuffer> = new Uint32Array(1);
  #taken = 1;

  constructor(dictionary: ValueDictionary, part: number) {
    this.#dictionary = dictionary;
    this.#part = part;
  }

  /** Distinct parts by their numbers, of all texts so far. */
  texts(): readonly string[] {
    this.byCode();
    return this.#texts;
  }

  /** The number of the part, by the code of the text. */
  byCode(): Uint32Array {
    const { size } = this.#dictionary;
    if (this.#taken === size) return this.#byCode.subarray(0, size);
    if (this.#byCode.length < size) {
      const longer = new Uint32Array(Math.ceil(size * 1.25));
      longer.set(this.#byCode);
      this.#byCode = longer;
    }
    for (; this.#taken < size; this.#taken += 1) {
      this.#byCode[this.#taken] = this.#numberOf(this.#dictionary.textOf(this.#taken).split('\n')[this.#part] ?? '');
    }
    return this.#byCode.subarray(0, size);
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    this.#texts.push(text);
    return this.#texts.length - 1;
  }
}
