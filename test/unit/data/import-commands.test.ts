import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ImportProgress } from '#shared/protocol/data-port.ts';
import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { ImportCommands } from '../../../electron/data/commands/import-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { assetDraft, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

const DEFAULTS = {
  structureId: STRUCTURE_ID,
  siteId: SITE_ID,
  status: 'in-service',
  physicalState: 'good',
  holderKind: 'service',
  acquisitionMode: 'existing',
} as const;

function table(rows: number) {
  const lines = Array.from({ length: rows }, (_, row) => `Écran n° ${row};Dell;P2419H;KLM${1000 + row}`);
  const text = ['Désignation;Marque;Modèle;N° de série', ...lines].join('\n');
  return { files: [{ name: 'parc.csv', bytes: new Uint8Array(Buffer.from(text)) }], defaults: DEFAULTS };
}

function startImport(register: Register) {
  const progress: ImportProgress[] = [];
  const imports = new ImportCommands(register, (step) => progress.push(step));
  return { imports, progress };
}

const countAssets = (register: Register) => register.table('assets').changedSince(10_000).documents.length;

describe('import commands', () => {
  test('I1: a preview writes nothing; the commit creates what it showed, in the status it said', async () => {
    const register = openTestRegister();
    const { imports, progress } = startImport(register);
    const preview = await imports.preview(table(120));
    expect(preview.counts).toEqual({ create: 120, existing: 0, invalid: 0 });
    expect(countAssets(register)).toBe(0);
    const result = await imports.commit({ previewId: preview.previewId });
    expect(result).toMatchObject({ created: 120, existing: 0, cancelled: false });
    expect(progress.map(({ done }) => done)).toEqual([50, 100, 120]);
    const entries = register.table('movements').changedSince(1000).documents;
    expect(entries.every(({ importId }) => importId === result.importId)).toBe(true);
    expect(register.table('assets').changedSince(1).documents[0]).toMatchObject({
      status: 'in-service',
      brand: 'Dell',
    });
  });

  test('I1: a preview is committed once', async () => {
    const register = openTestRegister();
    const { imports } = startImport(register);
    const { previewId } = await imports.preview(table(1));
    await imports.commit({ previewId });
    await expect(imports.commit({ previewId })).rejects.toMatchObject({ code: 'IMPORT_EXPIRED' });
    expect(countAssets(register)).toBe(1);
  });

  test('I3: an asset that came into the register after the preview is not created a second time', async () => {
    const register = openTestRegister();
    const { imports } = startImport(register);
    const { previewId } = await imports.preview(table(3));
    createAsset(register, { draft: assetDraft({ serialNumber: 'klm-1001' }), status: 'in-stock' });
    expect(await imports.commit({ previewId })).toMatchObject({ created: 2, existing: 1, cancelled: false });
    expect(countAssets(register)).toBe(3);
    expect((await imports.preview(table(3))).counts).toEqual({ create: 0, existing: 3, invalid: 0 });
  });

  test('J3: a cancelled import keeps whole batches and says so', async () => {
    const register = openTestRegister();
    const { imports, progress } = startImport(register);
    const { previewId } = await imports.preview(table(400));
    const running = imports.commit({ previewId });
    imports.cancel({ previewId });
    const result = await running;
    expect(result.cancelled).toBe(true);
    expect(countAssets(register)).toBe(result.created);
    expect(progress.at(-1)?.done).toBe(result.created);
  });

  test('A7: a role that may not import reads no file', async () => {
    const { imports } = startImport(openTestRegister({ role: 'technicien' }));
    await expect(imports.preview(table(1))).rejects.toMatchObject({ code: 'COMMAND_FORBIDDEN' });
  });

  test('I1: the real inventories become assets with their serials', async () => {
    const register = openTestRegister();
    const { imports } = startImport(register);
    const files = ['computer_1', 'printer_1', 'networkequipment_3'].map((name) => ({
      name: `${name}.json`,
      bytes: new Uint8Array(readFileSync(new URL(`../../data/glpi/${name}.json`, import.meta.url))),
    }));
    const { previewId } = await imports.preview({ files, defaults: DEFAULTS });
    await imports.commit({ previewId });
    const serials = register
      .table('assets')
      .changedSince(10)
      .documents.map(({ serialNumber }) => serialNumber);
    expect(serials).toEqual(['640HP72', 'PHCVN191TG', 'CN5BFP62CP']);
  });
});
