import type { PartialDate } from './date.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The last day of a partial date: of its year, its month, or itself. */
export function lastDay(date: PartialDate): string {
  const [year = 0, month = 12, day] = date.split('-').map(Number);
  if (day !== undefined) return date;
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Days from a day (`YYYY-MM-DD`) until the last one of a licence or contract; below 0 once it is over. */
export function daysUntil(end: PartialDate, day: string): number {
  return Math.round((Date.parse(lastDay(end)) - Date.parse(day)) / DAY);
}
