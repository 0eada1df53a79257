import { refusalReason } from '#shared/protocol/refusal.ts';
import { isEqualJson } from './equality.ts';
import type { Candidate, Master, Refusal } from './wire.ts';

export type Decision =
  | { readonly outcome: 'write' }
  /** Identical to what is stored already: accepted without a new sequence (SPEC S5). */
  | { readonly outcome: 'known'; readonly seq: number }
  | { readonly outcome: 'conflict'; readonly master: Master }
  | Refusal;

/**
 * What becomes of a row against the current master. Identity comes first, so that a retry after a lost answer is
 * accepted whatever else has a say (SPEC S5); the journal's rule comes before conflicts (SPEC J1).
 */
export function decide(candidate: Candidate, master: Master | undefined): Decision {
  if (master && master.isDeleted === candidate.isDeleted && isEqualJson(master.body, candidate.body)) {
    return { outcome: 'known', seq: master.seq };
  }
  if (master && candidate.isAppendOnly) {
    return { outcome: 'refused', reason: refusalReason('append-only') };
  }
  // A master that the client knows and the endpoint does not (an older backup came back) is no conflict: the row heals it.
  if (master && !isAssumed(candidate.assumedMaster, master)) return { outcome: 'conflict', master };
  return candidate.refuseChange?.(master && !master.isDeleted ? master.body : undefined) ?? { outcome: 'write' };
}

function isAssumed(assumed: Candidate['assumedMaster'], master: Master): boolean {
  return assumed !== undefined && assumed.isDeleted === master.isDeleted && isEqualJson(assumed.body, master.body);
}
