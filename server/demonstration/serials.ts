import type { Random } from './random.ts';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHJKLMNPQRSTVWXYZ';
const HEX = '0123456789ABCDEF';

function draw(random: Random, alphabet: string): string {
  return alphabet.charAt(random.int(0, alphabet.length - 1));
}

/**
 * Fills a maker's pattern: `#` digit, `@` letter, `*` either, `~` hexadecimal digit, `YY` year and `WW` week of make.
 * Only the look is right; no serial is meant to exist.
 */
export function inventSerial(random: Random, pattern: string, year: number): string {
  const dated = pattern
    .replace('YY', String(year % 100).padStart(2, '0'))
    .replace('WW', String(random.int(1, 52)).padStart(2, '0'));
  return dated.replace(/[#@*~]/g, (sign) => {
    if (sign === '#') return draw(random, DIGITS);
    if (sign === '@') return draw(random, LETTERS);
    return draw(random, sign === '~' ? HEX : DIGITS + LETTERS);
  });
}

/** A MAC address from the locally administered range, which no maker owns. */
export function inventMacAddress(random: Random): string {
  const bytes = Array.from({ length: 5 }, () => draw(random, HEX) + draw(random, HEX));
  return ['02', ...bytes].join(':').toLowerCase();
}
