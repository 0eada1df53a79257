import type { AssetStatus } from '../schema/asset.ts';
import { ACT_NAMES, ruleOf } from './lifecycle.ts';

/** Where an asset still is, or is expected back, in its ministry's hands. */
const PRESENT = ['in-stock', 'in-service', 'active'] as const satisfies readonly AssetStatus[];

/** What the acts of the table lead to from a status, in one step or several. */
function reachableFrom(status: AssetStatus): ReadonlySet<AssetStatus> {
  const reached = new Set<AssetStatus>([status]);
  // A set is walked in the order in which it grows.
  for (const from of reached) {
    for (const act of ACT_NAMES) {
      const rule = ruleOf(act);
      if (rule.from.includes(from)) for (const to of rule.to) reached.add(to);
    }
  }
  return reached;
}

const LEFT = new Map<AssetStatus, boolean>();

/** Whether the table of acts knows no way back from here: disposed, ceded, destroyed, handed over, merged (SPEC V1). */
export function hasLeftForGood(status: AssetStatus): boolean {
  const known = LEFT.get(status);
  if (known !== undefined) return known;
  const reached = reachableFrom(status);
  const hasLeft = !PRESENT.some((present) => reached.has(present));
  LEFT.set(status, hasLeft);
  return hasLeft;
}
