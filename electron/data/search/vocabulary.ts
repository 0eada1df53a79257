import { fold } from '#shared/domain/fold.ts';
import type { ValueKind } from './asset-entry.ts';
import { isOneLetterOff } from './edit-distance.ts';
import type { ValueDictionary } from './value-dictionary.ts';

/** How a word was met: the whole of it, its beginning, or somewhere inside. */
export type Grade = 'whole' | 'start' | 'middle';

/** Fewer letters are met inside so many words that only beginnings are told. */
const MIN_MIDDLE = 3;
const KIND_STEP = 2 ** 26;

/** The distinct words of dictionary texts, and in which texts each stands. */
export class Vocabulary {
  readonly #kinds: readonly ValueKind[];
  readonly #taken = new Map<ValueKind, number>();
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  /** For each word its texts: `kind * KIND_STEP + code`. */
  readonly #texts: number[][] = [];
  /** All words in one text, each after a line end, for one fast pass; and where each begins. */
  #joined: { readonly text: string; readonly starts: Uint32Array } | undefined;

  constructor(kinds: readonly ValueKind[]) {
    this.#kinds = kinds;
  }

  /** Takes in the texts that a dictionary got since the last time. */
  takeIn(kind: ValueKind, dictionary: ValueDictionary, wordsOf: (text: string) => string): void {
    for (let code = this.#taken.get(kind) ?? 1; code < dictionary.size; code += 1) {
      this.#add(kind, code, wordsOf(dictionary.textOf(code)));
    }
    this.#taken.set(kind, dictionary.size);
  }

  #add(kind: ValueKind, code: number, text: string): void {
    const place = this.#kinds.indexOf(kind) * KIND_STEP + code;
    for (const word of new Set(fold(text).split(' '))) if (word) this.#idOf(word, place);
  }

  /** Calls back for every text with a word that the typed one meets. */
  match(typed: string, found: (kind: ValueKind, code: number, grade: Grade) => void): void {
    const { text, starts } = this.#join();
    const shift = typed.length < MIN_MIDDLE ? 1 : 0;
    const needle = shift === 1 ? `\n${typed}` : typed;
    let at = text.indexOf(needle);
    while (at !== -1) {
      const id = wordAt(starts, at + shift);
      this.#tell(id, gradeOf(text, at + shift, typed.length), found);
      const next = starts[id + 1];
      at = next === undefined ? -1 : text.indexOf(needle, next - 1);
    }
  }

  /** Words at one letter of difference, most frequent first. */
  similar(typed: string, limit: number): string[] {
    const ids = this.#words.flatMap((word, id) => (isOneLetterOff(typed, word) ? [id] : []));
    ids.sort((a, b) => (this.#texts[b]?.length ?? 0) - (this.#texts[a]?.length ?? 0));
    return ids.slice(0, limit).map((id) => this.#words[id] ?? '');
  }

  #idOf(word: string, place: number): void {
    const known = this.#ids.get(word);
    if (known !== undefined) {
      this.#texts[known]?.push(place);
      return;
    }
    this.#ids.set(word, this.#words.length);
    this.#words.push(word);
    this.#texts.push([place]);
    this.#joined = undefined;
  }

  #tell(id: number, grade: Grade, found: (kind: ValueKind, code: number, grade: Grade) => void): void {
    for (const place of this.#texts[id] ?? []) {
      const kind = this.#kinds[Math.floor(place / KIND_STEP)];
      if (kind) found(kind, place % KIND_STEP, grade);
    }
  }

  #join() {
    if (this.#joined) return this.#joined;
    const starts = new Uint32Array(this.#words.length);
    let at = 1;
    this.#words.forEach((word, id) => {
      starts[id] = at;
      at += word.length + 1;
    });
    this.#joined = { text: `\n${this.#words.join('\n')}\n`, starts };
    return this.#joined;
  }
}

/** The word that holds a place: the last one that begins at or before it. */
function wordAt(starts: Uint32Array, at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function gradeOf(text: string, at: number, length: number): Grade {
  if (text[at - 1] !== '\n') return 'middle';
  return text[at + length] === '\n' ? 'whole' : 'start';
}
