import { highlight } from '#shared/domain/highlight.ts';
import { excerpt, type Sight } from './excerpt.ts';
import classes from './marked-text.module.css';

type MarkedTextProps = Sight & {
  readonly text: string;
  /** Folded words, as the data process answers them. */
  readonly terms: readonly string[];
};

/** A text with what a search found in it. */
export function MarkedText({ text, terms, ...sight }: MarkedTextProps) {
  if (terms.length === 0) return text;
  return excerpt(text, highlight(text, terms), sight).map(({ text: part, start, isMarked }) =>
    isMarked ? (
      <mark key={start} className={classes.mark}>
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
