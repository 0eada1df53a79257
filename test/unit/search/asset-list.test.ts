import { describe, expect, test } from 'vitest';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { Register } from '../../../electron/data/register.ts';
import { openRegister } from '../../../electron/data/sqlcipher/register-file.ts';
import {
  assetDraft,
  MINISTRY_ID,
  openTestRegister,
  SITE_ID,
  STRUCTURE_ID,
  temporaryDirectory,
} from '../../support/register.ts';

const OTHER_SITE_ID = '00000000-0000-4000-8000-00000000000a';
const ASSET_ID = '00000000-0000-4000-8000-00000000000b';

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

const find = (register: Register, text: string) => register.assetList.find({ filter: { text }, offset: 0, limit: 50 });

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
  ] as const)('Q2: finds by %s', (_what, text, expected) => {
    const register = openTestRegister();
    const assets = fill(register);
    expect(search(register, text)).toEqual(expected ? [assets[expected].id] : []);
  });

  test('Q3: an exact number comes before a text that only mentions it', () => {
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

  test('Q6, Q7: a licence has no site to be counted in, and is found by the day it ends', () => {
    const environment = { now: () => Date.UTC(2026, 10, 23, 9), newId: () => crypto.randomUUID() };
    const register = openTestRegister({ environment });
    fill(register);
    const licence = createAsset(register, {
      draft: {
        nature: 'licence',
        typeCode: 'LIC',
        designation: 'Suite bureautique',
        brand: 'Éditeur',
        licenceKind: 'subscription',
        structureId: STRUCTURE_ID,
        expiryDate: '2026',
      },
      status: 'active',
    });
    const whole = register.assetList.find({ filter: {}, offset: 0, limit: 50, facets: true });
    expect(whole.facets?.siteId).toEqual({ [SITE_ID]: 3 });
    expect(whole.facets?.nature).toEqual({ hardware: 3, licence: 1 });
    const ending = (to: number) =>
      register.assetList.find({ filter: { endsIn: { from: 0, to } }, offset: 0, limit: 50 }).ids;
    // A year ends with its last day, 38 days from now.
    expect([ending(37), ending(38)]).toEqual([[], [licence.id]]);
    const missing = { filter: { missing: ['serialNumber' as const] }, offset: 0, limit: 50 };
    expect(register.assetList.find(missing).ids).toEqual([]);
  });

  test('Q7: a merged record is in no list, count or sum until its status is asked for', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    const stored = register.table('assets').get(laptop.id);
    register.table('assets').put([{ ...stored, status: 'merged' }], 'test');
    const whole = register.assetList.find({ filter: {}, offset: 0, limit: 50, facets: true });
    expect(whole.total).toBe(2);
    expect(whole.ids).not.toContain(laptop.id);
    expect(whole.facets?.typeCode).toEqual({ ECR: 1, IMP: 1 });
    expect(whole.facets?.status).toMatchObject({ merged: 1 });
    expect(register.assetList.summarise({ filter: {}, groupBy: [] }).count).toBe(2);
    expect(search(register, 'hounkpe')).toEqual([]);
    expect(register.assetList.find({ filter: { status: ['merged'] }, offset: 0, limit: 50 }).ids).toEqual([laptop.id]);
  });

  test('Q6: facets count every value under the other filters', () => {
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

  test.each([
    ['the middle of a word', 'dinateur', 'laptop'],
    ['the middle of a serial', '0482', 'laptop'],
    ['the middle of a serial, across its separators', 'g0482k', 'laptop'],
    ['the middle of an inventory number', 'nv20240', 'printer'],
    ['a serial typed with one wrong character', '5cg0842kx', 'laptop'],
    ['a serial that lacks one character', '5cg042kx', 'laptop'],
  ] as const)('Q2: finds by %s', (_what, text, expected) => {
    const register = openTestRegister();
    const assets = fill(register);
    expect(search(register, text)).toEqual([assets[expected].id]);
  });

  test('Q2: a reference is found by its parts, its beginning and its sequence, as printed or short', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    const [acronym, type, year, device, sequence] = laptop.reference.split('-');
    for (const text of [
      laptop.reference,
      laptop.reference.toLowerCase().replaceAll('-', ''),
      [acronym, type, year, device, sequence].join(' '),
      `${acronym}${type}${year}${device}${sequence}`,
      `${device}-${sequence}`,
      `${type} ${Number(sequence)}`,
      `${type} ${sequence?.slice(0, 3)}`,
    ])
      expect([text, search(register, text)]).toEqual([text, expect.arrayContaining([laptop.id])]);
    expect(search(register, laptop.reference)[0]).toBe(laptop.id);
  });

  test('Q4: a word that is nowhere gives way to the ones with one letter of difference, and says so', () => {
    const register = openTestRegister();
    const { laptop, printer } = fill(register);
    expect(find(register, 'ordinatuer dell')).toMatchObject({
      ids: [laptop.id],
      corrections: [{ typed: 'ordinatuer', found: ['ordinateur'] }],
      terms: expect.arrayContaining(['ordinateur', 'dell']),
    });
    expect(find(register, 'imprimnte').ids).toEqual([printer.id]);
    expect(find(register, 'xyz')).toMatchObject({ ids: [], total: 0, corrections: [] });
  });

  test('Q2: places and structures are found by their names, those above them and other spellings, as they are now', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    updateAsset(register, { id: laptop.id, changes: { siteId: OTHER_SITE_ID } });
    const commune = {
      id: SITE_ID,
      ministryId: MINISTRY_ID,
      kind: 'commune',
      name: 'Sèmè-Kpodji',
      aliases: ['Sèmè-Podji'],
    };
    const office = { id: OTHER_SITE_ID, ministryId: MINISTRY_ID, kind: 'site', name: 'Recette', parentId: SITE_ID };
    register.table('sites').put([commune, office], 'endpoint');
    expect(search(register, 'seme podji')).toHaveLength(3);
    expect(search(register, 'recette seme-kpodji')).toEqual([laptop.id]);
    register.table('sites').put([{ ...office, name: 'Perception' }], 'endpoint');
    expect(search(register, 'recette')).toEqual([]);
    expect(search(register, 'perception')).toEqual([laptop.id]);
  });

  test('Q2: notes, suppliers and characteristics are searched too', () => {
    const register = openTestRegister();
    const { screen } = fill(register);
    updateAsset(register, {
      id: screen.id,
      changes: {
        notes: 'Pied remplacé après la chute',
        supplier: 'Comptoir du Golfe',
        attributes: { panel: 'IPS 24 pouces', hostName: 'DSI-ECR-0093', macAddress: '00:1B:44:11:3A:B7' },
      },
    });
    for (const text of ['chute', 'golfe', 'pouces', 'dsi-ecr-0093', '1b44113ab7', 'remplace ips'])
      expect([text, search(register, text)]).toEqual([text, [screen.id]]);
  });

  test('columns are ordered by what is read on the screen', () => {
    const register = openTestRegister();
    const { laptop, screen, printer } = fill(register);
    const types = [
      ['PCP', 'Ordinateur portable'],
      ['ECR', 'Écran'],
      ['IMP', 'Imprimante'],
    ] as const;
    register.table('references').put(
      types.map(([code, label], n) => ({
        id: `00000000-0000-4000-8000-70000000000${n}`,
        ministryId: MINISTRY_ID,
        kind: 'equipment-type',
        code,
        label,
        active: true,
      })),
      'endpoint',
    );
    const ordered = register.assetList.find({
      filter: {},
      sort: { field: 'typeCode', direction: 'asc' },
      offset: 0,
      limit: 10,
    });
    expect(ordered.ids).toEqual([screen.id, printer.id, laptop.id]);
  });

  test('the index is built anew from the documents when its layout is another', () => {
    const directory = temporaryDirectory();
    const key = new Uint8Array(32).fill(9);
    const connection = openRegister({ directory, key, create: true });
    const first = new Register(connection);
    first.table('assets').put([{ id: ASSET_ID, ...assetDraft(), status: 'in-stock', reference: 'R1' }], 'endpoint');
    connection.run("UPDATE meta SET value = '0' WHERE key = 'asset index'");
    first.close();
    const register = openTestRegister({ directory, key, role: null });
    expect(search(register, 'latitude')).toEqual([ASSET_ID]);
  });

  test('a name leaves the file with the last asset that had it', () => {
    const register = openTestRegister();
    const { laptop } = fill(register);
    const names = () => register.connection.values<string>("SELECT text FROM asset_values WHERE text LIKE 'S_nami%'");
    expect(names()).toHaveLength(1);
    updateAsset(register, { id: laptop.id, changes: { holderName: 'Afi Sagbo' } });
    register.assetIndex.tidy();
    expect(names()).toEqual([]);
    expect(search(register, 'sagbo')).toEqual([laptop.id]);
    expect(search(register, 'hounkpe')).toEqual([]);
  });
});
