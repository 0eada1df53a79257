import type { TextRange } from '#shared/domain/highlight.ts';

/** `start` tells parts apart: where it begins, -1 for the ellipsis. */
export type TextPart = { readonly text: string; readonly start: number; readonly isMarked: boolean };

/**
 * A text cut at its marks. If the first mark ends beyond `room` characters, what is before it is shortened to an
 * ellipsis and as many words as leave room for the mark.
 */
export function excerpt(text: string, marks: readonly TextRange[], room = Number.POSITIVE_INFINITY): TextPart[] {
  const [first] = marks;
  const begin = first && first.end > room ? beginningNear(text, first, room) : 0;
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

/** The beginning of a word before the mark; the mark itself when there is no room for one. */
function beginningNear(text: string, { start, end }: TextRange, room: number): number {
  const space = text.indexOf(' ', Math.max(0, Math.min(start, end - room)));
  return space >= 0 && space < start ? space + 1 : start;
}
