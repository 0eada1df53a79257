import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { hashedId } from '../../../electron/data/hashed-id.ts';
import { readRows } from '../../../electron/data/reference-data/rows.ts';
import { saveAgent, saveReference, saveSite, saveStructure } from '../../../electron/data/reference-data/save.ts';
import { deterministicId } from '../../../server/reference/deterministic-id.ts';
import { assetDraft, MINISTRY_ID, openTestRegister } from '../../support/register.ts';
import { openOrganised, reference, refusedFor, row, site, structure } from './support.ts';

describe('R1: who may change reference data', () => {
  it('is whom the table of roles lets; a technician keeps holders and nothing else', () => {
    const { register } = openOrganised('dsi');
    expect(saveAgent(register, { name: 'Afiavi Dossou', active: true }).id).toHaveLength(36);
    const technician = openTestRegister({ role: 'technicien' });
    expect(() => saveStructure(technician, { kind: 'ministry', name: 'M' })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
    expect(() => saveSite(technician, { kind: 'departement', name: 'D', active: true })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
    expect(saveAgent(technician, { name: 'Koffi Ahouansou', active: true }).id).toHaveLength(36);
    const reader = openTestRegister({ role: 'consultation' });
    expect(() => saveAgent(reader, { name: 'K', active: true })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
  });

  it('a row that was changed waits for the endpoint, one that was saved as it was does not', () => {
    const { register, direction, secretariat } = openOrganised();
    const revision = () => register.table('structures').get(direction)?._rev;
    const same = {
      id: direction,
      kind: 'central-directorate',
      name: 'Direction des systèmes d’information',
      acronym: 'DSI',
      parentId: secretariat,
    } as const;
    const before = revision();
    saveStructure(register, same);
    expect(revision()).toBe(before);
    saveStructure(register, { ...same, name: 'Direction du numérique' });
    expect(row(register, 'structures', direction).name).toBe('Direction du numérique');
    expect(register.waiting.get('structures', direction)).toBeDefined();
  });

  it('an unknown row is not made by changing it', () => {
    const { register } = openOrganised();
    const id = '00000000-0000-4000-8000-0000000000ff';
    for (const save of [
      () => saveStructure(register, { id, kind: 'ministry', name: 'M' }),
      () => saveSite(register, { id, kind: 'departement', name: 'D', active: true }),
      () => saveReference(register, { id, kind: 'brand', label: 'B', active: true }),
      () => saveAgent(register, { id, name: 'A', active: true }),
    ]) {
      expect(save).toThrowError(expect.objectContaining({ code: 'COMMAND_NOT_FOUND' }));
    }
  });
});

describe('R2: trees', () => {
  it('a structure hangs under a level above its own, and never under what is below it', () => {
    const { register, ministry, secretariat, direction } = openOrganised();
    const save = (input: Parameters<typeof saveStructure>[1]) => () => saveStructure(register, input);
    expect(save({ kind: 'cabinet', name: 'Cabinet', parentId: direction })).toThrowError(
      refusedFor('wrong-level', 'parentId'),
    );
    expect(save({ kind: 'service', name: 'Service' })).toThrowError(refusedFor('parent-required', 'parentId'));
    expect(save({ kind: 'service', name: 'S', parentId: '00000000-0000-4000-8000-0000000000ff' })).toThrowError(
      refusedFor('unknown', 'parentId'),
    );
    const service = structure(register, { kind: 'service', name: 'Réseaux', parentId: direction });
    const unit = structure(register, { kind: 'service', name: 'Cellule', parentId: service });
    expect(save({ id: service, kind: 'service', name: 'Réseaux', parentId: unit })).toThrowError(
      refusedFor('loop', 'parentId'),
    );
    expect(save({ id: service, kind: 'service', name: 'Réseaux', parentId: service })).toThrowError(refusedFor('loop'));
    expect(save({ id: secretariat, kind: 'cabinet', name: 'Cabinet', parentId: ministry })).not.toThrow();
    expect(save({ id: secretariat, kind: 'service', name: 'Service', parentId: ministry })).toThrowError(
      refusedFor('wrong-level-below', 'kind'),
    );
  });

  it('a place lies in a commune, a room in a building or a site', () => {
    const { register, departement, commune, headquarters } = openOrganised();
    expect(() => site(register, { kind: 'site', name: 'Annexe', parentId: departement, active: true })).toThrowError(
      refusedFor('wrong-level'),
    );
    expect(() => site(register, { kind: 'room', name: 'B12', parentId: commune, active: true })).toThrowError(
      refusedFor('wrong-level'),
    );
    const building = site(register, { kind: 'building', name: 'Bâtiment A', parentId: headquarters, active: true });
    site(register, { kind: 'room', name: 'B12', parentId: building, active: true, aliases: ['Bureau 12', 'B12', ' '] });
    expect([...readRows(register, 'sites').values()].find(({ kind }) => kind === 'room')).toMatchObject({
      aliases: ['Bureau 12'],
    });
  });
});

describe('R3: codes, names and dates', () => {
  it('nothing ends before it begins, as far as the dates are known', () => {
    const { register, ministry } = openOrganised();
    const save = (validFrom: string, validTo: string) => () =>
      structure(register, {
        kind: 'inspectorate',
        name: `${validFrom} ${validTo}`,
        parentId: ministry,
        validFrom,
        validTo,
      });
    expect(save('2023-05', '2022')).toThrowError(refusedFor('end-before-start', 'validTo'));
    expect(save('2023-05-02', '2023-05-01')).toThrowError(refusedFor('end-before-start'));
    expect(save('2023-05-02', '2023-02-30')).toThrowError(refusedFor('bad-date', 'validTo'));
    expect(save('2023-05', '2023')).not.toThrow();
  });

  it('two structures of one name at one place are not both in force; an ended one makes room', () => {
    const { register, secretariat, direction } = openOrganised();
    const again = {
      kind: 'central-directorate',
      name: 'DIRECTION des systemes d’information',
      parentId: secretariat,
    } as const;
    expect(() => structure(register, again)).toThrowError(refusedFor('duplicate', 'name'));
    saveStructure(register, { ...again, id: direction, acronym: 'DSI', validTo: '2023-04' });
    const successor = structure(register, again);
    saveStructure(register, { ...again, id: direction, acronym: 'DSI', validTo: '2023-04', replacedById: successor });
    expect(row(register, 'structures', direction)).toMatchObject({ validTo: '2023-04', replacedById: successor });
    expect(() => structure(register, { ...again, id: successor, replacedById: direction })).toThrowError(
      refusedFor('loop', 'replacedById'),
    );
  });

  it('a code is one row’s, whatever its case, and is never changed', () => {
    const { register } = openOrganised();
    const id = reference(register, { kind: 'account', code: '2441', label: 'Matériel informatique', active: true });
    expect(() => reference(register, { kind: 'account', code: '2441', label: 'Autre', active: true })).toThrowError(
      refusedFor('duplicate', 'code'),
    );
    expect(() => reference(register, { id, kind: 'account', code: '2442', label: 'Autre', active: true })).toThrowError(
      refusedFor('code-fixed', 'code'),
    );
    expect(() => reference(register, { kind: 'account', label: 'Sans code', active: true })).toThrowError(
      refusedFor('required', 'code'),
    );
    reference(register, { kind: 'equipment-type', code: 'DRO', label: 'Drone', active: true });
    expect(() =>
      reference(register, { kind: 'equipment-type', code: 'dro', label: 'Drone', active: true }),
    ).toThrowError(refusedFor('duplicate'));
    expect(() =>
      reference(register, { kind: 'equipment-type', code: 'D-1', label: 'Autre', active: true }),
    ).toThrowError(refusedFor('bad-code'));
  });

  it('a maker goes by its name: one row, also when two desktops add it without a network', () => {
    const { register } = openOrganised();
    const id = reference(register, { kind: 'brand', label: '  Sèmè   City ', active: true });
    expect(row(register, 'references', id)).toMatchObject({ code: 'Sèmè City', label: 'Sèmè City' });
    expect(id).toBe(reference(openOrganised().register, { kind: 'brand', label: 'Sèmè City', active: true }));
    expect(id).toBe(deterministicId(MINISTRY_ID, 'reference:brand', 'Sèmè City'));
    expect(hashedId('a', 'b', 'c')).toBe(deterministicId('a', 'b', 'c'));
    expect(() => reference(register, { kind: 'brand', label: 'seme city', active: true })).toThrowError(
      refusedFor('duplicate'),
    );
    // Renamed, it leaves its former name to another.
    reference(register, { id, kind: 'brand', label: 'Sèmè Labs', active: true });
    const other = reference(register, { kind: 'brand', label: 'Sèmè City', active: true });
    expect(other).not.toBe(id);
    expect(row(register, 'references', other).code).toBe('Sèmè City 2');
  });

  it('an institution gives way to another one, never to itself by a detour', () => {
    const { register } = openOrganised();
    const save = (code: string, replacedBy?: string, id?: string) =>
      reference(register, {
        ...(id && { id }),
        kind: 'institution',
        code,
        label: `Ministère ${code}`,
        active: true,
        content: { validFrom: '2021-05-25', ...(replacedBy && { validTo: '2023-04-17', replacedBy }) },
      });
    const energy = save('ME');
    expect(() => save('MEM', 'MEEM')).toThrowError(refusedFor('unknown', 'replacedBy'));
    const merged = save('MEEM');
    save('MEM', 'MEEM');
    save('ME', 'MEEM', energy);
    expect(() => save('MEEM', 'ME', merged)).toThrowError(refusedFor('loop', 'replacedBy'));
  });

  it('a name of blanks is none, and a text that cannot be stored is refused', () => {
    const { register } = openOrganised();
    expect(() => reference(register, { kind: 'account', code: '9', label: '   ', active: true })).toThrowError(
      refusedFor('required', 'label'),
    );
    expect(() => saveAgent(register, { name: ' \u00a0 ', active: true })).toThrowError(refusedFor('required', 'name'));
    expect(() =>
      reference(register, { kind: 'institution', code: 'X', label: 'X', active: true, content: { until: '2020' } }),
    ).toThrowError(expect.objectContaining({ code: 'COMMAND_INVALID' }));
  });
});

describe('R4: types whose assets hold something', () => {
  const attributes = [
    { key: 'autonomyMin', label: 'Autonomie', kind: 'number', unit: 'min' },
    { key: 'licence', label: 'Catégorie', kind: 'choice', choices: ['Ouverte', 'Spécifique'] },
  ] as const;
  const type = { kind: 'equipment-type', code: 'DRO', label: 'Drone', active: true } as const;
  const withContent = (content: object) => ({ ...type, content: { nature: 'hardware', attributes, ...content } });

  function openWithDrone() {
    const { register, direction, headquarters } = openOrganised();
    const id = reference(register, withContent({}));
    createAsset(register, {
      draft: assetDraft({
        typeCode: 'DRO',
        structureId: direction,
        siteId: headquarters,
        attributes: { autonomyMin: 25 },
      }),
      status: 'in-stock',
    });
    return { register, save: (content: object) => () => reference(register, { ...withContent(content), id }) };
  }

  it('a characteristic that assets have is renamed, ordered and retired, but keeps its key and kind', () => {
    const { save } = openWithDrone();
    const [autonomy, licence] = attributes;
    expect(save({ attributes: [licence] })).toThrowError(refusedFor('attribute-in-use', 'attributes'));
    expect(save({ attributes: [{ ...autonomy, key: 'autonomy' }, licence] })).toThrowError(
      refusedFor('attribute-in-use'),
    );
    expect(save({ attributes: [{ ...autonomy, kind: 'text' }, licence] })).toThrowError(
      refusedFor('attribute-kind-in-use'),
    );
    expect(save({ nature: 'consumable' })).toThrowError(refusedFor('nature-in-use', 'nature'));
    expect(save({ attributes: [licence, { ...autonomy, label: 'Autonomie de vol' }] })).not.toThrow();
    expect(save({ attributes: [licence], retired: [autonomy] })).not.toThrow();
    // No asset holds the other one.
    expect(save({ attributes: [], retired: [autonomy] })).not.toThrow();
  });

  it('a characteristic has a label of its own, and a choice has choices', () => {
    const { save } = openWithDrone();
    const [autonomy] = attributes;
    expect(save({ attributes: [autonomy, { key: 'other', label: 'AUTONOMIE', kind: 'text' }] })).toThrowError(
      refusedFor('duplicate-label'),
    );
    expect(save({ attributes: [autonomy, { key: 'other', label: 'Autre', kind: 'choice' }] })).toThrowError(
      refusedFor('choices-missing'),
    );
    expect(save({ attributes: [autonomy], retired: [autonomy] })).toThrowError(refusedFor('duplicate'));
  });
});

describe('R5: holders and telephone numbers', () => {
  it.each([
    ['97 00 00 00', '0197000000'],
    ['+229 97.00.00.00', '0197000000'],
    ['+229 01 97 00 00 00', '0197000000'],
    ['00229 0197000000', '0197000000'],
    ['229 97000000', '0197000000'],
    ['01 97 00 00 00', '0197000000'],
  ])('%s is kept as %s', (phone, kept) => {
    const { register } = openOrganised();
    const { id } = saveAgent(register, { name: 'Afiavi Dossou', phone, active: true });
    expect(row(register, 'agents', id).phone).toBe(kept);
    const supplier = reference(register, {
      kind: 'supplier',
      label: 'Sènan et fils',
      active: true,
      content: { phone },
    });
    expect(row(register, 'references', supplier).content).toEqual({ phone: kept });
  });

  it.each(['9700000', '+33 6 12 34 56 78', '0297000000', '12345678', 'au bureau'])('%s is refused', (phone) => {
    const { register } = openOrganised();
    expect(() => saveAgent(register, { name: 'A', phone, active: true })).toThrowError(
      refusedFor('bad-phone', 'phone'),
    );
  });

  it('a payroll number is one person’s; two persons may share a name', () => {
    const { register, direction } = openOrganised();
    const first = saveAgent(register, {
      name: 'Koffi Dossou',
      payrollNumber: '12 345',
      structureId: direction,
      active: true,
    });
    expect(() => saveAgent(register, { name: 'Autre', payrollNumber: '12345', active: true })).toThrowError(
      refusedFor('duplicate', 'payrollNumber'),
    );
    expect(saveAgent(register, { name: 'Koffi Dossou', active: true }).id).not.toBe(first.id);
    saveAgent(register, { id: first.id, name: 'Koffi Dossou', payrollNumber: '12 345', active: false });
    expect(row(register, 'agents', first.id)).toEqual({
      id: first.id,
      ministryId: MINISTRY_ID,
      name: 'Koffi Dossou',
      payrollNumber: '12 345',
      active: false,
    });
    expect(() =>
      saveAgent(register, { name: 'A', structureId: '00000000-0000-4000-8000-0000000000ff', active: true }),
    ).toThrowError(refusedFor('unknown', 'structureId'));
  });
});
