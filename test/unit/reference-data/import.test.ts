import { createAsset } from '../../../electron/data/commands/asset-commands.ts';
import { ReferenceImports } from '../../../electron/data/reference-data/import/reference-imports.ts';
import { readRows } from '../../../electron/data/reference-data/rows.ts';
import { saveAgent, saveReference, saveStructure } from '../../../electron/data/reference-data/save.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';
import { importTable, openOrganised, reference } from './support.ts';

const problems = (preview: { readonly lines: readonly { line: number; problem?: object }[] }) =>
  preview.lines.flatMap(({ line, problem }) => (problem ? [{ line, ...problem }] : []));
const outcomes = (preview: { readonly lines: readonly { line: number; outcome: string }[] }) =>
  [...preview.lines].sort((a, b) => a.line - b.line).map(({ outcome }) => outcome);

describe('R6: structures from a file', () => {
  const FILE = [
    'MINISTÈRE DU NUMÉRIQUE;;;',
    'Nom;Sigle;Niveau;Rattachement',
    'Service des réseaux;;;DIN',
    'Direction des infrastructures numériques;DIN;Direction technique;SGM',
    'Secrétariat général;SGM;;',
    'Cellule juridique;;;Secrétariat général',
    'Inspection générale;IGM;;',
    'Bureau volant;;;Direction inconnue',
    'Chose;;;SGM',
  ];

  it('hangs each under its parent by name or acronym, in any order, and says why a line is refused', () => {
    const { register, ministry, secretariat } = openOrganised();
    const preview = importTable(register, 'structures', FILE);
    expect(outcomes(preview)).toEqual(['created', 'created', 'unchanged', 'created', 'created', 'refused', 'refused']);
    expect(problems(preview)).toEqual([
      { line: 8, field: 'parent', problem: 'unknown-parent' },
      { line: 9, field: 'kind', problem: 'unknown-kind' },
    ]);
    expect(preview.columns.map(({ field }) => field)).toEqual(['name', 'acronym', 'kind', 'parent']);
    // I1: a preview writes nothing.
    expect(readRows(register, 'structures').size).toBe(3);
    expect(preview.commit()).toEqual({ created: 4, changed: 0 });
    const rows = [...readRows(register, 'structures').values()];
    const named = (name: string) => rows.find((row) => row.name === name);
    const direction = named('Direction des infrastructures numériques');
    expect(direction).toMatchObject({ kind: 'technical-directorate', acronym: 'DIN', parentId: secretariat });
    expect(named('Service des réseaux')).toMatchObject({ kind: 'service', parentId: direction?.id });
    expect(named('Inspection générale')).toMatchObject({ kind: 'inspectorate', parentId: ministry });
  });

  it('a second time changes nothing, and a changed cell changes its row only', () => {
    const { register } = openOrganised();
    importTable(register, 'structures', FILE).commit();
    const before = readRows(register, 'structures');
    const again = importTable(register, 'structures', FILE);
    expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: 5, refused: 2 });
    expect(again.commit()).toEqual({ created: 0, changed: 0 });
    expect(readRows(register, 'structures')).toEqual(before);
    const changed = importTable(register, 'structures', [
      'Nom;Sigle;Rattachement;Valide au',
      'Direction des infrastructures numériques;DIN;SGM;17/04/2023',
    ]);
    expect(changed.lines).toEqual([
      expect.objectContaining({ outcome: 'changed', changes: [{ field: 'validTo', from: null, to: '2023-04-17' }] }),
    ]);
  });

  it('parents that go round in the file, two of one name, and a code of the file', () => {
    const { register } = openOrganised();
    const round = importTable(register, 'structures', [
      'Nom;Sigle;Niveau;Parent',
      'Service A;A;Service;B',
      'Service B;B;Service;A',
      'Service C;C;Service;A',
    ]);
    expect(problems(round).map(({ line }) => line)).toEqual([2, 3, 4]);
    const twins = importTable(register, 'structures', [
      'Code;Nom;Niveau;Parent',
      '10;Direction X;Direction;SGM',
      '11;Service commun;Service;10',
      '20;Direction Y;Direction;SGM',
      '21;Service commun;Service;20',
      '30;Cellule;Service;Service commun',
      '31;Cellule;Service;21',
    ]);
    expect(problems(twins)).toEqual([{ line: 6, field: 'parent', problem: 'ambiguous-parent' }]);
    expect(twins.commit()).toEqual({ created: 5, changed: 0 });
    expect(importTable(register, 'structures', ['Nom;Parent', 'DSI bis;Service commun']).counts.refused).toBe(1);
  });

  it('what changed since the preview is not overwritten: the file is looked at again', () => {
    const { register, direction, secretariat } = openOrganised();
    const imports = new ReferenceImports(register);
    const bytes = Buffer.from(
      'Nom;Sigle;Rattachement\nDirection des systèmes d’information;DSIN;SGM\nService neuf;;SGM',
    );
    const { previewId, counts } = imports.preview({ target: 'structures', name: 'liste.csv', bytes });
    expect(counts).toMatchObject({ changed: 1, created: 1 });
    saveStructure(register, {
      id: direction,
      kind: 'central-directorate',
      name: 'Direction des systèmes d’information',
      acronym: 'DSI-N',
      parentId: secretariat,
    });
    expect(() => imports.commit({ previewId })).toThrowError(expect.objectContaining({ code: 'IMPORT_EXPIRED' }));
    // Nothing half done.
    expect([...readRows(register, 'structures').values()].some(({ name }) => name === 'Service neuf')).toBe(false);
    expect(() => imports.commit({ previewId })).toThrowError(expect.objectContaining({ code: 'IMPORT_EXPIRED' }));
  });
});

