import { ACT_NAMES, type Act, actsFor, isOfNature, ruleOf } from '#shared/domain/lifecycle.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Asset, AssetStatus, Nature } from '#shared/schema/asset.ts';

/** How a menu groups acts: what one is about to do with the asset. */
export const ACT_GROUPS = {
  holder: ['assignment', 'reassignment', 'loan', 'return'],
  way: ['dispatch', 'receipt', 'external-dispatch', 'handover'],
  repair: ['intervention', 'repair', 'repair-end'],
  loss: ['loss', 'theft', 'recovery'],
  end: ['disposal-proposal', 'proposal-withdrawal', 'disposal', 'cession', 'destruction'],
  stock: ['supply', 'issue', 'stock-count'],
  term: ['renewal-request', 'renewal', 'termination'],
} as const satisfies Readonly<Record<string, readonly Act[]>>;
export type ActGroup = keyof typeof ACT_GROUPS;
// The keys of the table.
export const ACT_GROUP_NAMES = Object.keys(ACT_GROUPS) as ActGroup[];

/** What one most often does to an asset of this status. */
const LIKELY: Readonly<Partial<Record<AssetStatus, readonly Act[]>>> = {
  'in-stock': ['assignment', 'loan'],
  'in-service': ['reassignment', 'repair'],
  'in-repair': ['repair-end', 'disposal-proposal'],
  'on-loan': ['return', 'repair'],
  'in-transit': ['receipt'],
  lost: ['recovery', 'disposal-proposal'],
  stolen: ['recovery', 'disposal-proposal'],
  'proposed-for-disposal': ['disposal', 'proposal-withdrawal'],
  disposed: ['cession', 'destruction'],
};
const LIKELY_OF: Readonly<Partial<Record<Nature, readonly Act[]>>> = {
  licence: ['renewal', 'renewal-request'],
  contract: ['renewal', 'renewal-request'],
  consumable: ['supply', 'issue'],
};
const BUTTONS = 2;

/** The acts that get a button of their own, the likeliest first; the others stand in the menu. */
export function likelyActs({ status, nature }: Pick<Asset, 'status' | 'nature'>, role: Role): Act[] {
  const possible = actsFor(status, role, nature);
  const likely = (LIKELY_OF[nature] ?? LIKELY[status] ?? []).filter((act) => possible.includes(act));
  return (likely.length > 0 ? likely : possible).slice(0, BUTTONS);
}

/** An act that cannot be done to all the assets, and how many of them stand against it, by status. */
export type Hindrance = { readonly act: Act; readonly statuses: readonly (readonly [AssetStatus, number])[] };

/** What a role may do to all these assets at once, and what stands against the rest of what it may do to some of them. */
export function sortActs(
  assets: readonly Pick<Asset, 'status' | 'nature'>[],
  role: Role,
): { readonly possible: Act[]; readonly hindered: Hindrance[] } {
  const counts = new Map<AssetStatus, number>();
  for (const { status } of assets) counts.set(status, (counts.get(status) ?? 0) + 1);
  const statuses = [...counts];
  const natures = [...new Set(assets.map(({ nature }) => nature))];
  const mine = ACT_NAMES.filter(
    (act) =>
      ruleOf(act).from.length > 0 &&
      ruleOf(act).roles.includes(role) &&
      natures.every((nature) => isOfNature(act, nature)),
  );
  const against = (act: Act) => statuses.filter(([status]) => !ruleOf(act).from.includes(status));
  return {
    possible: assets.length === 0 ? [] : mine.filter((act) => against(act).length === 0),
    hindered: mine
      .filter((act) => against(act).length > 0)
      .map((act) => ({ act, statuses: against(act) }))
      .sort((a, b) => countOf(a) - countOf(b)),
  };
}

function countOf({ statuses }: Hindrance): number {
  return statuses.reduce((sum, [, count]) => sum + count, 0);
}
