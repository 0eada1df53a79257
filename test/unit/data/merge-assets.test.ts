import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import { mergeAssets } from '../../../electron/data/commands/merge-assets.ts';
import type { Register } from '../../../electron/data/register.ts';
import { findTwins } from '../../../electron/data/search/twins.ts';
import { assetDraft, openTestRegister, SITE_ID, STRUCTURE_ID } from '../../support/register.ts';

const REASON = { reason: 'Même appareil, saisi deux fois' };

function add(register: Register, fields: object = {}): string {
  return createAsset(register, { draft: assetDraft(fields), status: 'in-stock' }).id;
}

describe('two records of one thing', () => {
  test('A12: one is kept with what was chosen from the other, the other points at it', () => {
    const register = openTestRegister();
    const [keepId, otherId] = [add(register, { serialNumber: 'ABC1' }), add(register, { serialNumber: 'ABC1 ' })];
    mergeAssets(register, { keepId, otherId, changes: { inventoryNumber: 'MND-77', room: null }, ...REASON });
    expect(requireAsset(register, keepId)).toMatchObject({ inventoryNumber: 'MND-77', status: 'in-stock' });
    expect(requireAsset(register, otherId)).toMatchObject({ status: 'merged', mergedIntoId: keepId });
  });

  test('A9, A12: taken back, both are as they were', () => {
    const register = openTestRegister();
    const ids = [add(register), add(register, { serialNumber: 'B2' })] as const;
    const without = (id: string) => ({ ...requireAsset(register, id), updatedAt: '' });
    const before = ids.map(without);
    const [keepId, otherId] = ids;
    const { actId } = mergeAssets(register, { keepId, otherId, changes: { brand: 'HP' }, ...REASON });
    undoAct(register, { actId });
    expect(ids.map(without)).toEqual(before);
  });

  test('A12: a merged record is neither edited nor merged again, and nothing merges with itself', () => {
    const register = openTestRegister();
    const [keepId, otherId, thirdId] = [add(register), add(register), add(register)];
    const refused = (problem: string) =>
      expect.objectContaining({ code: 'COMMAND_INVALID', details: expect.objectContaining({ problem }) });
    const merge = (to: string, from: string) =>
      mergeAssets(register, { keepId: to, otherId: from, changes: {}, ...REASON });
    merge(keepId, otherId);
    expect(() => updateAsset(register, { id: otherId, changes: { room: 'B 1' } })).toThrowError(
      refused('already-merged'),
    );
    expect(() => merge(thirdId, otherId)).toThrowError(refused('already-merged'));
    expect(() => merge(otherId, thirdId)).toThrowError(refused('already-merged'));
    expect(() => merge(keepId, keepId)).toThrowError(refused('same-record'));
  });

  test('A12: a choice that breaks a rule merges nothing', () => {
    const register = openTestRegister();
    const [keepId, otherId] = [add(register), add(register)];
    const changes = { serialNumber: null };
    expect(() => mergeAssets(register, { keepId, otherId, changes, ...REASON })).toThrowError();
    expect(requireAsset(register, otherId).status).toBe('in-stock');
  });

  test('A10, A11, A12: what hung on the other hangs on the kept one, stocks are added, and all of it comes back', () => {
    const register = openTestRegister({ role: 'administrateur' });
    const licence = {
      nature: 'licence',
      typeCode: 'LBU',
      designation: 'Suite',
      brand: 'X',
      licenceKind: 'volume',
    } as const;
    const [one, other] = [0, 1].map(() => {
      const draft = { ...licence, structureId: STRUCTURE_ID };
      return createAsset(register, { draft, status: 'active' }).id;
    }) as [string, string];
    const user = add(register, { licences: { [one]: 1, [other]: 2 } });
    const { actId } = mergeAssets(register, { keepId: one, otherId: other, changes: {}, ...REASON });
    expect(requireAsset(register, user).licences).toEqual({ [one]: 3 });
    expect(register.linkIndex.count('licence', [one, other])).toEqual({ [one]: { assets: 1, seats: 3 } });
    undoAct(register, { actId });
    expect(requireAsset(register, user).licences).toEqual({ [one]: 1, [other]: 2 });

    const [whole, twin] = [add(register), add(register)];
    const part = add(register, { parentId: twin });
    mergeAssets(register, { keepId: whole, otherId: twin, changes: {}, ...REASON });
    expect(requireAsset(register, part).parentId).toBe(whole);

    const [toner, same] = [0, 1].map(() => {
      const draft = {
        nature: 'consumable',
        typeCode: 'CEN',
        designation: 'Toner',
        unit: 'pièce',
        siteId: SITE_ID,
      } as const;
      return createAsset(register, { draft: { ...draft, structureId: STRUCTURE_ID }, status: 'in-stock' }).id;
    }) as [string, string];
    performAct(register, { act: 'supply', assetIds: [toner], quantity: 4 });
    performAct(register, { act: 'supply', assetIds: [same], quantity: 6 });
    const merged = mergeAssets(register, { keepId: toner, otherId: same, changes: {}, ...REASON });
    expect([register.stockIndex.of(toner), register.stockIndex.of(same)]).toEqual([10, 0]);
    undoAct(register, merged);
    expect([register.stockIndex.of(toner), register.stockIndex.of(same)]).toEqual([4, 6]);
  });

  test('A7: who may not, does not', () => {
    const register = openTestRegister({ role: 'technicien' });
    const [keepId, otherId] = [add(register), add(register)];
    expect(() => mergeAssets(register, { keepId, otherId, changes: {}, ...REASON })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
  });
});

describe('records that bear the same number', () => {
  test('A12: are named to one another, however the number is written, and no longer once merged', () => {
    const register = openTestRegister();
    const first = add(register, { serialNumber: '5CG-0482 KX' });
    const second = add(register, { serialNumber: '5cg0482kx', inventoryNumber: 'INV 7' });
    const third = add(register, { serialNumber: 'OTHER1', inventoryNumber: 'inv-7' });
    const twins = (id: string) => findTwins(register, id).map((twin) => [twin.id, twin.by]);
    expect(twins(first)).toEqual([[second, 'serialNumber']]);
    expect(twins(second)).toEqual([
      [first, 'serialNumber'],
      [third, 'inventoryNumber'],
    ]);
    mergeAssets(register, { keepId: first, otherId: second, changes: {}, ...REASON });
    expect(twins(first)).toEqual([]);
    expect(twins(third)).toEqual([]);
  });
});
