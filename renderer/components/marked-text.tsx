import { highlight } from '#shared/domain/highlight.ts';
import { excerpt } from './excerpt.ts';
import classes from './marked-text.module.css';

type MarkedTextProps = {
  readonly text: string;
  /** Folded words, as the data process answers them. */
  readonly terms: readonly string[];
  /** Characters that surely fit: a mark farther on is brought forward. */
  readonly room?: number;
};

/** A text with what a search found in it. */
export function MarkedText({ text, terms, room }: MarkedTextProps) {
  if (terms.length === 0) return text;
  return excerpt(text, highlight(text, terms), room).map(({ text: part, start, isMarked }) =>
    isMarked ? (
      <mark key={start} className={classes.mark}>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
