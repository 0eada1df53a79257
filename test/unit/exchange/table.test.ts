import { describe, expect, it } from 'vitest';
import { DSI, PARAKOU, problemsOf, read, readCells, SITE, STRUCTURE, textFile } from './support.ts';

const MINISTRY = {
  'N° d’inventaire': 'MND/2019/0042',
  Désignation: 'Ordinateur portable',
  Marque: 'HP',
  Modèle: 'ProBook 450 G5',
  'N° de série': '5CD8431XYZ',
  "Date d'acquisition (jj/mm/aaaa)": '05/03/2019',
  'Valeur (F CFA)': '1 250 000',
  État: 'Bon',
  Service: "Direction des Systèmes d'Information",
  'Site/Localité': 'PARAKOU',
  Détenteur: 'HOUNKPÈ Sènami',
  Observations: 'Batterie faible',
};

describe('tables of ministries', () => {
  it('reads the columns of a French spreadsheet', () => {
    const line = readCells(MINISTRY);
    expect(problemsOf(line)).toEqual(['typeCode: type-guessed']);
    expect(line).toMatchObject({
      outcome: 'create',
      line: 2,
      draft: {
        inventoryNumber: 'MND/2019/0042',
        typeCode: 'PCP',
        designation: 'Ordinateur portable',
        brand: 'HP',
        model: 'ProBook 450 G5',
        serialNumber: '5CD8431XYZ',
        acquisitionDate: '2019-03-05',
        acquisitionValue: 1_250_000,
        physicalState: 'good',
        structureId: DSI,
        siteId: PARAKOU,
        holderKind: 'agent',
        holderName: 'HOUNKPÈ Sènami',
        notes: 'Batterie faible',
      },
    });
  });

  it.each([
    ['Type de matériel', 'typeCode'],
    ['Catégorie', 'typeCode'],
    ['Fabricant', 'brand'],
    ['S/N', 'serialNumber'],
    ['Numéro de série', 'serialNumber'],
    ['N° SERIE', 'serialNumber'],
    ['Nº de série', 'serialNumber'],
    ['Serial number', 'serialNumber'],
    ['Numéro d’inventaire', 'inventoryNumber'],
    ['Matricule', 'inventoryNumber'],
    ['Statut', 'status'],
    ['Direction', 'structureId'],
    ['Localisation', 'siteId'],
    ['Bureau', 'room'],
    ['Nom et prénoms du détenteur', 'holderName'],
    ["Date d'achat", 'acquisitionDate'],
    ['Année', 'acquisitionDate'],
    ["Prix d'achat (FCFA)", 'acquisitionValue'],
    ["Mode d'acquisition", 'acquisitionMode'],
    ['Fournisseur', 'supplier'],
    ['Fin de garantie', 'warrantyEnd'],
    ['Garantie (mois)', 'warrantyEnd'],
    ['RAM', 'attributes.memoryMb'],
    ['Disque dur', 'attributes.diskGb'],
    ["Système d'exploitation", 'attributes.os'],
    ['Nom de la machine', 'attributes.hostname'],
    ['Adresse MAC', 'attributes.macAddress'],
    ['Numéro de commande', 'attributes.orderNumber'],
  ])('proposes a field for "%s"', (header, field) => {
    const { columns } = read([textFile('t.csv', `${header};Zzz\na;b`)]);
    expect(columns?.[0]?.field).toBe(field);
    expect(columns?.[1]).toEqual({ header: 'Zzz', samples: ['b'] });
  });

  it('finds the header below a letterhead', () => {
    const text =
      'RÉPUBLIQUE DU BÉNIN;;\nINVENTAIRE 2023;;\n;;\nMarque;Modèle;N° de série\nDell;Latitude 5420;ABC1234\n';
    const { lines } = read([textFile('t.csv', text)]);
    expect(lines.map(({ line, draft }) => [line, draft.serialNumber])).toEqual([[5, 'ABC1234']]);
  });

  it('obeys the mapping of the person, also where it leaves a column out', () => {
    const cells = { Marque: 'HP', Objet: 'Écran 22 pouces', Modèle: 'V22' };
    expect(readCells(cells).draft.designation).toBe('Poste fixe HP V22'.replace('Poste fixe', 'Autre'));
    const mapped = readCells(cells, { mapping: { Objet: 'designation', Modèle: '', Marque: 'brand' } });
    expect(mapped.draft).toMatchObject({ designation: 'Écran 22 pouces', typeCode: 'ECR', brand: 'HP' });
    expect(mapped.draft.model).toBeUndefined();
  });

  it('ignores a mapping to something that is no field', () => {
    expect(
      readCells(
        { Marque: 'HP', Modèle: 'V22' },
        { mapping: { Modèle: 'ministryId', __proto__: 'x' } as Record<string, string> },
      ).draft.model,
    ).toBeUndefined();
  });

  it('names every column, also equal and empty ones', () => {
    const { columns } = read([textFile('t.csv', 'Marque;Nom;Nom;;Modèle\nHP;a;b;c;d')]);
    expect(columns?.map(({ header }) => header)).toEqual(['Marque', 'Nom', 'Nom (2)', '(colonne 4)', 'Modèle']);
  });

  it('keeps the text of a place or structure that it does not know, and takes the chosen one', () => {
    const line = readCells({ ...MINISTRY, Service: 'Cellule Z', 'Site/Localité': 'Tombouctou' });
    expect(line.draft).toMatchObject({
      structureId: STRUCTURE,
      siteId: SITE,
      attributes: { sourceStructure: 'Cellule Z', sourceSite: 'Tombouctou' },
    });
    expect(problemsOf(line)).toEqual(
      expect.arrayContaining(['structureId: unknown-structure', 'siteId: unknown-site']),
    );
  });
});

