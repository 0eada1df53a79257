import type { AssetDraft } from '#shared/domain/asset.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { Identity } from '#shared/protocol/data-port.ts';
import type { Register } from '../../electron/data/register.ts';

export const MINISTRY_ID = '00000000-0000-4000-8000-000000000001';
export const STRUCTURE_ID = '00000000-0000-4000-8000-000000000002';
export const SITE_ID = '00000000-0000-4000-8000-000000000003';

const MINISTRY = { id: MINISTRY_ID, acronym: 'MND', name: 'Ministère du Numérique et de la Digitalisation' };

/** Enrols with an endpoint that nobody runs. */
export function enrolOffline(register: Register, role: Role, ministry: Identity['ministry'] = MINISTRY): void {
  register.identity.save(
    {
      token: 't'.repeat(43),
      ministry,
      person: { id: '00000000-0000-4000-8000-000000000004', name: 'Afiavi Dossou', role },
      device: { id: '00000000-0000-4000-8000-000000000005', code: 'K7', name: 'poste' },
    },
    'http://127.0.0.1:9',
  );
}

/** A complete draft; `fields` replaces what a test is about. */
export function assetDraft(fields: Partial<AssetDraft> = {}): AssetDraft {
  return {
    nature: 'hardware',
    typeCode: 'PCP',
    designation: 'Ordinateur portable Dell Latitude 5420',
    brand: 'Dell',
    model: 'Latitude 5420',
    serialNumber: '5CG-0482 KX',
    physicalState: 'good',
    structureId: STRUCTURE_ID,
    siteId: SITE_ID,
    holderKind: 'service',
    acquisitionMode: 'existing',
    ...fields,
  };
}
