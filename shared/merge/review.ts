import { MAX_OVERRULED } from '../schema/review.ts';
import { type Fields, isSame, type MergeResult, mergeThreeWay } from './three-way.ts';
import { isFields } from './type-content.ts';

/**
 * Merges two states of a review (SPEC V5). Whether it is decided, and how, is one fact: the side that changed it gives it,
 * and where both did the endpoint's stands, so that the decision that came first is the one that holds. The other is kept
 * beside it. Two records that were merged are one, whatever was said of them elsewhere. The first opening stays.
 */
export function mergeReview(base: Fields | undefined, mine: Fields, theirs: Fields): MergeResult {
  const standing = isMineStanding(base, mine, theirs) ? mine : theirs;
  const lost = [mine, theirs].flatMap((side) => (side === standing ? [] : newDecision(base, side)));
  const overruled = unite([base, theirs, mine].flatMap(overruledOf).concat(lost), standing.decision);
  const { merged } = mergeThreeWay(base && opening(base), opening(mine), opening(theirs));
  return {
    merged: {
      ...merged,
      state: standing.state,
      ...(standing.decision !== undefined && { decision: standing.decision }),
      ...(overruled.length > 0 && { overruled }),
    },
    conflicts: [],
  };
}

function isMineStanding(base: Fields | undefined, mine: Fields, theirs: Fields): boolean {
  const before = base?.decision;
  if (isSame(mine.decision, before)) return false;
  if (isSame(theirs.decision, before)) return true;
  return outcomeOf(mine) === 'merged' && outcomeOf(theirs) !== 'merged';
}

/** A decision that this side brought and that stands no more. */
function newDecision(base: Fields | undefined, { decision }: Fields): Fields[] {
  return isFields(decision) && !isSame(decision, base?.decision) ? [decision] : [];
}

function outcomeOf({ decision }: Fields): unknown {
  return isFields(decision) ? decision.outcome : undefined;
}

function overruledOf(review: Fields | undefined): Fields[] {
  return Array.isArray(review?.overruled) ? review.overruled.filter(isFields) : [];
}

function unite(decisions: readonly Fields[], standing: unknown): Fields[] {
  const united: Fields[] = [];
  for (const decision of decisions) {
    if (!isSame(decision, standing) && !united.some((one) => isSame(one, decision))) united.push(decision);
  }
  return united.slice(-MAX_OVERRULED);
}

/** What is not about its decision. */
function opening({ state: _, decision: __, overruled: ___, ...rest }: Fields): Fields {
  return rest;
}
