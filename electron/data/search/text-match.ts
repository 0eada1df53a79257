import { fold } from '#shared/domain/fold.ts';
import type { ValueKind } from './asset-entry.ts';
import type { AssetIndex } from './asset-index.ts';
import type { Grade } from './vocabulary.ts';

/** More words than this are not looked at. */
const MAX_WORDS = 12;
/** Numbers are met by their beginning, and anywhere inside, from so many letters. */
const MIN_NUMBER_START = 3;
const MIN_NUMBER_PART = 3;
/** Shorter words are one letter away from too many others. */
const MIN_CORRECTED = 4;
const MAX_CORRECTIONS = 3;
const KEPT_WORDS = 6;
/** A word in the numbers of more assets than this says nothing, unless it is nowhere else. */
const MAX_SHARED = 10_000;
const NO_LIMIT = -1;

/** How much a word's place says about what was meant. A whole word counts one more, the middle of one half. */
const POINTS: Readonly<Record<ValueKind, number>> = {
  label: 8,
  holder: 6,
  series: 6,
  room: 4,
  structure: 4,
  site: 4,
  type: 4,
  details: 3,
  status: 0,
};
const NUMBER_POINTS = { whole: 9, start: 9, middle: 4, similar: 5 } as const;
const SEQUENCE_POINTS = 3;
const NOTE_POINTS = 2;
/** Above the most that words can give. */
const EXACT_NUMBER_POINTS = 120;

type NumberQuery = { readonly ask: (limit: number) => readonly number[]; readonly points: number };
type WordScores = { readonly scores: Uint8Array; readonly isFound: boolean; readonly correction?: readonly string[] };

export type TextMatch = {
  /** By slot: 0 where the text does not fit, more the better it does. */
  readonly scores: Uint8Array;
  readonly terms: readonly string[];
  readonly corrections: readonly { readonly typed: string; readonly found: readonly string[] }[];
};

/**
 * Finds the assets that fit a typed text: every word must stand somewhere, at the beginning or in the middle of a word of the
 * asset, of the place or structure it is in, or of one of its numbers; or the whole text, without separators, begins one of
 * its numbers. A word that is nowhere gives way to those with one letter of difference.
 */
export class TextMatcher {
  readonly #index: AssetIndex;
  readonly #words = new Map<string, WordScores>();
  #revision = 0;

  constructor(index: AssetIndex) {
    this.#index = index;
  }

  /** Undefined for a text without a letter or digit. */
  match(text: string): TextMatch | undefined {
    const folded = fold(text);
    if (!folded) return undefined;
    this.#forgetOld();
    const words = [...new Set(folded.split(' '))].slice(0, MAX_WORDS);
    const found = words.map((word) => ({ typed: word, ...this.#scoreWord(word) }));
    const scores = sumWhereAll(found.map((word) => word.scores));
    const whole = folded.replaceAll(' ', '');
    this.#raiseWhole(scores, whole, words.length);
    return {
      scores,
      terms: [...found.flatMap(({ typed, correction }) => correction ?? [typed]), ...(words.length > 1 ? [whole] : [])],
      corrections: found.flatMap(({ typed, correction }) => (correction ? [{ typed, found: correction }] : [])),
    };
  }

  #forgetOld(): void {
    if (this.#revision === this.#index.revision) return;
    this.#revision = this.#index.revision;
    this.#words.clear();
  }

  /** Typing a second word leaves the first as it was. */
  #scoreWord(word: string): WordScores {
    const known = this.#words.get(word);
    if (known) return known;
    const made = this.#computeWord(word);
    const [oldest] = this.#words.keys();
    if (oldest !== undefined && this.#words.size >= KEPT_WORDS) this.#words.delete(oldest);
    this.#words.set(word, made);
    return made;
  }

  #computeWord(word: string): WordScores {
    const scores = new Uint8Array(this.#index.columns.end);
    const isFound = this.#scoreAsTyped(word, scores) || this.#scoreLoosely(word, scores);
    return isFound ? { scores, isFound } : this.#correct(word, scores);
  }

  #scoreAsTyped(word: string, scores: Uint8Array): boolean {
    const isInTexts = this.#scoreTexts(word, scores);
    const isInNumbers = this.#numberQueries(word).map(({ ask, points }) => {
      const slots = ask(MAX_SHARED + 1);
      return slots.length <= MAX_SHARED && raise(scores, slots, points);
    });
    const isSequence = this.#scoreSequence(word, scores);
    return isInTexts || isSequence || isInNumbers.some(Boolean);
  }

