import { AppError } from '#shared/domain/errors.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Register } from '../register.ts';
import { changeAsset, requireMayAct } from './act-commands.ts';
import { changeOf } from './asset-commands.ts';
import { requireAsset } from './assets.ts';
import { requireStorableText } from './storable-text.ts';

/**
 * Makes two records of one thing one record (SPEC A12): the kept one takes the values that were chosen from the other, the
 * other stays in the register as `merged` and points at it. One act, taken back by `undoAct` like any other.
 */
export function mergeAssets(register: Register, input: CommandInput<'mergeAssets'>): CommandOutput['mergeAssets'] {
  requireMayAct('record-merge', register.identity.require());
  const { keepId, otherId, changes, reason } = input;
  requireStorableText({ ...changes, reason });
  return register.transaction(() => {
    const [kept, other] = [requireAsset(register, keepId), requireAsset(register, otherId)];
    requireMergeable(kept, other);
    const entry = { kind: 'act', act: 'record-merge', actId: register.environment.newId(), reason } as const;
    changeAsset(register, other, { ...other, status: 'merged', mergedIntoId: kept.id }, entry);
    changeAsset(register, kept, changeOf(kept, changes), entry);
    return { actId: entry.actId, changed: 2 };
  });
}

function requireMergeable(kept: Asset, other: Asset): void {
  const refuse = (problem: string, reference: string) => {
    throw new AppError('COMMAND_INVALID', 'These records cannot be merged', {
      details: { field: 'otherId', problem, reference },
    });
  };
  if (kept.id === other.id) refuse('same-record', other.reference);
  if (kept.nature !== other.nature) refuse('other-nature', other.reference);
  for (const { status, reference } of [kept, other]) if (status === 'merged') refuse('already-merged', reference);
}
