/**
 * A number of Benin as it is dialled since November 2024: ten digits from `01`. An older number of eight digits gets its
 * `01`; spaces, dots, hyphens, brackets and the country code (+229, 00229) do not count. Undefined when it is none.
 */
export function readBeninPhone(text: string): string | undefined {
  const digits = text.replace(/[\s\u00a0\u202f.()/-]/g, '');
  const isCountryGiven = /^(\+|00)229/.test(digits) || /^229(\d{8}|01\d{8})$/.test(digits);
  const number = isCountryGiven ? digits.replace(/^(\+|00)?229/, '') : digits;
  if (/^01\d{8}$/.test(number)) return number;
  // Eight digits never began with 0 or 1.
  return /^[2-9]\d{7}$/.test(number) ? `01${number}` : undefined;
}

/** `01 97 00 00 00`, with spaces that do not break. */
export function printPhone(phone: string): string {
  return phone.replace(/(\d\d)(?=\d)/g, '$1\u00a0');
}
