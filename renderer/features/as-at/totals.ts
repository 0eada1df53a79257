import type { Asset, AssetStatus } from '#shared/schema/asset.ts';

export type Totals = {
  readonly count: number;
  /** F CFA; what is known of it. */
  readonly value: number;
  readonly withoutValue: number;
  readonly byStatus: ReadonlyMap<AssetStatus, { readonly count: number; readonly value: number }>;
};

export const NO_TOTALS: Totals = { count: 0, value: 0, withoutValue: 0, byStatus: new Map() };

/** The totals with these assets added. */
export function addTotals(totals: Totals, assets: readonly Asset[]): Totals {
  const byStatus = new Map(totals.byStatus);
  let { value, withoutValue } = totals;
  for (const { status, acquisitionValue } of assets) {
    const before = byStatus.get(status) ?? { count: 0, value: 0 };
    byStatus.set(status, { count: before.count + 1, value: before.value + (acquisitionValue ?? 0) });
    value += acquisitionValue ?? 0;
    if (acquisitionValue === undefined) withoutValue += 1;
  }
  return { count: totals.count + assets.length, value, withoutValue, byStatus };
}
