export const STRENGTH_LEVELS = ['empty', 'weak', 'fair', 'good', 'strong'] as const;
export type StrengthLevel = (typeof STRENGTH_LEVELS)[number];
export type StrengthAdvice = 'longer' | 'common' | 'repeated';

export type Strength = {
  readonly level: StrengthLevel;
  /** Estimated guesses as a power of two. */
  readonly bits: number;
  readonly advice?: StrengthAdvice;
};

/** First tries of everyone who guesses, here and elsewhere; compared without case, accents or trailing digits. */
const COMMON = new Set(
  `password motdepasse passphrase azerty azertyuiop qwerty qwertyuiop bonjour admin administrateur administrator
  registre benin cotonou portonovo parakou bienvenue jetaime soleil doudou chouchou marseille football welcome letmein
  secret ministere informatique dsi asin utilisateur user test demo iloveyou dragon monkey princess`.split(/\s+/),
);
const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'asdfghjkl',
];

/** Guess cost of one word that a person picks; a list of common words has some four thousand. */
const BITS_PER_WORD = 12;
/** Guess cost of a sign between words. */
const BITS_PER_SIGN = 3;
const THRESHOLDS: readonly (readonly [number, StrengthLevel])[] = [
  [60, 'strong'],
  [46, 'good'],
  [34, 'fair'],
];

/**
 * A sober estimate, made locally: the cheapest of guessing characters and guessing words, after repetitions and keyboard
 * runs are counted once. It advises; only the length is enforced.
 */
export function estimateStrength(passphrase: string): Strength {
  if (passphrase === '') return { level: 'empty', bits: 0 };
  const core = passphrase
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  if (COMMON.has(core.replace(/[^\p{Letter}]+/gu, ''))) return { level: 'weak', bits: BITS_PER_WORD, advice: 'common' };
  const telling = countTelling(core);
  const bits = Math.round(Math.min(telling * bitsPerCharacter(passphrase), guessByWords(core)));
  const level = passphrase.length < 8 ? 'weak' : (THRESHOLDS.find(([from]) => bits >= from)?.[1] ?? 'weak');
  if (level === 'good' || level === 'strong') return { level, bits };
  return { level, bits, advice: telling < core.length * 0.7 ? 'repeated' : 'longer' };
}

/** Characters that do not merely repeat or continue the one before. */
function countTelling(text: string): number {
  const characters = [...text];
  return characters.filter((character, index) => {
    const previous = characters[index - 1];
    if (previous === undefined) return true;
    if (previous === character) return false;
    const pair = previous + character;
    return !SEQUENCES.some((sequence) => sequence.includes(pair) || [...sequence].reverse().join('').includes(pair));
  }).length;
}

function bitsPerCharacter(text: string): number {
  let pool = 0;
  if (/\p{Lowercase}/u.test(text)) pool += 26;
  if (/\p{Uppercase}/u.test(text)) pool += 10;
  if (/\d/.test(text)) pool += 10;
  if (/[^\p{Letter}\d]/u.test(text)) pool += 12;
  return Math.log2(pool);
}

/** Words that look like language cost a dictionary try each; what is left costs its characters. */
function guessByWords(text: string): number {
  const words = new Set(text.split(/[^\p{Letter}\d]+/u).filter(Boolean));
  let bits = (text.match(/[^\p{Letter}\d\s]/gu)?.length ?? 0) * BITS_PER_SIGN;
  for (const word of words) bits += /^\p{Letter}{3,}$/u.test(word) ? BITS_PER_WORD : word.length * Math.log2(36);
  return bits;
}
