import { AppError } from '#shared/domain/errors.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import { LINK_KINDS } from '#shared/protocol/links.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Register } from '../register.ts';
import { closeTwinReviews } from '../reviews/twins.ts';
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
    const attached = attachedTo(register, other).filter((id) => id !== kept.id);
    const stock = register.stockIndex.of(other.id);
    const moved = (quantity: number) => (stock === 0 ? entry : { ...entry, quantity });
    changeAsset(register, other, { ...other, status: 'merged', mergedIntoId: kept.id }, moved(-stock));
    changeAsset(register, kept, attachedElsewhere(changeOf(kept, changes), other.id, undefined), moved(stock));
    for (const id of attached) {
      const holder = requireAsset(register, id);
      changeAsset(register, holder, attachedElsewhere(holder, other.id, kept.id), entry);
    }
    closeTwinReviews(register, [kept.id, other.id], entry.actId);
    return { actId: entry.actId, changed: 2 + attached.length };
  });
}

/** Everything that hangs on a record: its parts, what uses it as a licence, what it covers as a contract. */
function attachedTo(register: Register, { id }: Asset): string[] {
  const all = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
  return [
    ...new Set(LINK_KINDS.flatMap((kind) => register.linkIndex.find(kind, id, all).links.map((link) => link.id))),
  ];
}

/** The holder of links to one record with these links to another instead, or to none. Seats of both are added. */
function attachedElsewhere(holder: Asset, from: string, to: string | undefined): Asset {
  const { parentId, licences, contracts, ...rest } = holder;
  const whole = parentId === from ? to : parentId;
  const used = moveLink(licences, from, to, (one, other) => one + other);
  const covering = moveLink(contracts, from, to, () => true as const);
  return {
    ...rest,
    ...(whole !== undefined && { parentId: whole }),
    ...(used && { licences: used }),
    ...(covering && { contracts: covering }),
  };
}

function moveLink<Value>(
  links: Readonly<Record<string, Value>> | undefined,
  from: string,
  to: string | undefined,
  join: (one: Value, other: Value) => Value,
): Readonly<Record<string, Value>> | undefined {
  const { [from]: moved, ...others } = links ?? {};
  if (moved === undefined) return links;
  if (to === undefined) return Object.keys(others).length > 0 ? others : undefined;
  const known = others[to];
  return { ...others, [to]: known === undefined ? moved : join(known, moved) };
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
