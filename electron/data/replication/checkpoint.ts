import type { Checkpoint } from '#shared/protocol/replication.ts';
import type { Register } from '../register.ts';

const CHECKPOINT = 'sync.checkpoint';

/** Up to where this desktop has pulled. */
export function readCheckpoint(register: Register): Checkpoint {
  const stored = register.meta.get(CHECKPOINT);
  const seq = typeof stored === 'object' && stored !== null && 'seq' in stored ? stored.seq : 0;
  return { seq: typeof seq === 'number' ? seq : 0 };
}

export function keepCheckpoint(register: Register, checkpoint: Checkpoint): void {
  register.meta.set(CHECKPOINT, checkpoint);
}

/** Everything up to this checkpoint is here; one that is ahead already stays. Call inside a transaction. */
export function keepAhead(register: Register, checkpoint: Checkpoint): void {
  if (checkpoint.seq > readCheckpoint(register).seq) keepCheckpoint(register, checkpoint);
}
