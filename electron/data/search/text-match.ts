import { fold } from '#shared/domain/fold.ts';
import type { ValueKind } from './asset-entry.ts';
import type { AssetIndex } from './asset-index.ts';
import { addSlots, markByCode, markListed, markWithin, type Selection, selectAll, selectMarked } from './selection.ts';
import type { Grade } from './vocabulary.ts';

/** More words than this are not looked at. */
const MAX_WORDS = 12;
/** Numbers are met by their beginning, and anywhere inside, from so many letters. */
const MIN_NUMBER_START = 3;
const MIN_NUMBER_PART = 3;
/** Shorter words are one letter away from too many others. */
const MIN_CORRECTED = 4;
const MAX_CORRECTIONS = 3;
/** Texts kept as they were matched: typing goes on from the words before. */
const KEPT_TEXTS = 3;
/** A word in the numbers of more assets than this says nothing, unless it is nowhere else. */
const MAX_SHARED = 10_000;
const NO_LIMIT = -1;
const NOTHING: Selection = { slots: new Uint32Array(0), points: new Uint16Array(0) };

/** Where a word was met, one bit each: a better place outweighs all lesser ones together. */
const NUMBER_START = 64;
const LABEL = 32;
const PERSON = 16;
const PLACE = 8;
const LABEL_MIDDLE = 4;
const MIDDLE = 2;
const REST = 1;
const MARKS: Readonly<Record<ValueKind, number>> = {
  label: LABEL,
  holder: PERSON,
  series: PERSON,
  room: PLACE,
  structure: PLACE,
  site: PLACE,
  type: PLACE,
  details: REST,
  status: 0,
};
/** Where a single letter is looked for: it begins something of nearly every asset. */
const LETTER_KINDS: ReadonlySet<ValueKind> = new Set(['label', 'holder', 'series']);
/** A whole word, whatever it is in. */
const WHOLE_WORD = 128;
/** The text is a number itself: above the most that words can give. */
const EXACT_NUMBER = 4095;
/** One more than the most points an asset can have. */
export const MAX_POINTS = 4096;

type NumberQuery = { readonly ask: (limit: number) => readonly number[]; readonly mark: number };
/** The assets that have a word, and what was read in its place. */
type WordMatch = { readonly selection: Selection; readonly correction?: readonly string[] };
type Corrections = readonly { readonly typed: string; readonly found: readonly string[] }[];

export type TextMatch = {
  readonly selection: Selection;
  readonly terms: readonly string[];
  readonly corrections: Corrections;
};

/** Finds the assets that fit a typed text (SPEC Q2 to Q5), word by word, each among what the words before have left. */
export class TextMatcher {
  readonly #index: AssetIndex;
  readonly #known = new Map<string, TextMatch>();
  #revision = 0;
  #membership = 0;
  #all: Selection | undefined;

  constructor(index: AssetIndex) {
    this.#index = index;
  }

  /** Every asset, without points. */
  all(): Selection {
    this.#forgetOld();
    const { columns } = this.#index;
    this.#all ??= selectAll(columns.column('status'), columns.end);
    return this.#all;
  }

  /** Undefined for a text without a letter or digit. */
  match(text: string): TextMatch | undefined {
    const folded = fold(text);
    if (!folded) return undefined;
    this.#forgetOld();
    const words = [...new Set(folded.split(' '))].slice(0, MAX_WORDS);
    const { selection, terms, corrections } = this.#matchWords(words);
    const whole = folded.replaceAll(' ', '');
    return {
      selection: this.#addWhole(selection, whole, words.length),
      terms: words.length > 1 ? [...terms, whole] : terms,
      corrections,
    };
  }

