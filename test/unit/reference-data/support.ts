import type { Role } from '#shared/domain/roles.ts';
import type { CommandInput, CommandOutput } from '#shared/protocol/data-port.ts';
import type { ReferenceTarget } from '#shared/protocol/reference-data.ts';
import { ReferenceImports } from '../../../electron/data/reference-data/import/reference-imports.ts';
import { type ReferenceRows, readRows } from '../../../electron/data/reference-data/rows.ts';
import { saveReference, saveSite, saveStructure } from '../../../electron/data/reference-data/save.ts';
import type { Register } from '../../../electron/data/register.ts';
import { openTestRegister } from '../../support/register.ts';

/** A ministry with a general secretariat and its IT department, in one département with one commune and one site. */
export function openOrganised(role: Role = 'dsi') {
  const register = openTestRegister({ role });
  const ministry = structure(register, { kind: 'ministry', name: 'Ministère du Numérique', acronym: 'MND' });
  const secretariat = structure(register, {
    kind: 'general-secretariat',
    name: 'Secrétariat général',
    acronym: 'SGM',
    parentId: ministry,
  });
  const direction = structure(register, {
    kind: 'central-directorate',
    name: 'Direction des systèmes d’information',
    acronym: 'DSI',
    parentId: secretariat,
  });
  const departement = site(register, { kind: 'departement', name: 'Littoral', active: true });
  const commune = site(register, { kind: 'commune', name: 'Cotonou', parentId: departement, active: true });
  const headquarters = site(register, { kind: 'site', name: 'Siège', parentId: commune, active: true });
  return { register, ministry, secretariat, direction, departement, commune, headquarters };
}

export const structure = (register: Register, input: CommandInput<'saveStructure'>) =>
  saveStructure(register, input).id;
export const site = (register: Register, input: CommandInput<'saveSite'>) => saveSite(register, input).id;
export const reference = (register: Register, input: CommandInput<'saveReference'>) =>
  saveReference(register, input).id;

export function row<Name extends keyof ReferenceRows>(register: Register, name: Name, id: string): ReferenceRows[Name] {
  const found = readRows(register, name).get(id);
  if (!found) throw new Error('There is no such row');
  return found;
}

/** What a command is refused for. */
export const refusedFor = (problem: string, field?: string) =>
  expect.objectContaining({
    code: 'COMMAND_INVALID',
    details: expect.objectContaining({ problem, ...(field && { field }) }),
  });

/** Previews a table and commits what it shows. */
export function importTable(
  register: Register,
  target: ReferenceTarget,
  lines: readonly string[],
): CommandOutput['previewReferences'] & { commit(): CommandOutput['commitReferences'] } {
  const imports = new ReferenceImports(register);
  const preview = imports.preview({ target, name: 'liste.csv', bytes: Buffer.from(lines.join('\n')) });
  return { ...preview, commit: () => imports.commit({ previewId: preview.previewId }) };
}
