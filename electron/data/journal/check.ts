import { ChainWalk } from '#shared/domain/journal-chain.ts';
import type { JournalCheck, JournalProgress } from '#shared/protocol/data-port.ts';
import { breathe } from '../breathe.ts';
import type { Register } from '../register.ts';
import { nodeCryptography } from './cryptography.ts';
import { devicesOf, entryIds, readEntries } from './entries.ts';

/** Entries per slice: between two of them windows are answered. */
const SLICE = 100;

/**
 * Verifies the whole journal (SPEC J5): every device's entries follow each other without a gap, each signed by that device.
 * Each problem is told with the entry where it shows; after the first one of a device the rest of its journal proves
 * nothing.
 */
export async function verifyJournal(
  register: Register,
  options: { readonly isCancelled: () => boolean; readonly publish: (progress: JournalProgress) => void },
): Promise<JournalCheck> {
  const devices = devicesOf(register).map((deviceId) => ({ deviceId, ids: entryIds(register, deviceId) }));
  const total = devices.reduce((sum, { ids }) => sum + ids.length, 0);
  const cryptography = nodeCryptography();
  const results: JournalCheck['devices'][number][] = [];
  let done = 0;
  for (const { deviceId, ids } of devices) {
    const walk = new ChainWalk(cryptography);
    let signed = 0;
    let firstBad: JournalCheck['devices'][number]['firstBad'];
    for (let from = 0; from < ids.length && !firstBad; from += SLICE) {
      if (options.isCancelled()) return { devices: results, entries: total, cancelled: true };
      for (const entry of readEntries(register, ids.slice(from, from + SLICE))) {
        const problem = walk.next(entry);
        if (problem) {
          firstBad = { id: entry.id, assetId: entry.assetId, deviceSequence: entry.deviceSequence, problem };
          break;
        }
        if (entry.chain) signed += 1;
      }
      options.publish({ done: done + Math.min(from + SLICE, ids.length), total });
      await breathe();
    }
    done += ids.length;
    results.push({ deviceId, entries: ids.length, signed, ...(firstBad && { firstBad }) });
  }
  return { devices: results, entries: total, cancelled: false };
}
