import type { AssetStatus } from '../schema/asset.ts';

/** From each status, the statuses an asset may pass to. A status never changes outside this table (SPEC A4). */
export const TRANSITIONS: Readonly<Record<AssetStatus, readonly AssetStatus[]>> = {
  'in-stock': ['in-service', 'in-repair', 'on-loan', 'lost', 'stolen', 'proposed-for-disposal'],
  'in-service': ['in-stock', 'in-repair', 'on-loan', 'lost', 'stolen', 'proposed-for-disposal'],
  'in-repair': ['in-stock', 'in-service', 'lost', 'stolen', 'proposed-for-disposal'],
  'on-loan': ['in-stock', 'in-service', 'lost', 'stolen'],
  lost: ['in-stock', 'proposed-for-disposal'],
  stolen: ['in-stock', 'proposed-for-disposal'],
  'proposed-for-disposal': ['in-stock', 'in-service', 'disposed'],
  disposed: ['ceded'],
  ceded: [],
};

/** Statuses that need a written reason: the asset leaves the eyes of its holder. */
const REASON_REQUIRED: ReadonlySet<AssetStatus> = new Set([
  'lost',
  'stolen',
  'proposed-for-disposal',
  'disposed',
  'ceded',
]);

export function isReasonRequired(to: AssetStatus): boolean {
  return REASON_REQUIRED.has(to);
}

export function canTransition(from: AssetStatus, to: AssetStatus): boolean {
  return TRANSITIONS[from].includes(to);
}
