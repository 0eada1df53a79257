import { isPartialDate, type PartialDate } from './date.ts';

/**
 * Days as small numbers, 1 for 1 January 1950, so that a million of them take two bytes each. Earlier and later days
 * count as the first and the last that fit (in 2129). 0 is an unknown day.
 */
export const DAY_NUMBERS = 65_536;

const DAY = 86_400_000;
const BEFORE_FIRST = Date.UTC(1950, 0, 1) / DAY - 1;
/** Benin has one time zone, UTC+1 without summer time. */
const BENIN_OFFSET = 3_600_000;

/** The first day that a date may mean: `2024` is 1 January. 0 for what is no date. */
export function firstDay(date: PartialDate): number {
  if (!isPartialDate(date)) return 0;
  const { year, month = 1, day = 1 } = partsOf(date);
  return dayNumber(Date.UTC(year, month - 1, day));
}

/** The last day that a date may mean: `2024` is 31 December. 0 for what is no date. */
export function lastDay(date: PartialDate): number {
  if (!isPartialDate(date)) return 0;
  const { year, month = 12, day } = partsOf(date);
  return dayNumber(day === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, day));
}

/** `YYYY-MM-DD`. */
export function printDay(number: number): PartialDate {
  return new Date((number + BEFORE_FIRST) * DAY).toISOString().slice(0, 10);
}

/** The day it is in Benin, `YYYY-MM-DD`. */
export function dayInBenin(milliseconds: number): PartialDate {
  return new Date(milliseconds + BENIN_OFFSET).toISOString().slice(0, 10);
}

/** First and last day of the acquisitions that are so many full years old; those still to come are of age 0. */
export function daysOfAge(years: number, today: PartialDate): readonly [number, number] {
  const from = Math.max(1, anniversary(today, years + 1) + 1);
  return [from, years === 0 ? DAY_NUMBERS - 1 : anniversary(today, years)];
}

/** So many years before; where February has no 29th day, its last one. */
function anniversary(today: PartialDate, yearsBefore: number): number {
  const { year, month = 1, day = 1 } = partsOf(today);
  const lastOfMonth = Date.UTC(year - yearsBefore, month, 0);
  return Math.min(Date.UTC(year - yearsBefore, month - 1, day), lastOfMonth) / DAY - BEFORE_FIRST;
}

function partsOf(date: PartialDate) {
  const [year = 0, month, day] = date.split('-').map(Number);
  return { year, month, day };
}

function dayNumber(milliseconds: number): number {
  return Math.min(DAY_NUMBERS - 1, Math.max(1, Math.round(milliseconds / DAY) - BEFORE_FIRST));
}
