/** Benin is at UTC+1 all year. */
const OFFSET = 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** The day in Benin (`2026-11-23`) at an instant in milliseconds. */
export function dayAt(now: number): string {
  return new Date(now + OFFSET).toISOString().slice(0, 10);
}

/** The last instant of a day in Benin. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - OFFSET + DAY - 1).toISOString();
}

export function yesterday(now: number): string {
  return dayAt(now - DAY);
}

/** The day on which the books of the last year were closed. */
export function lastYearEnd(now: number): string {
  return `${Number(dayAt(now).slice(0, 4)) - 1}-12-31`;
}