  /** What says little, when nothing says more: numbers that very many share, and the middle or the first letters of some. */
  #scoreLoosely(word: string, scores: Uint8Array): boolean {
    const { numbers } = this.#index;
    const queries = [
      ...this.#numberQueries(word),
      word.length < MIN_NUMBER_START
        ? { ask: (limit: number) => numbers.withNumberWord(word, 'start', limit), points: NUMBER_POINTS.start }
        : { ask: (limit: number) => numbers.withNumberPart(word, limit), points: NUMBER_POINTS.middle },
    ];
    return queries.map(({ ask, points }) => raise(scores, ask(NO_LIMIT), points)).some(Boolean);
  }

  #numberQueries(word: string): readonly NumberQuery[] {
    const { numbers } = this.#index;
    const match = word.length < MIN_NUMBER_START ? 'whole' : 'start';
    const queries: NumberQuery[] = [
      { ask: (limit) => numbers.withNumberWord(word, match, limit), points: NUMBER_POINTS.start },
      { ask: (limit) => numbers.withNoteWord(word, limit), points: NOTE_POINTS },
    ];
    if (!this.#isNumber(word)) return queries;
    return [
      ...queries,
      { ask: (limit) => numbers.withNumberPart(word, limit), points: NUMBER_POINTS.middle },
      { ask: (limit) => numbers.withReferenceStart(word, limit), points: NUMBER_POINTS.start },
    ];
  }

  #correct(word: string, scores: Uint8Array): WordScores {
    const similar = word.length < MIN_CORRECTED ? [] : this.#similarWords(word);
    for (const other of similar) this.#scoreTexts(other, scores);
    const numbers = /\d/.test(word) ? this.#index.numbers.withSimilarNumber(word) : [];
    const isNumberFound = raise(scores, numbers, NUMBER_POINTS.similar);
    const isFound = similar.length > 0 || isNumberFound;
    return { scores, isFound, ...(isFound && { correction: similar }) };
  }

  #similarWords(word: string): string[] {
    const { texts, names } = this.#index;
    return [...new Set([...texts.similar(word, MAX_CORRECTIONS), ...names.similar(word, MAX_CORRECTIONS)])].slice(
      0,
      MAX_CORRECTIONS,
    );
  }

  /** Texts of dictionaries are scored once each; assets then look theirs up by its code. */
  #scoreTexts(word: string, scores: Uint8Array): boolean {
    const tables = new Map<ValueKind, Uint8Array>();
    const found = (kind: ValueKind, code: number, grade: Grade): void => {
      let table = tables.get(kind);
      if (!table) {
        table = new Uint8Array(this.#index.dictionaries[kind].size);
        tables.set(kind, table);
      }
      table[code] = Math.max(table[code] ?? 0, pointsOf(kind, grade));
    };
    this.#index.texts.match(word, found);
    this.#index.names.match(word, found);
    let isFound = false;
    for (const [kind, table] of tables) {
      if (raiseByCode(scores, this.#index.columns.codes(kind), table)) isFound = true;
    }
    return isFound;
  }

  /** `0042` and `42` find the 42nd of a series; from four digits on, beginnings count too. */
  #scoreSequence(word: string, scores: Uint8Array): boolean {
    if (!/^\d{1,7}$/.test(word)) return false;
    const sequences = this.#index.columns.column('sequence');
    const found = sequenceRanges(word).map(([from, to]) => raiseWithin(scores, sequences, from, to, SEQUENCE_POINTS));
    return found.some(Boolean);
  }

  #isNumber(word: string): boolean {
    return word.length >= MIN_NUMBER_PART && /\d/.test(word);
  }

  /** The text as one number, whatever stood between its parts. */
  #raiseWhole(scores: Uint8Array, whole: string, words: number): void {
    const { numbers } = this.#index;
    if (words > 1 && this.#isNumber(whole)) {
      raise(scores, numbers.withNumberWord(whole, 'start', MAX_SHARED), NUMBER_POINTS.start * words);
      raise(scores, numbers.withReferenceStart(whole, MAX_SHARED), NUMBER_POINTS.start * words);
    }
    raise(scores, numbers.withNumber(whole), EXACT_NUMBER_POINTS);
  }
}

function pointsOf(kind: ValueKind, grade: Grade): number {
  const points = POINTS[kind];
  if (grade === 'whole') return points + 1;
  return grade === 'start' ? points : Math.ceil(points / 2);
}

function raise(scores: Uint8Array, slots: readonly number[], points: number): boolean {
  for (const slot of slots) scores[slot] = Math.max(scores[slot] ?? 0, points);
  return slots.length > 0;
}

function raiseByCode(scores: Uint8Array, codes: ArrayLike<number>, table: Uint8Array): boolean {
  let isFound = false;
  for (let slot = 1; slot < scores.length; slot += 1) {
    const points = table[codes[slot] as number] as number;
    if (points === 0) continue;
    isFound = true;
    if (points > (scores[slot] as number)) scores[slot] = points;
  }
  return isFound;
}

function raiseWithin(scores: Uint8Array, column: Uint32Array, from: number, to: number, points: number): boolean {
  let isFound = false;
  for (let slot = 1; slot < scores.length; slot += 1) {
    const value = column[slot] as number;
    if (value < from || value > to) continue;
    isFound = true;
    if (points > (scores[slot] as number)) scores[slot] = points;
  }
  return isFound;
}

function sumWhereAll(words: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0), ...others] = words;
  const sum = first.slice();
  for (const other of others) {
    for (let slot = 1; slot < sum.length; slot += 1) {
      const points = other[slot] as number;
      if (points === 0) sum[slot] = 0;
      else if (sum[slot] !== 0) sum[slot] = (sum[slot] as number) + points;
    }
  }
  return sum;
}

/** Sequences are printed with at least four digits: which ones print as this, or begin so. */
function sequenceRanges(word: string): readonly (readonly [number, number])[] {
  const value = Number(word);
  const exact: [number, number][] = value > 0 ? [[value, value]] : [];
  if (word.length < 4 && !word.startsWith('0')) return exact;
  const ranges = [4, 5, 6, 7].flatMap((digits): [number, number][] => {
    const unit = 10 ** (digits - word.length);
    if (unit < 1) return [];
    const from = Math.max(value * unit, digits > 4 ? 10 ** (digits - 1) : 1);
    const to = value * unit + unit - 1;
    return from <= to ? [[from, to]] : [];
  });
  return [...exact, ...ranges];
}
