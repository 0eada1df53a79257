import { randomInt } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U. Typed letters that look like others are read as those. */
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
/** Milliseconds. */
export const CODE_LIFETIME = 24 * 60 * 60 * 1000;

/** Milliseconds after its use in which a code answers again to the secret it was used with. */
export const REPEAT_LIFETIME = 24 * 60 * 60 * 1000;

/** Letters and digits that nobody confuses on a label: no I, O, 0, 1. */
const DEVICE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function pickCharacters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** Forty bits, in two groups to be read aloud and typed: `7K3M-P0XT`. */
export function createEnrolmentCode(): string {
  const code = pickCharacters(CODE_ALPHABET, CODE_LENGTH);
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`;
}

/** What two spellings of one code have in common: case, dashes, spaces and look-alikes (I, L → 1; O → 0) aside. */
export function normaliseEnrolmentCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

/**
 * Candidates for the code of a new device, short ones first. The caller takes the first that is free in the ministry:
 * there are 1,024 of two characters, so the tries with three and four are for very large ministries.
 */
export function* proposeDeviceCodes(): Generator<string> {
  for (const [length, tries] of [
    [2, 40],
    [3, 20],
    [4, 20],
  ] as const) {
    for (let attempt = 0; attempt < tries; attempt += 1) yield pickCharacters(DEVICE_ALPHABET, length);
  }
}
