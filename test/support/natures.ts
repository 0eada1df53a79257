import type { AssetDraft } from '#shared/domain/asset.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import { createAsset } from '../../electron/data/commands/asset-commands.ts';
import type { Register } from '../../electron/data/register.ts';
import { MINISTRY_ID, SITE_ID, STRUCTURE_ID } from './asset-draft.ts';

const OFFICE: AssetDraft = {
  nature: 'licence',
  typeCode: 'LBU',
  designation: 'Suite bureautique',
  brand: 'Éditeur',
  licenceKind: 'subscription',
  structureId: STRUCTURE_ID,
};

const TONER: AssetDraft = {
  nature: 'consumable',
  typeCode: 'CEN',
  designation: 'Toner noir 59A',
  unit: 'pièce',
  structureId: STRUCTURE_ID,
  siteId: SITE_ID,
};

const MAINTENANCE: AssetDraft = {
  nature: 'contract',
  typeCode: 'KMA',
  designation: 'Maintenance des imprimantes',
  supplier: 'Sènan et fils',
  structureId: STRUCTURE_ID,
};

export function licenceDraft(fields: Partial<AssetDraft> = {}): AssetDraft {
  return { ...OFFICE, ...fields };
}

export function consumableDraft(fields: Partial<AssetDraft> = {}): AssetDraft {
  return { ...TONER, ...fields };
}

export function contractDraft(fields: Partial<AssetDraft> = {}): AssetDraft {
  return { ...MAINTENANCE, ...fields };
}

export function addLicence(register: Register, fields: Partial<AssetDraft> = {}): string {
  return createAsset(register, { draft: licenceDraft(fields), status: 'active' }).id;
}

export function addConsumable(register: Register, fields: Partial<AssetDraft> = {}): string {
  return createAsset(register, { draft: consumableDraft(fields), status: 'in-stock' }).id;
}

export function addContract(register: Register, fields: Partial<AssetDraft> = {}): string {
  return createAsset(register, { draft: contractDraft(fields), status: 'active' }).id;
}

/** An equipment type as an administrator leaves it. */
export function addType(register: Register, code: string, content: TypeContent): void {
  const row = { ministryId: MINISTRY_ID, kind: 'equipment-type', code, label: code, active: true, content };
  register.table('references').put([{ id: register.environment.newId(), ...row }], 'endpoint');
}
