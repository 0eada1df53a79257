import { Type } from 'typebox';
import type { CommandInput, CommandOutput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Review } from '#shared/schema/review.ts';
import { hasShape } from '../port/shape.ts';
import type { Register } from '../register.ts';
import { findReviews } from './rows.ts';

const SEEN_KEY = 'reviews.lateDecisionsSeen';
const Seen = Type.Array(Type.String());

/** Decisions made on this desktop that reached the endpoint too late, until somebody saw that they do not stand (SPEC V5). */
export function getLateDecisions(register: Register): QuestionOutput['getLateDecisions'] {
  const seen = new Set(readSeen(register));
  return { decisions: lateDecisions(register).filter(({ actId }) => !seen.has(actId)) };
}

/** They were seen: also after a restart nobody is told again. */
export function noteLateDecisionsSeen(
  register: Register,
  { actIds }: CommandInput<'noteLateDecisionsSeen'>,
): CommandOutput['noteLateDecisionsSeen'] {
  return register.transaction(() => {
    const known = new Set(lateDecisions(register).map(({ actId }) => actId));
    const seen = new Set([...readSeen(register), ...actIds].filter((actId) => known.has(actId)));
    register.meta.set(SEEN_KEY, [...seen]);
    return null;
  });
}

function readSeen(register: Register): readonly string[] {
  const stored = register.meta.get(SEEN_KEY);
  return hasShape(Seen, stored) ? stored : [];
}

function lateDecisions(register: Register): QuestionOutput['getLateDecisions']['decisions'] {
  const device = register.identity.get()?.device;
  if (!device) return [];
  const lost = `EXISTS (SELECT 1 FROM json_each(body, '$.overruled') lost WHERE lost.value->>'$.deviceId' = ?)`;
  return findReviews(register, lost, [device.id]).flatMap((review) => lateOf(review, device.id));
}

function lateOf({ id, decision, overruled = [] }: Review, deviceId: string) {
  return overruled
    .filter((lost) => lost.deviceId === deviceId)
    .map(({ actId }) => ({ reviewId: id, actId, by: decision?.author.name ?? '' }));
}
