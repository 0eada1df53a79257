import { canonicalJson } from '../domain/canonical-json.ts';
import { isReference } from '../domain/reference-number.ts';
import type { Paper } from '../schema/paper.ts';

/** What the digest is made over: all that stands on the paper, and the assets as they stood. */
export function canonicalPaper({
  number,
  kind,
  issuedAt,
  content,
  assets,
}: Pick<Paper, 'number' | 'kind' | 'issuedAt' | 'content' | 'assets'>): string {
  return canonicalJson({ number, kind, issuedAt, content, assets });
}

/** Characters of the digest that are printed for the eye: 80 bits. */
const SHOWN = 20;

/** `7F3A 91C2 04BE 55D0 A1B2`: the beginning of the digest in groups. */
export function shortDigest(digest: string): string {
  return digest.slice(0, SHOWN).replace(/(.{4})(?=.)/g, '$1 ');
}

/** What the QR code holds: only characters that it writes shortest. */
export function paperCode({ number, digest }: Pick<Paper, 'number' | 'digest'>): string {
  return `REGISTRE:1:${number}:${digest}`;
}

export type ScannedCode = {
  readonly number: string;
  /** Upper-case hexadecimal, whole or its beginning. */
  readonly digest?: string;
};

/**
 * Reads a scanned or typed code: the whole one, or a number with or without the printed groups of the digest. A scanner
 * that types on an American keyboard into a machine set to a French one is understood too. `undefined` when it is no code.
 */
export function parsePaperCode(text: string): ScannedCode | undefined {
  return parse(text) ?? parse(fromFrenchKeyboard(text));
}

function parse(text: string): ScannedCode | undefined {
  const typed = text.trim().toUpperCase();
  const whole = /^REGISTRE:1:([0-9A-Z-]+):([0-9A-F]{64})$/.exec(typed);
  const [number = '', ...groups] = whole ? whole.slice(1) : typed.split(/\s+/);
  if (!/^[0-9A-Z-]+$/.test(number) || !isReference(number)) return undefined;
  const digest = groups.join('');
  if (digest === '') return { number };
  return /^[0-9A-F]{16,64}$/.test(digest) ? { number, digest } : undefined;
}

/** What a French keyboard writes for the keys of an American one, where they differ. */
const KEYS: Readonly<Record<string, string>> = {
  '&': '1',
  é: '2',
  '"': '3',
  "'": '4',
  '(': '5',
  '-': '6',
  è: '7',
  _: '8',
  ç: '9',
  à: '0',
  ')': '-',
  A: 'Q',
  Q: 'A',
  W: 'Z',
  Z: 'W',
  '?': 'M',
  M: ':',
};

function fromFrenchKeyboard(text: string): string {
  return [...text].map((key) => KEYS[key] ?? key).join('');
}
