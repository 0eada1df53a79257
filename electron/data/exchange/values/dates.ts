import { isPartialDate } from '#shared/domain/date.ts';
import { fold } from '#shared/domain/fold.ts';

/** Order of the first two numbers of `3/4/2021`. */
export type DateOrder = 'day-month' | 'month-day';
export type DateReading = { readonly date?: string; readonly warning?: 'bad-date' | 'date-from-number' };

const NUMERIC = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/;
const ISO = /^(\d{4})[/.-](\d{1,2})(?:[/.-](\d{1,2}))?$/;
const MONTH_YEAR = /^(\d{1,2})[/.-](\d{4})$/;
const TIME = /[T ]\d{1,2}[:h]\d{2}.*$/;

const MONTHS: readonly (readonly string[])[] = [
  ['janvier', 'january', 'janv', 'jan'],
  ['fevrier', 'february', 'fevr', 'fev', 'feb'],
  ['mars', 'march', 'mar'],
  ['avril', 'april', 'avr', 'apr'],
  ['mai', 'may'],
  ['juin', 'june', 'jun'],
  ['juillet', 'july', 'juil', 'jul'],
  ['aout', 'august', 'aug'],
  ['septembre', 'september', 'sept', 'sep'],
  ['octobre', 'october', 'oct'],
  ['novembre', 'november', 'nov'],
  ['decembre', 'december', 'dec'],
];
const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

function strip(source: string): string {
  return source.trim().replace(TIME, '').trim();
}

/**
 * Decides for a whole column: one date whose first number is above 12 shows that days come first, and the other way
 * round. Without evidence, or with as much on both sides, the French order.
 */
export function findDateOrder(column: Iterable<string>): DateOrder {
  let [daysFirst, monthsFirst] = [0, 0];
  for (const cell of column) {
    const match = NUMERIC.exec(strip(cell));
    if (Number(match?.[1]) > 12) daysFirst += 1;
    if (Number(match?.[2]) > 12) monthsFirst += 1;
  }
  return monthsFirst > daysFirst ? 'month-day' : 'day-month';
}

/** Two digits: up to 50 is this century. Nothing in a register of computers is older than 1951. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year + (year > 50 ? 1900 : 2000);
}

function write(year: number, month?: number, day?: number): DateReading {
  const parts = [String(year).padStart(4, '0')];
  if (month !== undefined) parts.push(String(month).padStart(2, '0'));
  if (day !== undefined) parts.push(String(day).padStart(2, '0'));
  const date = parts.join('-');
  return isPartialDate(date) ? { date } : { warning: 'bad-date' };
}

/** `12 mars 2019`, `mars 2019`, `12-mars-19`, `Mar 12, 2019`. */
function readWords(text: string): DateReading | undefined {
  const words = fold(text)
    .split(' ')
    .filter((word) => !['le', 'er', '1er'].includes(word) || word === '1er');
  const at = words.findIndex((word) => MONTH_NUMBERS.has(word));
  const month = MONTH_NUMBERS.get(words[at] ?? '');
  const numbers = words.filter((_, index) => index !== at).map((word) => word.replace(/^1er$/, '1'));
  if (month === undefined || numbers.some((word) => !/^\d{1,4}$/.test(word))) return undefined;
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return undefined;
  return second === undefined ? write(fullYear(first), month) : write(fullYear(second), month, Number(first));
}

/** Days since 30 December 1899: what remains of a date when a spreadsheet loses its format. 2000 to 2059 only. */
function readSpreadsheetNumber(text: string): DateReading | undefined {
  const days = Number(text);
  if (!/^\d{5}$/.test(text) || days < 36_526 || days > 58_440) return undefined;
  return { date: new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10), warning: 'date-from-number' };
}

/** Reads a date of any usual form, as precise as it is. */
export function readDate(source: string, order: DateOrder): DateReading {
  const text = strip(source);
  if (/^\d{4}$/.test(text)) return write(Number(text));
  const iso = ISO.exec(text);
  if (iso) return write(Number(iso[1]), Number(iso[2]), iso[3] === undefined ? undefined : Number(iso[3]));
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const [first, second, year] = [Number(numeric[1]), Number(numeric[2]), fullYear(numeric[3] ?? '')];
    return order === 'day-month' ? write(year, second, first) : write(year, first, second);
  }
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear) return write(Number(monthYear[2]), Number(monthYear[1]));
  return readWords(text) ?? readSpreadsheetNumber(text) ?? { warning: 'bad-date' };
}

/** Adds months to a date that has at least a month; the day stays within the month. */
export function addMonths(date: string, months: number): string | undefined {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return months % 12 === 0 ? String(year + months / 12) : undefined;
  const total = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(total / 12), (total % 12) + 1];
  const lastDay = new Date(Date.UTC(newYear, newMonth, 0)).getUTCDate();
  return write(newYear, newMonth, day === undefined ? undefined : Math.min(day, lastDay)).date;
}
