import { isPartialDate, type PartialDate } from '#shared/domain/date.ts';

const TYPED = /^(?:(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ])?(\d{4})$/;

/**
 * Reads what people write on papers: `2019`, `03/2019`, `14/03/2019` (also with `.`, `-` or a space, or eight digits),
 * and ISO dates pasted from elsewhere. `undefined` when it is no date.
 */
export function parsePartialDate(text: string): PartialDate | undefined {
  const typed = text.trim().replace(/^(\d{2})(\d{2})(\d{4})$/, '$1/$2/$3');
  if (isPartialDate(typed)) return typed;
  const match = TYPED.exec(typed);
  if (!match) return undefined;
  const [, day, month, year] = match;
  const date = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-');
  return isPartialDate(date) ? date : undefined;
}

/** `2019-03-14` → `14/03/2019`, `2019-03` → `03/2019`, `2019` → `2019`. */
export function printPartialDate(date: PartialDate): string {
  return date.split('-').reverse().join('/');
}
