import type { FleetDevice } from '#shared/protocol/fleet.ts';

const MINUTE = 60_000;
const SILENT_DAYS = 7;
/** A clock that is further off is shown (SPEC S17). */
const TOLERANCE = 5 * MINUTE;

/** Not heard of for more than seven days before `time`; a desktop that was never heard of counts from its enrolment. */
export function isSilent({ lastContact, enrolledAt }: FleetDevice, time: string): boolean {
  return Date.parse(time) - Date.parse(lastContact ?? enrolledAt) > SILENT_DAYS * 24 * 60 * MINUTE;
}

/** @param clock milliseconds ahead of the endpoint's */
export function clockText(
  clock: number | undefined,
): { readonly kind: 'unknown' | 'fine' } | { readonly kind: 'ahead' | 'behind'; readonly minutes: number } {
  if (clock === undefined) return { kind: 'unknown' };
  if (Math.abs(clock) <= TOLERANCE) return { kind: 'fine' };
  return { kind: clock > 0 ? 'ahead' : 'behind', minutes: Math.round(Math.abs(clock) / MINUTE) };
}
