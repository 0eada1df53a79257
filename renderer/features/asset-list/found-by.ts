import { highlight } from '#shared/domain/highlight.ts';

/** A text that a row does not show, under its name. */
export type NamedText = { readonly label: string; readonly text: string };

/** A text in a column, of which `room` characters surely fit. */
export type CellText = { readonly text: string; readonly room: number };

/** How a row says why it is among the results. */
export type Explanation = {
  /** Columns that have to bring a mark forward: no other column shows the word. */
  readonly shifted: ReadonlySet<number>;
  /** Texts without a column, to be shown as well. */
  readonly reasons: readonly NamedText[];
};

/** More would not fit below the designation. */
const MAX_REASONS = 2;
const NOTHING: Explanation = { shifted: new Set(), reasons: [] };

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
  const shifted = new Set<number>();
  const missing: string[] = [];
  for (const term of terms) {
    const ends = cells.map(({ text }) => endOfFirst(text, term));
    if (ends.some((end, cell) => end <= (cells[cell]?.room ?? 0))) continue;
    const far = ends.findIndex((end) => end < Number.POSITIVE_INFINITY);
    if (far >= 0) shifted.add(far);
    else missing.push(term);
  }
  return { shifted, reasons: missing.length > 0 ? reasonsFor(missing, hidden()) : [] };
}

function reasonsFor(terms: readonly string[], candidates: readonly NamedText[]): NamedText[] {
  const reasons: NamedText[] = [];
  let missing = terms;
  while (missing.length > 0 && reasons.length < MAX_REASONS) {
    const best = mostOf(missing, candidates);
    if (!best) break;
    reasons.push(best);
    missing = missing.filter((term) => !isIn(best.text, term));
  }
  return reasons;
}

function mostOf(terms: readonly string[], candidates: readonly NamedText[]): NamedText | undefined {
  let best: NamedText | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const count = terms.filter((term) => isIn(candidate.text, term)).length;
    if (count > most) [best, most] = [candidate, count];
  }
  return best;
}

function isIn(text: string, term: string): boolean {
  return endOfFirst(text, term) < Number.POSITIVE_INFINITY;
}

function endOfFirst(text: string, term: string): number {
  return highlight(text, [term])[0]?.end ?? Number.POSITIVE_INFINITY;
}
