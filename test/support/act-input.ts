import type { ActInput } from '#shared/domain/act.ts';
import { type Act, type ActField, actsFor, ruleOf } from '#shared/domain/lifecycle.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { AssetStatus } from '#shared/schema/asset.ts';

export const WIPING = { method: 'Effacement de toutes les pistes', date: '2026-11-20' };

type Place = { readonly structureId: string; readonly siteId: string };
const NOWHERE = '00000000-0000-4000-8000-0000000000ff';

/** Something to say for all that any act may ask for. */
export function answersAt({ structureId, siteId }: Place): Readonly<Record<ActField, Partial<ActInput>>> {
  return {
    physicalState: { physicalState: 'fair' },
    holder: { holderKind: 'agent', holderName: 'Koffi Ahouansou' },
    place: { structureId, siteId, room: 'Bureau 12' },
    destination: { destinationStructureId: structureId },
    returnDate: { returnDate: '2026-12-31' },
    documentNumber: { documentNumber: 'PV 12/2026' },
    reason: { reason: 'Besoin du service' },
    repair: { repair: { fault: 'Ne démarre plus', work: 'Alimentation changée', cost: 25_000 } },
    wiping: { wiping: WIPING },
    quantity: { quantity: 12 },
    expiryDate: { expiryDate: '2027-12-31' },
    destinationMinistry: { destinationMinistry: 'Ministère de la Santé' },
  };
}

/** An act with all it requires and nothing besides; one that asks for a place needs one that exists. */
export function inputOf(
  act: Act,
  assetIds: readonly string[],
  more: Partial<ActInput> = {},
  place: Place = { structureId: NOWHERE, siteId: NOWHERE },
): ActInput {
  const answers = answersAt(place);
  const fields = ruleOf(act).requires.map((field) => answers[field]);
  return Object.assign({ act, assetIds: [...assetIds] }, ...fields, more);
}

/** What a role may do to an asset of this status wherever it is. */
export function actsWithoutPlace(status: AssetStatus, role: Role): Act[] {
  return actsFor(status, role).filter(
    (act) => !ruleOf(act).requires.some((field) => field === 'place' || field === 'destination'),
  );
}
