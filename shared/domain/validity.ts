import type { PartialDate } from './date.ts';

/** What is in force from some date to another; either may be known by its year only, or not at all. */
export type Validity = {
  readonly validFrom?: PartialDate | undefined;
  readonly validTo?: PartialDate | undefined;
};

/** True when it ends before it begins, however the missing months and days are filled in. */
export function endsBeforeItBegins({ validFrom, validTo }: Validity): boolean {
  return validFrom !== undefined && validTo !== undefined && lastDay(validTo) < firstDay(validFrom);
}

/** True when its last day is over on `today` (`2026-11-23`). */
export function hasEnded({ validTo }: Validity, today: string): boolean {
  return validTo !== undefined && lastDay(validTo) < today;
}

function firstDay(date: PartialDate): string {
  return `${date}-01-01`.slice(0, 10);
}

/** No month has a 32nd day, so nothing compares as later within it. */
function lastDay(date: PartialDate): string {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7 ? `${date}-31` : date;
}
