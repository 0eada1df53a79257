import type { SyncState } from '#shared/protocol/data-port.ts';

/** How much of the first load is here, in whole per cent; 100 only when all is. */
export function loadedPercent({ rows, totalRows }: NonNullable<SyncState['loading']>): number {
  return Math.floor((100 * rows) / Math.max(1, totalRows));
}
