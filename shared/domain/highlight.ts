import { fold } from './fold.ts';

/** A part of a text in UTF-16 code units, `end` excluded. */
export type TextRange = { readonly start: number; readonly end: number };

/** Shorter terms are marked at the beginning of words only: in the middle they would be everywhere. */
const MIN_INNER = 3;

/** A folded text that knows where each of its units comes from. */
type Traced = {
  readonly folded: string;
  /** Of every unit of `folded`: the part of the original it stands for. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where words begin in `folded`. */
  readonly beginnings: ReadonlySet<number>;
};

/** The same text in words, and with the words run into each other. */
type Searchable = { readonly words: Traced; readonly whole: Traced };

/**
 * Where a search found what it looked for (SPEC Q2): the parts of `text` that fold to one of the folded words `terms`, at
 * the beginning or in the middle of words; a term with a digit also across separators, as numbers are copied
 * (`5cg0482` in `5CG-0482 KX`). In order, none touching another, accents and ligatures whole.
 */
export function highlight(text: string, terms: readonly string[]): TextRange[] {
  const wanted = terms.filter((term) => term !== '').map(unifySigma);
  if (wanted.length === 0 || text === '') return [];
  const { words, whole } = searchable(text);
  return merge(
    wanted.flatMap((term) => {
      const inWords = occurrences(words, term);
      return /\p{Number}/u.test(term) ? [...inWords, ...occurrences(whole, term)] : inWords;
    }),
  );
}

/** While one types, the same texts are searched at every key: a screen full of them is kept. */
const KEPT = 1000;
const known = new Map<string, Searchable>();

function searchable(text: string): Searchable {
  const kept = known.get(text);
  if (kept) return kept;
  const words = trace(text);
  const made = { words, whole: withoutSeparators(words) };
  if (known.size >= KEPT) known.clear();
  known.set(text, made);
  return made;
}

const pieces = new Map<string, string>();

/** What one character adds to a folded word: letters, nothing (an accent), or a space where the word ends. */
function pieceOf(character: string): string {
  const kept = pieces.get(character);
  if (kept !== undefined) return kept;
  const piece = unifySigma(fold(`a${character}b`).slice(1, -1));
  pieces.set(character, piece);
  return piece;
}

/** The last sigma of a word is written otherwise, and a character alone does not know that it is the last. */
function unifySigma(text: string): string {
  return text.replaceAll('ς', 'σ');
}

function trace(text: string): Traced {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const beginnings = new Set<number>();
  let start = 0;
  for (const character of text) {
    const end = start + character.length;
    const piece = pieceOf(character);
    if (piece === '' && !folded.endsWith(' ')) stretchLast(starts, ends, end);
    for (const unit of piece.split('')) {
      if (unit !== ' ' && (folded === '' || folded.endsWith(' '))) beginnings.add(folded.length);
      folded += unit;
      starts.push(start);
      ends.push(end);
    }
    start = end;
  }
  return { folded, starts, ends, beginnings };
}

/** An accent written apart belongs to the letter before it; one character may have given several units. */
function stretchLast(starts: readonly number[], ends: number[], end: number): void {
  const start = starts.at(-1);
  for (let index = starts.length - 1; start !== undefined && starts[index] === start; index -= 1) ends[index] = end;
}

function withoutSeparators({ folded, starts, ends, beginnings }: Traced): Traced {
  const kept = [...starts.keys()].filter((index) => folded[index] !== ' ');
  return {
    folded: folded.replaceAll(' ', ''),
    starts: kept.map((index) => starts[index] ?? 0),
    ends: kept.map((index) => ends[index] ?? 0),
    beginnings: new Set(kept.flatMap((index, place) => (beginnings.has(index) ? [place] : []))),
  };
}

function occurrences({ folded, starts, ends, beginnings }: Traced, term: string): TextRange[] {
  const found: TextRange[] = [];
  for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
    const [start, end] = [starts[at], ends[at + term.length - 1]];
    const counts = term.length >= MIN_INNER || beginnings.has(at);
    if (counts && start !== undefined && end !== undefined) found.push({ start, end });
  }
  return found;
}

function merge(ranges: readonly TextRange[]): TextRange[] {
  if (ranges.length < 2) return [...ranges];
  const merged: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && range.start <= last.end)
      merged.splice(-1, 1, { start: last.start, end: Math.max(last.end, range.end) });
    else merged.push(range);
  }
  return merged;
}
