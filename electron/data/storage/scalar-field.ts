/**
 * A field whose declared type is one scalar type, reached through declared objects only: what SQL can compare exactly.
 * `sql` is the expression that indexes and conditions share; SQLite recognises an indexed expression by its text.
 */
export type ScalarField = {
  readonly path: string;
  readonly keys: readonly string[];
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  readonly sql: string;
  /** Present when the schema has an index with this field: RxDB then orders it by a padded text (SPEC D2). */
  readonly index?: IndexedText | IndexedNumber | 'boolean';
};

type IndexedText = { readonly maxLength: number };
type IndexedNumber = { readonly minimum: number; readonly maximum: number; readonly multiplier: number };

/**
 * How a stored value stands to its declared type.
 *
 * - `regular`: SQL and RxDB's memory storage compare it alike.
 * - `displaced`: regular, but its place among other texts differs: it holds characters after the surrogates (an emoji's
 *   U+FE0F is one), which UTF-8 puts before the emoji and UTF-16 behind them. It equals or equals not as in SQL.
 * - `odd`: they may not: a lone surrogate or U+10FFFF, spaces at the end or control characters in an index, a missing value in an index,
 *   a number with too many digits, another scalar type.
 * - `wild`: not a scalar; even RxDB's own comparison of it is no order.
 */
export type Regularity = 'regular' | 'displaced' | 'odd' | 'wild';

/** What a document holds at a path: `undefined` when absent; `wild` when the way there is not made of plain objects. */
export function regularityAt(field: ScalarField, document: Readonly<Record<string, unknown>>): Regularity {
  let value: unknown = document;
  for (const key of field.keys) {
    if (value === undefined) break;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'wild';
    // A plain object, as just checked.
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (value === undefined) return field.index ? 'odd' : 'regular';
  if (typeof value === 'object' && value !== null) return 'wild';
  return regularityOf(field, value);
}

/** True for a value of the field's type that SQL compares as RxDB's memory storage does, whichever index it uses. */
export function isRegularValue(field: ScalarField, value: unknown): boolean {
  return regularityOf(field, value) === 'regular';
}

function regularityOf(field: ScalarField, value: unknown): Regularity {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? 'regular' : 'odd';
    case 'string':
      return typeof value === 'string' ? regularityOfText(field, value) : 'odd';
    case 'number':
    case 'integer':
      return typeof value === 'number' && isRegularNumber(field, value) ? 'regular' : 'odd';
  }
}

/** What almost every text consists of: one look tells that it is regular, in an index or not. */
const PLAIN_TEXT = /^[ -\uD7FF]*[!-\uD7FF]$/;
const DISPLACED_CHARACTER = /[\u{E000}-\u{FFFF}]/u;
/** A lone surrogate, which is not UTF-8; the last character of all, by which displaced texts are ordered. */
const ODD_CHARACTER = /[\u{D800}-\u{DFFF}\u{10FFFF}]/u;
/** RxDB fills texts up with spaces to compare them in an index, and bounds them with the last character of all. */
const READABLE_IN_INDEX = /^[ -\uFFFE]*[!-\uFFFE]$/;

function regularityOfText({ index }: ScalarField, value: string): Regularity {
  // The kind of index follows from the field's type.
  const maxLength = index === undefined ? Number.POSITIVE_INFINITY : (index as IndexedText).maxLength;
  if (value.length > maxLength) return 'odd';
  if (PLAIN_TEXT.test(value)) return 'regular';
  const isReadable = index === undefined ? !value.includes('\0') : READABLE_IN_INDEX.test(value);
  if (!isReadable || ODD_CHARACTER.test(value)) return 'odd';
  return DISPLACED_CHARACTER.test(value) ? 'displaced' : 'regular';
}

/** Longest decimal notation that SQLite reads back as the same double, digits. */
const EXACT_DIGITS = 15;

function isRegularNumber(field: ScalarField, value: number): boolean {
  if (!Number.isSafeInteger(value) && !isShortDecimal(value)) return false;
  if (field.index === undefined) return true;
  // The kind of index follows from the field's type.
  const { minimum, maximum, multiplier } = field.index as IndexedNumber;
  return value >= minimum && value <= maximum && Math.round(value * multiplier) / multiplier === value;
}

function isShortDecimal(value: number): boolean {
  const notation = String(value);
  return /^-?\d+\.\d+$/.test(notation) && notation.length <= EXACT_DIGITS + 1;
}
