/** A date as old papers know it: a day, a month or only a year. Unknown is the absence of the field. */
export type PartialDate = string;

const PARTIAL_DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** True for `2024`, `2024-03`, `2024-03-31`; false for impossible days and years outside 1900–2999. */
export function isPartialDate(value: string): boolean {
  const match = PARTIAL_DATE.exec(value);
  if (!match) return false;
  const [, year, month = '01', day = '01'] = match;
  if (Number(year) < 1900 || Number(year) > 2999) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}
