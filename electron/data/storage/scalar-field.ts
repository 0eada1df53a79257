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
 * - `odd`: they may not: text whose order differs between UTF-8 and UTF-16, spaces at the end or control characters in an
 *   index, a missing value in an index, a number with too many digits, another scalar type.
 * - `wild`: not a scalar; even RxDB's own comparison of it is no order.
 */
export type Regularity = 'regular' | 'odd' | 'wild';

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
  return isRegularValue(field, value) ? 'regular' : 'odd';
}

/** True for a value of the field's type that SQL compares as RxDB's memory storage does, whichever index it uses. */
export function isRegularValue(field: ScalarField, value: unknown): boolean {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string' && isRegularText(field, value);
    case 'number':
    case 'integer':
      return typeof value === 'number' && isRegularNumber(field, value);
  }
}

/**
 * Characters whose order is the same in UTF-8 (SQL) and in UTF-16 (JavaScript): not those after the surrogates, whose place
 * differs against an emoji, and no lone surrogate. The second leaves out what RxDB's padding with spaces puts elsewhere.
 */
const IRREGULAR_TEXT = /[\u{D800}-\u{FFFF}]/u;
const REGULAR_TEXT_IN_INDEX = /^[ -\u{D7FF}\u{10000}-\u{10FFFF}]+$/u;

function isRegularText(field: ScalarField, value: string): boolean {
  if (field.index === undefined) return !IRREGULAR_TEXT.test(value) && !value.includes('\0');
  // The kind of index follows from the field's type.
  const { maxLength } = field.index as IndexedText;
  return value.length <= maxLength && !value.endsWith(' ') && REGULAR_TEXT_IN_INDEX.test(value);
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