describe('R6: places, lists and holders from a file', () => {
  it('a line is a way down, and what is missing on it is created once', () => {
    const { register, commune } = openOrganised();
    const file = [
      'Commune,Site,Bâtiment,Bureau',
      'COTONOU,Annexe,Bâtiment A,Salle 1',
      'Cotonou,Annexe,Bâtiment A,Salle 2',
      'Cotonou,Siège,,',
      'Lomé,Annexe,,',
      ',Siège,,Salle 3',
    ];
    const preview = importTable(register, 'sites', file);
    expect(outcomes(preview)).toEqual(['created', 'created', 'unchanged', 'refused', 'created']);
    expect(problems(preview)).toEqual([{ line: 5, field: 'commune', problem: 'unknown-parent', detail: 'Lomé' }]);
    expect(preview.commit()).toEqual({ created: 5, changed: 0 });
    const annexes = [...readRows(register, 'sites').values()].filter(({ name }) => name === 'Annexe');
    expect(annexes).toEqual([expect.objectContaining({ kind: 'site', parentId: commune })]);
    expect(importTable(register, 'sites', file).counts).toMatchObject({ created: 0, changed: 0, unchanged: 4 });
  });

  it('suppliers are known by their IFU, then by their name; a blank cell changes nothing', () => {
    const { register } = openOrganised();
    const id = reference(register, {
      kind: 'supplier',
      label: 'Sènan et fils',
      active: true,
      content: { taxNumber: '3200700000001', phone: '97000000' },
    });
    const file = [
      'Raison sociale;N° IFU;Téléphone',
      'Sènan & Fils SARL;3200700000001;',
      'Bénin Micro;;+229 21 30 00 00',
      'Autre;;12',
    ];
    const preview = importTable(register, 'suppliers', file);
    expect(outcomes(preview)).toEqual(['changed', 'created', 'refused']);
    preview.commit();
    expect(readRows(register, 'references').get(id)).toMatchObject({
      label: 'Sènan & Fils SARL',
      content: { taxNumber: '3200700000001', phone: '0197000000' },
    });
    expect(importTable(register, 'suppliers', file).counts).toMatchObject({ unchanged: 2, refused: 1 });
  });

  it('R6: types come with their nature and duration and keep their characteristics; one in use keeps its nature', () => {
    const { register } = openOrganised();
    const colour = { key: 'colour', label: 'Couleur', kind: 'text' } as const;
    const { id } = saveReference(register, {
      kind: 'equipment-type',
      code: 'DRO',
      label: 'Drone',
      active: true,
      content: { nature: 'hardware', attributes: [colour] },
    });
    const file = [
      'Code;Libellé;Nature;Durée de vie',
      'DRO;Drone de relevé;;5 ans',
      'pap;Ramette;Consommables;',
      'LXX;Suite;logiciel;36',
      'BAD;Chose;bidule;',
      'DUR;Chose;matériel;toujours',
    ];
    const preview = importTable(register, 'types', file);
    expect(outcomes(preview)).toEqual(['changed', 'created', 'created', 'refused', 'refused']);
    preview.commit();
    expect(readRows(register, 'references').get(id)).toMatchObject({
      label: 'Drone de relevé',
      content: { nature: 'hardware', lifetimeMonths: 60, attributes: [colour] },
    });
    expect(importTable(register, 'types', file).counts).toMatchObject({ unchanged: 3, refused: 2 });
    createAsset(register, { draft: assetDraft({ typeCode: 'DRO' }), status: 'in-stock' });
    const renamed = importTable(register, 'types', ['Code;Libellé;Nature', 'DRO;Drone;contrat']);
    expect(renamed.lines[0]?.problem).toMatchObject({ problem: 'nature-in-use' });
  });

  it('R6: makers come as one column, once', () => {
    const { register } = openOrganised();
    const file = ['Marque', 'Starlink', 'starlink', 'Tecno'];
    expect(outcomes(importTable(register, 'brands', file))).toEqual(['created', 'refused', 'created']);
  });

  it('a list of one column is a list', () => {
    const { register } = openOrganised();
    expect(importTable(register, 'suppliers', ['Fournisseur', 'Bénin Micro', 'Sènan et fils']).counts.created).toBe(2);
  });

  it('accounts have a group of the nomenclature or none', () => {
    const { register } = openOrganised();
    const file = [
      'Compte;Libellé;Groupe',
      '2441;Matériel informatique;1er groupe',
      '6041;Fournitures;2e',
      '7;Autre;3e',
    ];
    const preview = importTable(register, 'accounts', file);
    expect(problems(preview)).toEqual([{ line: 4, field: 'group', problem: 'unknown-group' }]);
    preview.commit();
    const accounts = [...readRows(register, 'references').values()].map(({ code, content }) => [code, content]);
    expect(accounts).toEqual(
      expect.arrayContaining([
        ['2441', { group: 'durable' }],
        ['6041', { group: 'consumable' }],
      ]),
    );
  });

  it('an institution names its successor wherever it stands in the file', () => {
    const { register } = openOrganised();
    const file = [
      'Sigle;Ministère;Valide du;Valide au;Remplacé par',
      'ME;Ministère de l’Énergie;2021-05-25;17 avril 2023;MEEM',
      'MEEM;Ministère de l’Énergie, de l’Eau et des Mines;17/04/2023;;',
      'MX;Ministère X;2024;2023;',
    ];
    const preview = importTable(register, 'institutions', file);
    expect(problems(preview)).toEqual([{ line: 4, field: 'validTo', problem: 'end-before-start' }]);
    preview.commit();
    const energy = [...readRows(register, 'references').values()].find(({ code }) => code === 'ME');
    expect(energy?.content).toEqual({ validFrom: '2021-05-25', validTo: '2023-04-17', replacedBy: 'MEEM' });
    expect(importTable(register, 'institutions', file).counts).toMatchObject({ created: 0, changed: 0 });
  });

  it('holders are known by their payroll number, or by a name that only one has', () => {
    const { register, direction } = openOrganised();
    const { id } = saveAgent(register, { name: 'DOSSOU Afiavi', active: true });
    const file = [
      'Matricule;Nom;Prénoms;Fonction;Structure;Téléphone',
      '12345;Dossou;Afiavi;Chef de service;DSI;97 00 00 00',
      '12346;Ahouansou;Koffi;;Direction inconnue;',
      '12345;Autre;Nom;;;',
    ];
    const preview = importTable(register, 'agents', file);
    expect(problems(preview)).toEqual([
      { line: 3, field: 'structure', problem: 'unknown-structure' },
      { line: 4, field: 'name', problem: 'repeated' },
    ]);
    preview.commit();
    expect([...readRows(register, 'agents').values()]).toEqual([
      {
        id,
        ministryId: expect.any(String),
        name: 'Dossou Afiavi',
        payrollNumber: '12345',
        position: 'Chef de service',
        structureId: direction,
        phone: '0197000000',
        active: true,
      },
    ]);
    expect(importTable(register, 'agents', file).counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
  });

  it('I2: a file that is no such list is refused with the reason', () => {
    const { register } = openOrganised();
    const unreadable = (lines: readonly string[]) => () => importTable(register, 'accounts', lines);
    const refusal = (problem: string) =>
      expect.objectContaining({ code: 'IMPORT_UNREADABLE', details: expect.objectContaining({ problem }) });
    expect(unreadable([''])).toThrowError(refusal('empty'));
    expect(unreadable(['Couleur;Taille', 'rouge;grand'])).toThrowError(refusal('no-column'));
    expect(unreadable(['Compte;Libellé', '1;"ouvert'])).toThrowError(refusal('bad-csv'));
    expect(unreadable(['%PDF-1.7'])).toThrowError(refusal('unknown-format'));
    const wide = importTable(register, 'accounts', ['Compte;Libellé', '1;a;b', `2;${'x'.repeat(200)}`]);
    expect(problems(wide)).toEqual([
      { line: 2, field: '', problem: 'too-many-cells' },
      { line: 3, field: 'label', problem: 'too-long' },
    ]);
  });

  it('R1: a technician imports holders and no structures', () => {
    const { register } = openOrganised('dsi');
    expect(importTable(register, 'agents', ['Nom', 'Afiavi Dossou']).counts.created).toBe(1);
    const technician = new ReferenceImports(openTestRegister({ role: 'technicien' }));
    const bytes = Buffer.from('Nom\nAfiavi Dossou');
    expect(technician.preview({ target: 'agents', name: 'a.csv', bytes }).counts.created).toBe(1);
    expect(() => technician.preview({ target: 'structures', name: 'a.csv', bytes })).toThrowError(
      expect.objectContaining({ code: 'COMMAND_FORBIDDEN' }),
    );
  });
});

describe('R6: long files', () => {
  it('ten thousand holders are previewed without looking through all rows for every line, and refused lines name their place', () => {
    const { register } = openOrganised();
    const lines = Array.from(
      { length: 10_000 },
      (_, at) => `${at};Nom ${at} Prénom;DSI;97${String(at).padStart(6, '0')}`,
    );
    const file = ['Matricule;Nom;Structure;Téléphone', ...lines, '9999;Autre;DSI;'];
    const preview = importTable(register, 'agents', file);
    expect(preview.counts).toMatchObject({ created: 10_000, refused: 1 });
    expect(problems(preview)).toEqual([{ line: 10_002, field: 'name', problem: 'repeated' }]);
  });
});
