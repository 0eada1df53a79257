import type { ReviewChoice } from '../schema/review.ts';
import { fold } from './fold.ts';
import { isJunkSerial } from './serial-number.ts';

/** Why one of two values is proposed. */
export const SUGGESTION_REASONS = ['other-empty', 'placeholder', 'same-words', 'more-complete', 'later'] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

export type Suggestion = { readonly choice: Exclude<ReviewChoice, 'other'>; readonly reason: SuggestionReason };

type Values = { readonly field: string; readonly mine?: unknown; readonly theirs?: unknown };
/** Instants that the devices declared: a hint among others, which orders nothing by itself. */
type Times = { readonly mine?: string | undefined; readonly theirs?: string | undefined };

/** Milliseconds: clocks of two desktops differ by less, and so does work on one thing on one day. */
const CLEARLY_LATER = 24 * 60 * 60 * 1000;

/** Which value a person would most probably keep, and why; nothing where only a person can tell. */
export function suggest({ field, mine, theirs }: Values, times: Times = {}): Suggestion | undefined {
  if (isEmpty(theirs) !== isEmpty(mine)) return { choice: isEmpty(mine) ? 'theirs' : 'mine', reason: 'other-empty' };
  if (typeof mine === 'string' && typeof theirs === 'string') {
    const byText = suggestText(field, mine, theirs);
    if (byText) return byText;
  }
  return suggestLater(times);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function suggestText(field: string, mine: string, theirs: string): Suggestion | undefined {
  if (field === 'serialNumber' && isJunkSerial(mine) !== isJunkSerial(theirs)) {
    return { choice: isJunkSerial(mine) ? 'theirs' : 'mine', reason: 'placeholder' };
  }
  const [ours, others] = [fold(mine), fold(theirs)];
  if (ours === others) return { choice: 'theirs', reason: 'same-words' };
  const holds = (whole: string, part: string) => part.length > 2 && ` ${whole} `.includes(` ${part} `);
  if (holds(ours, others)) return { choice: 'mine', reason: 'more-complete' };
  return holds(others, ours) ? { choice: 'theirs', reason: 'more-complete' } : undefined;
}

function suggestLater({ mine, theirs }: Times): Suggestion | undefined {
  if (!mine || !theirs) return undefined;
  const difference = Date.parse(mine) - Date.parse(theirs);
  if (Math.abs(difference) < CLEARLY_LATER) return undefined;
  return { choice: difference > 0 ? 'mine' : 'theirs', reason: 'later' };
}
