import { parsePartialDate, printPartialDate } from '../../text/partial-date.ts';

/** A date as it is typed; empty where there is none. */
export function showDate(date: string | undefined): string {
  return date === undefined ? '' : printPartialDate(date);
}

/** The date that was typed, nothing where nothing was; what is no date becomes one that the command refuses by name. */
export function readDate(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  return parsePartialDate(text) ?? IMPOSSIBLE;
}

const IMPOSSIBLE = '0000';
