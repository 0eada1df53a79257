import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import type { LinkKind } from '#shared/protocol/links.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { Register } from '../register.ts';
import { changeRecord, namingAsset } from './asset-commands.ts';
import { requireAsset } from './assets.ts';

/** Attaches assets to a whole, a licence or a contract: all of them or none, as one act (SPEC A8, A11). */
export function attachAssets(register: Register, input: CommandInput<'attachAssets'>): CommandOutput['attachAssets'] {
  register.identity.authorise('asset.update');
  const { kind, targetId, assetIds, seats = 1 } = input;
  return register.transaction(() => {
    const actId = register.environment.newId();
    const changed = assetIds.filter((id) => {
      const before = requireAsset(register, id);
      const changes = attached(before, kind, targetId, seats);
      return namingAsset(before, () => changeRecord(register, before, changes, { actId })).changed > 0;
    });
    return { actId, changed: changed.length };
  });
}

export function detachAsset(register: Register, input: CommandInput<'detachAsset'>): CommandOutput['detachAsset'] {
  register.identity.authorise('asset.update');
  const { kind, targetId, assetId } = input;
  return register.transaction(() => {
    const actId = register.environment.newId();
    const before = requireAsset(register, assetId);
    return { actId, ...changeRecord(register, before, detached(before, kind, targetId), { actId }) };
  });
}

type Changes = CommandInput<'updateAsset'>['changes'];

function attached({ licences, contracts }: Asset, kind: LinkKind, targetId: string, seats: number): Changes {
  switch (kind) {
    case 'part':
      return { parentId: targetId };
    case 'licence':
      return { licences: { ...licences, [targetId]: seats } };
    case 'contract':
      return { contracts: { ...contracts, [targetId]: true } };
  }
}

function detached({ parentId, licences, contracts }: Asset, kind: LinkKind, targetId: string): Changes {
  if (kind === 'part') return parentId === targetId ? { parentId: null } : {};
  return kind === 'licence' ? { licences: without(licences, targetId) } : { contracts: without(contracts, targetId) };
}

/** An empty field rather than one that holds nothing. */
function without<Value>(links: Readonly<Record<string, Value>> = {}, id: string): Record<string, Value> | null {
  const { [id]: _, ...rest } = links;
  return Object.keys(rest).length > 0 ? rest : null;
}
