/** The greatest length that the asset's schema gives a text field, in UTF-16 code units. */
export const MAX_LENGTH = {
  designation: 200,
  brand: 100,
  model: 150,
  serialNumber: 100,
  inventoryNumber: 100,
  room: 100,
  holderName: 150,
  supplier: 150,
  notes: 4000,
  attribute: 500,
} as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** No field takes more; what is longer is cut before any pattern looks at it, so that no cell can be slow to read. */
const MAX_CELL = 5000;

/** One line of text: no control characters, no runs of spaces (of any width), nothing around it. */
export function tidyLine(text: string): string {
  return text
    .slice(0, MAX_CELL)
    .replace(CONTROLS, ' ')
    .replace(LONE_SURROGATE, '')
    .replace(/[\s\u00a0\u202f\ufeff]+/g, ' ')
    .trim();
}

/** Several lines of text, each tidy. */
export function tidyLines(text: string): string {
  return text.split('\n').map(tidyLine).join('\n').trim();
}

/** Cuts a text to a number of code units without cutting a character in two. */
export function cutText(text: string, maxLength: number): string {
  return text.length <= maxLength
    ? text
    : text
        .slice(0, maxLength)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd();
}
