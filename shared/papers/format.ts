import { isPartialDate, type PartialDate } from '../domain/date.ts';

const NARROW_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';
/** Benin: UTC+1 all year. */
const OFFSET = 60 * 60 * 1000;

/** What a paper says of a fact that nobody knows. */
export const UNKNOWN = 'inconnu';
/** Stands for values that differ from line to line. */
export const SEVERAL = 'divers';
/** Room to write by hand. */
export const DOTS = '…………………………';

const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** `2019-03-14` → `14/03/2019`, `2019-03` → `03/2019`, `2019` → `2019`; an instant gives its day in Benin, words stay. */
export function printDate(date: PartialDate | string): string {
  if (isPartialDate(date)) return date.split('-').reverse().join('/');
  return INSTANT.test(date) ? dayOf(date).split('-').reverse().join('/') : date;
}

/** The day of an instant in Benin, `YYYY-MM-DD`. */
export function dayOf(instant: string): string {
  return new Date(new Date(instant).getTime() + OFFSET).toISOString().slice(0, 10);
}

/** The first and the last instant of days in Benin. */
export function instantsOf(from: string, to: string): { readonly first: string; readonly last: string } {
  const at = (day: string, time: string) => new Date(new Date(`${day}T${time}Z`).getTime() - OFFSET).toISOString();
  return { first: at(from, '00:00:00.000'), last: at(to, '23:59:59.999') };
}

/** `12 345`, with narrow no-break spaces. */
export function printInteger(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, NARROW_SPACE);
}

/** Integer F CFA: `350 000 F CFA`. */
export function printFrancs(francs: number): string {
  return `${printInteger(francs)}${NO_BREAK_SPACE}F${NO_BREAK_SPACE}CFA`;
}

/** French typography: a space before `: ; ? ! »` and after `«` never breaks a line, nor do those of `N° 12` and `F CFA`. */
export function withFrenchSpaces(text: string): string {
  return text
    .replace(/ ([:;?!»])/g, `${NO_BREAK_SPACE}$1`)
    .replace(/« /g, `«${NO_BREAK_SPACE}`)
    .replace(/([Nn]°) /g, `$1${NO_BREAK_SPACE}`)
    .replace(/\bF CFA\b/g, `F${NO_BREAK_SPACE}CFA`);
}
