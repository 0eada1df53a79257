import type { TextRange } from '#shared/domain/highlight.ts';

/** `start` tells parts apart: where it begins, -1 for the ellipsis. */
export type TextPart = { readonly text: string; readonly start: number; readonly isMarked: boolean };

/** Characters that are kept before a mark that is brought forward. */
const LEAD = 12;

/**
 * A text cut at its marks. If the first mark ends beyond `room` characters, what is before it is shortened to an
 * ellipsis and the nearest words.
 */
export function excerpt(text: string, marks: readonly TextRange[], room = Number.POSITIVE_INFINITY): TextPart[] {
  const [first] = marks;
  const begin = first && first.end > room ? beginningNear(text, first.start) : 0;
  const parts: TextPart[] = begin > 0 ? [{ text: '…', start: -1, isMarked: false }] : [];
  const add = (start: number, end: number, isMarked: boolean) => {
    if (end > start) parts.push({ text: text.slice(start, end), start, isMarked });
  };
  let from = begin;
  for (const { start, end } of marks) {
    add(from, start, false);
    add(start, end, true);
    from = end;
  }
  add(from, text.length, false);
  return parts;
}

/** The beginning of a word some characters before; the mark itself when the word before it is too long. */
function beginningNear(text: string, mark: number): number {
  const space = text.indexOf(' ', Math.max(0, mark - LEAD));
  return space >= 0 && space < mark ? space + 1 : mark;
}
