import { deflateSync } from 'node:zlib';
import type { PaperRequest } from '#shared/papers/request.ts';
import { performAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { assetDraft, MINISTRY_ID, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

export const CABINET = '00000000-0000-4000-8000-000000000012';
/** 8 × 8 white pixels. */
export const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d494844520000000800000008080200000', 'hex'),
  deflateSync(Buffer.alloc(8 * 25, 255)),
]);

export function openWithPlaces(role: 'dsi' | 'comptable' | 'technicien' | 'consultation' = 'dsi'): Register {
  const register = openTestRegister({ role });
  const ministryId = MINISTRY_ID;
  register.table('structures').put(
    [
      {
        id: STRUCTURE_ID,
        ministryId,
        kind: 'central-directorate',
        name: 'Direction des systèmes d’information',
        acronym: 'DSI',
      },
      { id: CABINET, ministryId, kind: 'cabinet', name: 'Cabinet du ministre' },
    ],
    'command',
  );
  register.table('sites').put([{ id: SITE_ID, ministryId, kind: 'site', name: 'Immeuble du ministère' }], 'command');
  register.table('references').put(
    [
      {
        id: '00000000-0000-4000-8000-000000000021',
        ministryId,
        kind: 'equipment-type',
        code: 'PCP',
        label: 'Ordinateur portable',
        active: true,
      },
    ],
    'command',
  );
  return register;
}

export function add(register: Register, count: number, fields = {}): string[] {
  return Array.from(
    { length: count },
    (_, index) =>
      createAsset(register, {
        draft: assetDraft({
          serialNumber: `SN-${index}-${JSON.stringify(fields).length}`,
          acquisitionValue: 450_000,
          ...fields,
        }),
        status: 'in-stock',
      }).id,
  );
}

export function assign(register: Register, assetIds: string[]) {
  return performAct(register, {
    act: 'assignment',
    assetIds,
    holderKind: 'agent',
    holderName: 'Koffi Ahouansou',
    structureId: CABINET,
    siteId: SITE_ID,
    room: 'Bureau 12',
    reason: 'Prise de service',
  });
}

export function slip(actId: string, change: Partial<PaperRequest> = {}): PaperRequest {
  return { kind: 'assignment-slip', source: { type: 'act', actId }, signatures: [], ...change };
}
