import { highlight } from '#shared/domain/highlight.ts';

/** A text that a row does not show, under its name. */
export type NamedText = { readonly label: string; readonly text: string };

/** More would not fit below the designation. */
const MAX_REASONS = 2;

/**
 * Why a row is among the results when its columns do not say it: the hidden texts in which the words stand that are in
 * no column. Of several, the one with most of these words, then the first.
 */
export function reasonsFor(
  terms: readonly string[],
  shown: readonly string[],
  hidden: () => readonly NamedText[],
): readonly NamedText[] {
  let missing = terms.filter((term) => !shown.some((text) => isIn(text, term)));
  if (missing.length === 0) return [];
  const candidates = hidden();
  const reasons: NamedText[] = [];
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
  return text !== '' && highlight(text, [term]).length > 0;
}
