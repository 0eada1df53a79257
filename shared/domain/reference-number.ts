/**
 * The internal reference of an asset, made offline without collision (SPEC A2):
 * `{SIGLE}-{TYPE}-{YY}-{DEVICE}-{SEQ}-{CHECK}`, for example `MND-PCF-26-K7-0042-T`.
 * The device code comes from the endpoint at enrolment, so two desktops never share a sequence.
 */
export type ReferenceParts = {
  readonly acronym: string;
  readonly typeCode: string;
  /** Four-digit year; the reference keeps the last two. */
  readonly year: number;
  readonly deviceCode: string;
  /** 1 or more; printed with at least four digits. */
  readonly sequence: number;
};

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Check character of ISO/IEC 7064 MOD 37,36 over letters and digits: finds one wrong character and one swap. */
export function checkCharacter(text: string): string {
  let check = 36;
  for (const character of text.toUpperCase()) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) continue;
    check = (check + value) % 36 || 36;
    check = (check * 2) % 37;
  }
  return ALPHABET.charAt((37 - check) % 36);
}

export function formatReference(parts: ReferenceParts): string {
  const year = String(parts.year % 100).padStart(2, '0');
  const sequence = String(parts.sequence).padStart(4, '0');
  const body = [parts.acronym, parts.typeCode, year, parts.deviceCode, sequence].join('-').toUpperCase();
  return `${body}-${checkCharacter(body)}`;
}

/** True when the check character fits: what a typed or scanned reference must satisfy before it is looked up. */
export function isReference(text: string): boolean {
  const reference = text.trim().toUpperCase();
  const cut = reference.lastIndexOf('-');
  if (cut < 1 || reference.split('-').length < 6) return false;
  return checkCharacter(reference.slice(0, cut)) === reference.slice(cut + 1);
}

/** The parts of a reference that ends in `-{DEVICE}-{SEQ}-{CHECK}`; `prefix` is everything before the sequence. */
export function parseReference(
  text: string,
): { readonly prefix: string; readonly deviceCode: string; readonly sequence: number } | undefined {
  if (!isReference(text)) return undefined;
  const parts = text.trim().toUpperCase().split('-');
  const [deviceCode, sequence] = parts.slice(-3);
  if (!deviceCode || !sequence || !/^\d+$/.test(sequence)) return undefined;
  return { prefix: parts.slice(0, -2).join('-'), deviceCode, sequence: Number(sequence) };
}
