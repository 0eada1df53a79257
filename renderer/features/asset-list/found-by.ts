import { highlight, type TextRange } from '#shared/domain/highlight.ts';

/** A text that a row does not show, under its name. */
export type NamedText = { readonly label: string; readonly text: string };
/** The same with the part of it that was found. */
export type Reason = NamedText & { readonly mark: TextRange };

/** A text in a column, of which `room` characters surely fit. */
export type CellText = { readonly text: string; readonly room: number };

/** How a row says why it is among the results. */
export type Explanation = {
  /** By column: a part that has to be seen, because no column shows the word as it is. */
  readonly forward: ReadonlyMap<number, TextRange>;
  /** Texts without a column, to be shown as well. */
  readonly reasons: readonly Reason[];
};

/** More would not fit below the designation. */
const MAX_REASONS = 2;
const NOTHING: Explanation = { forward: new Map(), reasons: [] };

/**
 * Where the words stand that were searched: in a column within sight, in a column beyond its room, or in one of the
 * `hidden` texts. Of several of these, the one with most of the words that are left, then the first.
 */
export function explain(
  terms: readonly string[],
  cells: readonly CellText[],
  hidden: () => readonly NamedText[],
): Explanation {
  if (terms.length === 0) return NOTHING;
  const forward = new Map<number, TextRange>();
  const missing: string[] = [];
  for (const term of terms) {
    const found = cells.map(({ text }) => firstMark(text, term));
    if (found.some((mark, cell) => mark && mark.end <= (cells[cell]?.room ?? 0))) continue;
    const far = found.findIndex((mark) => mark !== undefined);
    const mark = found[far];
    if (!mark) missing.push(term);
    else if (!forward.has(far)) forward.set(far, mark);
  }
  return { forward, reasons: missing.length > 0 ? reasonsFor(missing, hidden()) : [] };
}

function reasonsFor(terms: readonly string[], candidates: readonly NamedText[]): Reason[] {
  const reasons: Reason[] = [];
  let missing = terms;
  while (missing.length > 0 && reasons.length < MAX_REASONS) {
    const best = mostOf(missing, candidates);
    const mark = best && highlight(best.text, missing)[0];
    if (!mark) break;
    reasons.push({ ...best, mark });
    missing = missing.filter((term) => !firstMark(best.text, term));
  }
  return reasons;
}

function mostOf(terms: readonly string[], candidates: readonly NamedText[]): NamedText | undefined {
  let best: NamedText | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const count = terms.filter((term) => firstMark(candidate.text, term)).length;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}

function firstMark(text: string, term: string): TextRange | undefined {
  return highlight(text, [term])[0];
}
