const DIACRITICS = /\p{Diacritic}/gu;
const SEPARATORS = /[^\p{Letter}\p{Number}]+/gu;

/**
 * Folds a text for searching: no case, no accent, every run of punctuation or hyphens becomes one space.
 * `fold('Sèmè-Kpodji') === 'seme kpodji'`; `fold("N'Dali") === 'n dali'`.
 */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(DIACRITICS, '').toLowerCase().replace(SEPARATORS, ' ').trim();
}

/** Folds a serial or an inventory number so that separators do not matter: `compact('AB-12 / 3') === 'ab123'`. */
export function compact(text: string): string {
  return fold(text).replaceAll(' ', '');
}
