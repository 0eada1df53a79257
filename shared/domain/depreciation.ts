import { isPartialDate, type PartialDate } from './date.ts';

/** Straight-line depreciation as it stands on a day. Amounts in F CFA; months are whole months gone by. */
export type Depreciation = {
  /** Day it counts from, `YYYY-MM-DD`. */
  readonly from: string;
  /** What is known of that day: a month counts from its first day, a year from 1 January. */
  readonly precision: 'day' | 'month' | 'year';
  /** True where the day of acquisition stands in for that of commissioning. */
  readonly isFromAcquisition: boolean;
  readonly lifetimeMonths: number;
  readonly elapsedMonths: number;
  readonly cumulated: number;
  /** What is left of the value; never below 0. */
  readonly net: number;
};

export type DepreciationFacts = {
  readonly acquisitionValue?: number | undefined;
  readonly commissioningDate?: PartialDate | undefined;
  readonly acquisitionDate?: PartialDate | undefined;
  /** Of the asset, or else of its type; nobody's rate is filled in by default. */
  readonly lifetimeMonths?: number | undefined;
};

const PRECISIONS = { 4: 'year', 7: 'month', 10: 'day' } as const;

/** Only where value, date and duration are known. `day` is `YYYY-MM-DD`. */
export function depreciationAt(facts: DepreciationFacts, day: string): Depreciation | undefined {
  const { acquisitionValue, commissioningDate, acquisitionDate, lifetimeMonths } = facts;
  const date = commissioningDate ?? acquisitionDate;
  if (acquisitionValue === undefined || date === undefined || !lifetimeMonths || !isPartialDate(date)) return undefined;
  const from = `${date}-01-01`.slice(0, 10);
  const elapsedMonths = Math.min(lifetimeMonths, monthsBetween(from, day));
  const cumulated = Math.floor((acquisitionValue * elapsedMonths) / lifetimeMonths);
  return {
    from,
    // A partial date has one of these lengths.
    precision: PRECISIONS[date.length as keyof typeof PRECISIONS],
    isFromAcquisition: commissioningDate === undefined,
    lifetimeMonths,
    elapsedMonths,
    cumulated,
    net: acquisitionValue - cumulated,
  };
}

/** Whole months from one day to another; 0 before it. */
function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const isLastDay = toDay === new Date(Date.UTC(toYear, toMonth, 0)).getUTCDate();
  const months = (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDay < fromDay && !isLastDay ? 1 : 0);
  return Math.max(0, months);
}
