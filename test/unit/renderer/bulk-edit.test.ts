import type { Asset } from '#shared/schema/asset.ts';
import { createAsset, updateAssets } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import { EDITABLE, findEditProblems, previewEdit, toBulkChanges } from '../../../renderer/features/acts/bulk-edit.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

describe('the edit of many assets', () => {
  it('asks for what may not be empty, and for dates that are dates', () => {
    const empty = new Map(EDITABLE.map((field) => [field, ' '] as const));
    expect([...findEditProblems(empty).keys()].sort()).toEqual(
      ['acquisitionMode', 'brand', 'designation', 'physicalState', 'siteId', 'structureId', 'typeCode'].sort(),
    );
    expect([...findEditProblems(new Map([['warrantyEnd', '31/02/2027']]))]).toEqual([['warrantyEnd', 'bad-date']]);
  });

  it('stores dates and francs as records do, and empties what was left empty', () => {
    const values = new Map([
      ['acquisitionDate', '03/2024'],
      ['acquisitionValue', '350000'],
      ['supplier', ''],
    ] as const);
    expect(toBulkChanges(values)).toEqual({ acquisitionDate: '2024-03', acquisitionValue: 350_000, supplier: null });
  });

  it('J2: shows beforehand exactly what the command writes', () => {
    const register = openTestRegister();
    const drafts = [{ supplier: 'Sonec' }, { supplier: 'Sonec', room: 'B12' }, {}];
    const assets = drafts.map((fields, place): Asset => {
      const draft = assetDraft({ ...fields, serialNumber: `A${place}` });
      return requireAsset(register, createAsset(register, { draft, status: 'in-stock' }).id);
    });
    const changes = { supplier: 'Sonec', room: null };
    const previews = previewEdit(assets, changes);
    expect(previews.map(({ asset }) => asset.id)).toEqual([assets[1]?.id, assets[2]?.id]);
    const { actId } = updateAssets(register, { ids: assets.map(({ id }) => id), changes });
    const written = register.journalIndex.ofAct(actId);
    expect(written.map(({ assetId, changes: made }) => [assetId, made])).toEqual(
      previews.map(({ asset, changes: seen }) => [asset.id, seen]),
    );
  });

  it('A5: names the asset that cannot have the values', () => {
    const draft = assetDraft({ acquisitionDate: '2025-03' });
    const instant = '2026-01-01T00:00:00.000Z';
    const id = '00000000-0000-4000-8000-0000000000a1';
    const asset: Asset = {
      ...draft,
      id,
      ministryId: id,
      reference: 'R',
      status: 'in-stock',
      createdAt: instant,
      updatedAt: instant,
    };
    const [preview] = previewEdit([asset], { warrantyEnd: '2024-01-01' });
    expect(preview?.problem).toMatchObject({ problem: 'warranty-before-acquisition' });
  });
});
