import type { TextRange } from '#shared/domain/highlight.ts';

/** `start` tells parts apart: where it begins, -1 for the ellipsis. */
export type TextPart = { readonly text: string; readonly start: number; readonly isMarked: boolean };

/** What of a text can be seen, in characters. */
export type Sight = {
  /** Marks that end beyond would be cut by the edge: they are not drawn. */
  readonly reach?: number | undefined;
  /** A mark that has to be seen: what is before it is shortened so that it ends within `room`. */
  readonly forward?: { readonly mark: TextRange; readonly room: number } | undefined;
};

/** A text cut at its marks, from its beginning or from where `forward` is in sight. */
export function excerpt(text: string, marks: readonly TextRange[], { reach, forward }: Sight = {}): TextPart[] {
  const begin = forward && forward.mark.end > forward.room ? beginningNear(text, forward.mark, forward.room) : 0;
  const end = begin + (forward ? Number.POSITIVE_INFINITY : (reach ?? Number.POSITIVE_INFINITY));
  const parts: TextPart[] = begin > 0 ? [{ text: '…', start: -1, isMarked: false }] : [];
  const add = (from: number, to: number, isMarked: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to), start: from, isMarked });
  };
  let from = begin;
  for (const mark of marks) {
    if (mark.start < begin || mark.end > end) continue;
    add(from, mark.start, false);
    add(mark.start, mark.end, true);
    from = mark.end;
  }
  add(from, text.length, false);
  return parts;
}

/** The beginning of a word before the mark; the mark itself when there is no room for one. */
function beginningNear(text: string, { start, end }: TextRange, room: number): number {
  const space = text.indexOf(' ', Math.max(0, Math.min(start, end - room)));
  return space >= 0 && space < start ? space + 1 : start;
}
