const UNITS = [
  'zéro',
  'un',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'onze',
  'douze',
  'treize',
  'quatorze',
  'quinze',
  'seize',
  'dix-sept',
  'dix-huit',
  'dix-neuf',
] as const;
const TENS = [
  '',
  '',
  'vingt',
  'trente',
  'quarante',
  'cinquante',
  'soixante',
  'soixante',
  'quatre-vingt',
  'quatre-vingt',
];

/** Nouns: they take an `s` of their own and leave it to what stands before them. */
const NOUNS = [
  [1_000_000_000, 'milliard'],
  [1_000_000, 'million'],
] as const;

/** A whole number from 0 to 999 999 999 999 as French papers write it out, in the usual spelling. */
export function numberInWords(value: number): string {
  if (value === 0) return UNITS[0];
  const words: string[] = [];
  let rest = value;
  for (const [size, noun] of NOUNS) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) words.push(`${belowThousand(count, true)} ${noun}${count > 1 ? 's' : ''}`);
  }
  const thousands = Math.floor(rest / 1000);
  rest %= 1000;
  // `mille` never changes, and takes no `un`; `cent` and `vingt` before it take no `s`.
  if (thousands > 0) words.push(thousands === 1 ? 'mille' : `${belowThousand(thousands, false)} mille`);
  if (rest > 0) words.push(belowThousand(rest, true));
  return words.join(' ');
}

/** `deux cent mille francs CFA`, `un million de francs CFA`. */
export function francsInWords(francs: number): string {
  const words = numberInWords(francs);
  if (francs < 2) return `${words} franc CFA`;
  return `${words} ${francs % 1_000_000 === 0 ? 'de ' : ''}francs CFA`;
}

/** From 1 to 999. `isLast`: nothing but a noun follows, so that `cents` and `quatre-vingts` take their `s`. */
function belowThousand(value: number, isLast: boolean): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const words: string[] = [];
  if (hundreds > 1) words.push(UNITS[hundreds] ?? '');
  if (hundreds > 0) words.push(hundreds > 1 && rest === 0 && isLast ? 'cents' : 'cent');
  if (rest > 0) words.push(belowHundred(rest, isLast));
  return words.join(' ');
}

function belowHundred(value: number, isLast: boolean): string {
  if (value < 20) return UNITS[value] ?? '';
  const ten = Math.floor(value / 10);
  const tens = TENS[ten] ?? '';
  // Soixante-dix and quatre-vingt-dix count on to nineteen.
  const rest = ten === 7 || ten === 9 ? (value % 10) + 10 : value % 10;
  if (value === 80) return isLast ? 'quatre-vingts' : tens;
  if (rest === 0) return tens;
  const joined = ten < 8 && (rest === 1 || rest === 11) ? ' et ' : '-';
  return `${tens}${joined}${UNITS[rest]}`;
}
