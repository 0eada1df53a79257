import { describe, expect, test } from 'vitest';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import type { Register } from '../../../electron/data/register.ts';
import { assetDraft, openTestRegister, SITE_ID } from '../../support/register.ts';

function fill(register: Register) {
  const add = (fields: Parameters<typeof assetDraft>[0], status: 'in-stock' | 'in-service' = 'in-stock') =>
    createAsset(register, { draft: assetDraft(fields), status });
  return {
    laptop: add({ serialNumber: '5CG-0482 KX', holderKind: 'agent', holderName: 'Sènami Hounkpè' }),
    screen: add(
      { typeCode: 'ECR', brand: 'HP', designation: 'Écran HP E24 G4', model: 'E24 G4', serialNumber: 'CNK1' },
      'in-service',
    ),
    printer: add({
      typeCode: 'IMP',
      designation: 'Imprimante Sèmè-Kpodji',
      serialNumber: 'VN-77',
      inventoryNumber: 'INV/2024/0077',
    }),
  };
}

const search = (register: Register, text: string) =>
  register.assetList.find({ filter: { text }, offset: 0, limit: 50 }).ids;

describe('search and facets', () => {
  test.each([
    ['case and accents', 'ECRAN', 'screen'],
    ['hyphens', 'seme kpodji', 'printer'],
    ['the beginning of words, in any order', 'lat ordi', 'laptop'],
    ['a holder', 'hounkpe', 'laptop'],
    ['a serial without its separators', '5cg0482kx', 'laptop'],
    ['a serial with other separators', '5CG 0482-KX', 'laptop'],
    ['nothing when one word fits nowhere', 'inv 2024 78', undefined],
    ['an inventory number as written', 'INV/2024/0077', 'printer'],
  ] as const)('finds by %s', (_what, text, expected) => {
    const register = openTestRegister();
    const assets = fill(register);
    expect(search(register, text)).toEqual(expected ? [assets[expected].id] : []);
  });

  test('an exact number comes before a text that only mentions it', () => {
    const register = openTestRegister();
    createAsset(register, {
      draft: assetDraft({ designation: 'Pièce CNK1 pour CNK1 CNK1', serialNumber: 'ZZ-9' }),
      status: 'in-stock',
    });
    const { screen } = fill(register);
    expect(search(register, 'cnk1')[0]).toBe(screen.id);
  });

  test('J3: the index follows an edit', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    updateAsset(register, { id: laptop.id, changes: { designation: 'Tablette Tecno' } });
    expect(search(register, 'tecno')).toEqual([laptop.id]);
    expect(search(register, 'ordinateur 5420 portable')).toEqual([]);
  });

  test('a text made of quotes and operators is a text, not a query language', () => {
    const register = openTestRegister();
    fill(register);
    for (const text of ['"', 'NEAR(', "a' OR 1=1 --", 'AND OR NOT', '*', 'col:x', '😀'])
      expect(() => search(register, text)).not.toThrow();
  });

  test('facets count every value under the other filters', () => {
    const register = openTestRegister();
    fill(register);
    const facets = register.assetList.find({ filter: { status: ['in-stock'] }, offset: 0, limit: 10, facets: true });
    expect(facets).toMatchObject({
      total: 2,
      facets: {
        status: { 'in-stock': 2, 'in-service': 1 },
        typeCode: { PCP: 1, IMP: 1 },
        siteId: { [SITE_ID]: 2 },
      },
    });
  });

  test('I3: assets are found by serial whatever its separators', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    expect(register.assetIndex.findByNumber('serial', ['5cg0482kx', 'nothing'])).toEqual(
      new Map([['5cg0482kx', laptop]]),
    );
  });
});