describe('values of cells', () => {
  const base = { Marque: 'HP', Modèle: 'X1', Type: 'PCF', 'N° de série': 'AB12CD' };
  const draftOf = (cells: Record<string, string>) => readCells({ ...base, ...cells });

  it.each([
    ['750000', 750_000, undefined],
    ['1 250 000', 1_250_000, undefined],
    ['1\u202f250\u00a0000 F CFA', 1_250_000, undefined],
    ['1.250.000 FCFA', 1_250_000, undefined],
    ['1,250,000', 1_250_000, undefined],
    ['450.000', 450_000, undefined],
    ['1250000,00', 1_250_000, undefined],
    ['2 266,13', 2266, 'value-rounded'],
    ['2266.5', 2267, 'value-rounded'],
    ['1,200 €', undefined, 'foreign-currency'],
    ['$2,266.13', undefined, 'foreign-currency'],
    ['-5', undefined, 'bad-number'],
    ['cher', undefined, 'bad-number'],
    ['inconnue', undefined, undefined],
    ['', undefined, undefined],
  ])('an amount "%s" is %s', (text, value, problem) => {
    const line = draftOf({ Valeur: text });
    expect(line.outcome).toBe('create');
    expect(line.draft.acquisitionValue).toBe(value);
    expect(problemsOf(line)).toEqual(problem ? [`acquisitionValue: ${problem}`] : []);
    if (problem) expect(line.draft.attributes?.sourceAcquisitionValue).toBe(text);
  });

  it.each([
    ['2019', '2019'],
    ['03/2019', '2019-03'],
    ['2019-03', '2019-03'],
    ['5/3/2019', '2019-03-05'],
    ['05-03-2019', '2019-03-05'],
    ['05.03.19', '2019-03-05'],
    ['2019-03-05T10:00:00', '2019-03-05'],
    ['05/03/2019 00:00', '2019-03-05'],
    ['5 mars 2019', '2019-03-05'],
    ['1er août 2019', '2019-08-01'],
    ['mars 2019', '2019-03'],
    ['déc-19', '2019-12'],
    ['Mar 5, 2019', '2019-03-05'],
    ['12/31/2019', '2019-12-31'],
    ['31/12/98', '1998-12-31'],
  ])('a date "%s" is %s', (text, date) => {
    const line = draftOf({ "Date d'acquisition": text });
    expect(line.draft.acquisitionDate).toBe(date);
    expect(problemsOf(line)).toEqual([]);
  });

  it.each(['31/02/2019', '45/45/2019', 'hier', '0000', '99999'])(
    'a date "%s" is not understood, kept and told',
    (text) => {
      const line = draftOf({ "Date d'acquisition": text });
      expect(line.draft.acquisitionDate).toBeUndefined();
      expect(line.draft.attributes?.sourceAcquisitionDate).toBe(text);
      expect(problemsOf(line)).toEqual(['acquisitionDate: bad-date']);
    },
  );

  it('a number in place of a date is read as the spreadsheet counts, with a remark', () => {
    const line = draftOf({ "Date d'acquisition": '43529' });
    expect(line.draft.acquisitionDate).toBe('2019-03-05');
    expect(problemsOf(line)).toEqual(['acquisitionDate: date-from-number']);
  });

  it('decides on days and months once per column', () => {
    const dates = (...cells: string[]) =>
      read([
        textFile('t.csv', ['Marque;Modèle;Date achat', ...cells.map((cell) => `HP;X;${cell}`)].join('\n')),
      ]).lines.map(({ draft }) => draft.acquisitionDate);
    expect(dates('3/4/21', '5/6/21')).toEqual(['2021-04-03', '2021-06-05']);
    expect(dates('3/4/21', '5/16/21')).toEqual(['2021-03-04', '2021-05-16']);
    expect(dates('3/4/21', '16/5/21')).toEqual(['2021-04-03', '2021-05-16']);
  });

  it('counts a warranty in months from the acquisition', () => {
    expect(draftOf({ 'Date achat': '31/01/2020', 'Durée garantie': '1 mois' }).draft.warrantyEnd).toBe('2020-02-29');
    expect(draftOf({ 'Date achat': '15/03/2020', 'Durée garantie': '3 ans' }).draft.warrantyEnd).toBe('2023-03-15');
  });

  it('A5: a warranty that ends before the acquisition stops the line', () => {
    const line = draftOf({ 'Date achat': '2020', 'Fin de garantie': '2018' });
    expect(line.outcome).toBe('invalid');
    expect(problemsOf(line)).toEqual(['warrantyEnd: warranty-before-acquisition']);
  });

  it.each([
    ['État', 'Neuf', { physicalState: 'new' }, 'in-service', []],
    ['État', "Hors d'usage", { physicalState: 'unusable' }, 'in-service', []],
    ['État', 'En stock', { physicalState: 'good' }, 'in-stock', []],
    ['Statut', 'Affecté', {}, 'in-service', []],
    ['Statut', 'Ready to Deploy', {}, 'in-stock', []],
    ['Statut', 'Mauvais', { physicalState: 'poor' }, 'in-service', []],
    ['Statut', 'Réformé', { attributes: { sourceStatus: 'Réformé' } }, 'in-service', ['status: status-not-initial']],
    ['Statut', 'Bleu', { attributes: { sourceStatus: 'Bleu' } }, 'in-service', ['status: unknown-value']],
  ])('%s "%s"', (header, word, draft, status, problems) => {
    const line = draftOf({ [header]: word });
    expect(line).toMatchObject({ draft, status });
    expect(problemsOf(line)).toEqual(problems);
  });

  it.each([
    ['laptop', 'PCP'],
    ['Ordinateur portable', 'PCP'],
    ['PC', 'PCF'],
    ['Unité centrale', 'PCF'],
    ['Écran', 'ECR'],
    ['Moniteurs', 'ECR'],
    ['imprimantes', 'IMP'],
    ['Imprimante multifonction', 'MFP'],
    ['Onduleur', 'OND'],
    ['Téléphone portable', 'MOB'],
    ['Disque dur externe', 'DDE'],
    ['Switch', 'COM'],
    ['ecr', 'ECR'],
    ["Point d'accès Wi-Fi", 'PAW'],
    ['Serveur rack', 'SRV'],
    ['Vidéoprojecteur', 'VPR'],
    ['Groupe électrogène', 'GEL'],
  ])('the word "%s" is the type %s', (word, typeCode) => {
    expect(readCells({ Marque: 'HP', Modèle: 'X1', Type: word, 'N° de série': 'AB12CD' }).draft.typeCode).toBe(
      typeCode,
    );
  });

  it('a type that is none takes the chosen one, else AUT, and keeps the word', () => {
    const cells = { ...base, Type: 'Tondeuse' };
    expect(readCells(cells).draft).toMatchObject({ typeCode: 'AUT', attributes: { sourceType: 'Tondeuse' } });
    expect(readCells(cells, { defaults: { typeCode: 'IMP' } }).draft.typeCode).toBe('IMP');
  });

  it.each([
    ['', 'absent', 'serial-missing'],
    ['Néant', 'absent', 'serial-missing'],
    ['0000000', 'absent', 'junk-serial'],
    ['To Be Filled By O.E.M.', 'absent', 'junk-serial'],
    ['1,23457E+11', 'illegible', 'serial-damaged'],
    ['illisible', 'illegible', undefined],
  ])('A6: a serial "%s" is %s', (text, reason, problem) => {
    const line = draftOf({ 'N° de série': text });
    expect(line.draft).toMatchObject({ serialAbsenceReason: reason });
    expect(line.draft.serialNumber).toBeUndefined();
    expect(problemsOf(line)).toEqual(problem ? [`serialNumber: ${problem}`] : []);
  });

  it('takes off what spreadsheets put around a serial to keep its zeros', () => {
    expect(draftOf({ 'N° de série': '="00123AB"' }).draft.serialNumber).toBe('00123AB');
    expect(draftOf({ 'N° de série': "'00123AB" }).draft.serialNumber).toBe('00123AB');
  });

  it('cuts what is too long and says so', () => {
    const line = draftOf({ Désignation: 'é'.repeat(300), Salle: 'x' });
    expect(line.draft.designation).toHaveLength(200);
    expect(problemsOf(line)).toEqual(['designation: too-long']);
  });

  it('reads memory and disks in whatever unit', () => {
    expect(draftOf({ RAM: '8 Go', 'Disque dur': '1 To' }).draft.attributes).toMatchObject({
      memoryMb: 8192,
      diskGb: 1000,
    });
    expect(draftOf({ RAM: '16', 'Disque dur': '500GB SSD' }).draft.attributes).toMatchObject({
      memoryMb: 16_384,
      diskGb: 500,
    });
    expect(draftOf({ RAM: 'beaucoup' }).draft.attributes).toMatchObject({ memoryMb: 'beaucoup' });
  });

  it('a holder that is a service is no person', () => {
    expect(draftOf({ Détenteur: 'Secrétariat DPAF' }).draft).toMatchObject({
      holderKind: 'service',
      holderName: 'Secrétariat DPAF',
    });
  });

  it('A5: a brand that nothing tells is missing, one that the model tells is guessed', () => {
    const missing = readCells({ Marque: '', Modèle: 'X1', 'N° de série': 'AB12' });
    expect(missing.outcome).toBe('invalid');
    expect(problemsOf(missing)[0]).toBe('brand: required');
    const guessed = readCells({ Marque: '', Modèle: 'Dell Latitude 5420', 'N° de série': 'AB12' });
    expect(guessed.draft.brand).toBe('Dell');
    expect(problemsOf(guessed)).toContain('brand: brand-guessed');
  });
});