  #forgetOld(): void {
    if (this.#revision === this.#index.revision) return;
    this.#revision = this.#index.revision;
    this.#known.clear();
    if (this.#membership === this.#index.membership) return;
    this.#membership = this.#index.membership;
    this.#all = undefined;
  }

  #matchWords(words: readonly string[]): TextMatch {
    const word = words.at(-1);
    if (word === undefined) return { selection: this.all(), terms: [], corrections: [] };
    const key = words.join(' ');
    const known = this.#known.get(key);
    if (known) return this.#keep(key, known);
    const before = this.#matchWords(words.slice(0, -1));
    const { selection, correction } = this.#matchWord(word, before.selection);
    return this.#keep(key, {
      selection,
      terms: [...before.terms, ...(correction ?? [word])],
      corrections: correction ? [...before.corrections, { typed: word, found: correction }] : before.corrections,
    });
  }

  #keep(key: string, match: TextMatch): TextMatch {
    this.#known.delete(key);
    this.#known.set(key, match);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > KEPT_TEXTS) this.#known.delete(oldest);
    return match;
  }

  /** As typed, then loosely, then corrected: what is found in one way anywhere is not looked for in the next. */
  #matchWord(word: string, among: Selection): WordMatch {
    for (const way of [this.#asTyped, this.#loosely, this.#corrected]) {
      const match = way.call(this, word, among);
      if (match.selection.slots.length > 0) return match;
      if (among !== this.all() && way.call(this, word, this.all()).selection.slots.length > 0) return match;
    }
    return { selection: NOTHING };
  }

  #asTyped(word: string, among: Selection): WordMatch {
    const marks = new Uint8Array(among.slots.length);
    this.#markTexts(word, among, marks);
    this.#markNumbers(this.#numberQueries(word), among, marks, MAX_SHARED);
    this.#markSequence(word, among, marks);
    return { selection: selectMarked(among, marks) };
  }

  #loosely(word: string, among: Selection): WordMatch {
    const marks = new Uint8Array(among.slots.length);
    this.#markNumbers(this.#looseQueries(word), among, marks, NO_LIMIT);
    return { selection: selectMarked(among, marks) };
  }

  #corrected(word: string, among: Selection): WordMatch {
    const similar = word.length < MIN_CORRECTED ? [] : this.#similarWords(word);
    const numbers = /\d/.test(word) ? this.#index.numbers.withSimilarNumber(word) : [];
    const marks = new Uint8Array(among.slots.length);
    for (const other of similar) this.#markTexts(other, among, marks);
    if (numbers.length > 0) markListed(marks, among.slots, numbers, this.#index.columns.end, MIDDLE);
    return { selection: selectMarked(among, marks), correction: similar };
  }

  #similarWords(word: string): string[] {
    const { texts, names } = this.#index;
    const words = [...texts.similar(word, MAX_CORRECTIONS), ...names.similar(word, MAX_CORRECTIONS)];
    return [...new Set(words)].slice(0, MAX_CORRECTIONS);
  }

  /** Texts of dictionaries are looked at once each; assets then look theirs up by its code. */
  #markTexts(word: string, { slots }: Selection, marks: Uint8Array): void {
    const tables = new Map<ValueKind, Uint8Array>();
    const found = (kind: ValueKind, code: number, grade: Grade): void => {
      let table = tables.get(kind);
      if (!table) {
        table = new Uint8Array(this.#index.dictionaries[kind].size);
        tables.set(kind, table);
      }
      table[code] = (table[code] ?? 0) | markOf(kind, grade);
    };
    const isLetter = word.length === 1;
    this.#index.texts.match(word, (kind, code, grade) => {
      if (!isLetter || LETTER_KINDS.has(kind)) found(kind, code, grade);
    });
    if (!isLetter) this.#index.names.match(word, found);
    for (const [kind, table] of tables)
      if (kind !== 'status') markByCode(marks, slots, this.#index.columns.column(kind), table);
  }

  #markNumbers(queries: readonly NumberQuery[], { slots }: Selection, marks: Uint8Array, limit: number): void {
    for (const { ask, mark } of queries) {
      const listed = ask(limit === NO_LIMIT ? NO_LIMIT : limit + 1);
      if (listed.length === 0 || (limit !== NO_LIMIT && listed.length > limit)) continue;
      markListed(marks, slots, listed, this.#index.columns.end, mark);
    }
  }

  #numberQueries(word: string): readonly NumberQuery[] {
    const { numbers } = this.#index;
    const match = word.length < MIN_NUMBER_START ? 'whole' : 'start';
    const queries: NumberQuery[] = [
      { ask: (limit) => numbers.withNumberWord(word, match, limit), mark: NUMBER_START },
      { ask: (limit) => numbers.withNoteWord(word, limit), mark: REST },
    ];
    if (!isNumber(word)) return queries;
    return [
      ...queries,
      { ask: (limit) => numbers.withNumberPart(word, limit), mark: MIDDLE },
      { ask: (limit) => numbers.withReferenceStart(word, limit), mark: NUMBER_START },
    ];
  }

  /** What says little, when nothing says more: numbers that very many share, and the middle or the first letters of some. */
  #looseQueries(word: string): readonly NumberQuery[] {
    const { numbers } = this.#index;
    const isShort = word.length < MIN_NUMBER_START;
    return [
      ...this.#numberQueries(word),
      isShort
        ? { ask: (limit) => numbers.withNumberWord(word, 'start', limit), mark: NUMBER_START }
        : { ask: (limit) => numbers.withNumberPart(word, limit), mark: MIDDLE },
    ];
  }

  /** `0042` and `42` find the 42nd of a series; from four digits on, beginnings count too. */
  #markSequence(word: string, { slots }: Selection, marks: Uint8Array): void {
    if (!/^\d{1,7}$/.test(word)) return;
    const sequences = this.#index.columns.column('sequence');
    for (const range of sequenceRanges(word)) markWithin(marks, slots, sequences, range, REST);
  }

  /** The text as one number, whatever stood between its parts. */
  #addWhole(selection: Selection, whole: string, words: number): Selection {
    const { numbers } = this.#index;
    const isSplit = words > 1 && isNumber(whole);
    const started = isSplit
      ? [...numbers.withNumberWord(whole, 'start', MAX_SHARED), ...numbers.withReferenceStart(whole, MAX_SHARED)]
      : [];
    return addSlots(addSlots(selection, started, NUMBER_START * words), numbers.withNumber(whole), EXACT_NUMBER);
  }
}

function isNumber(word: string): boolean {
  return word.length >= MIN_NUMBER_PART && /\d/.test(word);
}

function markOf(kind: ValueKind, grade: Grade): number {
  if (grade === 'middle') return kind === 'label' ? LABEL_MIDDLE : MIDDLE;
  return grade === 'whole' ? MARKS[kind] | WHOLE_WORD : MARKS[kind];
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
