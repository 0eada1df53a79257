import { Value } from 'typebox/value';
import { mayWrite, mayWriteRow, SHARED_KIND } from '#shared/domain/roles.ts';
import { Epoch, type WireDocument } from '#shared/protocol/replication.ts';
import { COLLECTIONS, type CollectionName } from '#shared/schema/collections.ts';
import { forgetFilesTold } from '../parcels/files-told.ts';
import type { Register } from '../register.ts';
import { keepCheckpoint, readCheckpoint } from './checkpoint.ts';

const EPOCH = 'sync.epoch';

/** The epoch of this desktop's checkpoint and sequences (SPEC S19); none before the endpoint named one. */
export function readEpoch(register: Register): Epoch | undefined {
  const stored = register.meta.get(EPOCH);
  return Value.Check(Epoch, stored) ? stored : undefined;
}

/**
 * The endpoint lost what came after the epoch's sequence: this desktop goes back to it, and sends again what it knows to
 * have been acknowledged there. What is not its role's to write, another desktop sends. The push whose answer has not come
 * stays as it is: it may be in the backup.
 */
export function goToEpoch(register: Register, epoch: Epoch): { readonly settled: number; readonly more: boolean } {
  const { role } = register.identity.require().person;
  const names = COLLECTIONS.map(({ name }) => name).filter((name) => mayWrite(role, name));
  const isWhole = (name: CollectionName) => mayWriteRow(role, name, {});
  return register.transaction(() => {
    register.waiting.goBack(epoch.seq, names.filter(isWhole));
    for (const name of names)
      if (!isWhole(name)) register.waiting.goBack(epoch.seq, [name], sharedRows(register, name));
    register.waiting.forgetReceiptsAfter(epoch.seq);
    keepCheckpoint(register, { seq: Math.min(readCheckpoint(register).seq, epoch.seq) });
    forgetFilesTold(register);
    register.meta.set(EPOCH, { number: epoch.number, seq: epoch.seq });
    return { settled: 1, more: true };
  });
}

/** Of a collection that is not this role's as a whole: what is. */
function sharedRows(register: Register, name: CollectionName): readonly string[] {
  const { tableName } = register.table(name);
  return register.connection.values<string>(`SELECT id FROM ${tableName} WHERE body->>'$.kind' = ?`, [SHARED_KIND]);
}

/**
 * Whether sequences of this epoch up to one may be taken in here. A later epoch than this desktop's is entered first; what
 * an earlier one gave after the backup means nothing any more. Call inside a transaction.
 */
export function enterEpoch(register: Register, epoch: Epoch, seq: number): boolean {
  const here = readEpoch(register);
  if (epoch.number > (here?.number ?? 1)) goToEpoch(register, epoch);
  return !here || epoch.number >= here.number || seq <= here.seq;
}

/**
 * What a row that heals the endpoint has in common with it. A state from before the epoch is one that this desktop's came
 * after: nothing of it is in dispute. A later one came from another desktop: where they differ, a person decides (M4).
 */
export function baseOfHealing(
  register: Register,
  { master, seq }: { readonly master: WireDocument; readonly seq: number },
): WireDocument | undefined {
  return seq <= (readEpoch(register)?.seq ?? 0) ? master : undefined;
}
