import { ruleOfNature } from '#shared/domain/natures.ts';
import type { Asset } from '#shared/schema/asset.ts';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { FORM_NATURES, fieldOrder } from '../../../renderer/features/asset-form/form-fields.ts';
import {
  EMPTY_VALUES,
  emptyValues,
  type FormValues,
  findFormProblems,
  forNext,
  forSeries,
  fromAsset,
  initialStatus,
  likeAsset,
  toChanges,
  toDraft,
} from '../../../renderer/features/asset-form/form-values.ts';

const id = '01930000-0000-7000-8000-000000000001';
const enough: FormValues = {
  ...EMPTY_VALUES,
  typeCode: 'PCP',
  brand: 'HP',
  designation: 'Ordinateur portable HP',
  serialNumber: '5CG0123XYZ',
  physicalState: 'good',
  status: 'in-service',
  structureId: id,
  siteId: id,
  holderKind: 'service',
  acquisitionMode: 'existing',
};
const asset: Asset = {
  id,
  ministryId: id,
  nature: 'hardware',
  typeCode: 'PCP',
  designation: 'Ordinateur portable HP',
  brand: 'HP',
  serialNumber: '5CG0123XYZ',
  physicalState: 'good',
  structureId: id,
  siteId: id,
  holderKind: 'service',
  acquisitionMode: 'existing',
  acquisitionDate: '2019-03',
  acquisitionValue: 450_000,
  attributes: { memoryMb: 8192, processor: 'Intel i5' },
  reference: 'MND-PCP-26-K7-0042-T',
  status: 'in-service',
  createdAt: '2026-11-23T10:26:00.000Z',
  updatedAt: '2026-11-23T10:26:00.000Z',
};

describe('the asset form', () => {
  it('A5: eight fields, a structure and a designation are enough', () => {
    expect(findFormProblems(enough)).toEqual({});
  });

  it('A5: an empty form names every mandatory field', () => {
    expect(Object.keys(findFormProblems(EMPTY_VALUES)).sort()).toEqual(
      [
        'acquisitionMode',
        'brand',
        'designation',
        'holderKind',
        'physicalState',
        'serialNumber',
        'siteId',
        'status',
        'structureId',
        'typeCode',
      ].sort(),
    );
  });

  it('A5: a reason stands for an unknown serial; a serial drops the reason', () => {
    const unknown = { ...enough, serialNumber: '', serialAbsenceReason: 'illegible' };
    expect(findFormProblems(unknown)).toEqual({});
    expect(toDraft({ ...unknown, serialNumber: 'ABC123' })).not.toHaveProperty('serialAbsenceReason');
  });

  it('A6: a placeholder is no serial', () => {
    expect(findFormProblems({ ...enough, serialNumber: '000000' })).toEqual({ serialNumber: 'junk-serial' });
  });

  it('keeps a date that cannot be read, and says so', () => {
    expect(findFormProblems({ ...enough, acquisitionDate: '31/02/2019' })).toEqual({ acquisitionDate: 'bad-date' });
  });

  it('stores partial dates and whole francs', () => {
    const draft = toDraft({ ...enough, acquisitionDate: '03/2019', acquisitionValue: 450_000 });
    expect(draft).toMatchObject({ acquisitionDate: '2019-03', acquisitionValue: 450_000, nature: 'hardware' });
  });

  it('opens and closes without a change', () => {
    expect(toChanges(fromAsset(asset), asset)).toEqual({});
  });

  it('sends only what changed; an emptied field becomes null', () => {
    const values = { ...fromAsset(asset), room: ' B 214 ', acquisitionDate: '' };
    expect(toChanges(values, asset)).toEqual({ room: 'B 214', acquisitionDate: null });
  });

  it('keeps the kind of a characteristic', () => {
    const values = fromAsset(asset);
    const attributes = values.attributes.map((row) => (row.name === 'memoryMb' ? { ...row, value: '16384' } : row));
    expect(toChanges({ ...values, attributes }, asset)).toEqual({
      attributes: { memoryMb: 16_384, processor: 'Intel i5' },
    });
  });

  it('carries a series on without what identifies one device', () => {
    expect(forNext({ ...enough, inventoryNumber: 'X1', holderName: 'A' })).toEqual({ ...enough, serialNumber: '' });
  });

  it('A5: a series asks for its serials afterwards, and for nothing less', () => {
    const noSerial = { ...enough, serialNumber: '' };
    expect(findFormProblems(noSerial)).toEqual({ serialNumber: 'required' });
    expect(findFormProblems(noSerial, { kind: 'series' })).toEqual({});
    expect(findFormProblems({ ...noSerial, brand: '' }, { kind: 'series' })).toEqual({ brand: 'required' });
  });

  it('copies a record without what is one device’s own', () => {
    const like = { ...asset, attributes: { processor: 'Intel i5', macAddress: '00:11:22:33:44:55' } };
    const copy = likeAsset(like);
    expect(copy).toMatchObject({ serialNumber: '', inventoryNumber: '', brand: asset.brand });
    expect(copy.attributes.map(({ name }) => name)).toEqual(['processor']);
    expect(likeAsset({ ...like, status: 'lost' }).status).toBe('');
    const started = forSeries('', { ...like, status: 'in-service', holderKind: 'agent', acquisitionDate: '2019' });
    expect(started).toMatchObject({
      status: 'in-stock',
      holderKind: 'service',
      physicalState: 'new',
      acquisitionDate: '',
    });
  });
});

describe('the form of each nature', () => {
  const licence: Asset = {
    id,
    ministryId: id,
    nature: 'licence',
    typeCode: 'LBU',
    designation: 'Suite bureautique',
    brand: 'Éditeur',
    licenceKind: 'subscription',
    seats: 20,
    expiryDate: '2027-03-31',
    annualCost: 1_200_000,
    isShareable: false,
    contracts: { [id]: true },
    structureId: id,
    reference: 'MND-LBU-26-K7-0001-T',
    status: 'active',
    createdAt: '2026-11-23T10:26:00.000Z',
    updatedAt: '2026-11-23T10:26:00.000Z',
  };

  it.each(FORM_NATURES)('A5: has every field of its nature and no other (%s)', (nature) => {
    const { required, optional } = ruleOfNature(nature);
    // The nature comes with the type; a holder that is a record of the register is chosen by name.
    const apart = ['nature', 'holderId'];
    const named = [...new Set([...required, ...optional])].filter((field) => !apart.includes(field));
    const onScreen = fieldOrder(nature).filter((field) => field !== 'status');
    expect([...onScreen].sort()).toEqual([...named].sort());
  });

  it.each(FORM_NATURES)(
    'A5: quick entry asks for eight fields at the most besides structure and name (%s)',
    (nature) => {
      const { required } = ruleOfNature(nature);
      const asked = fieldOrder(nature).filter((field) => required.some((name) => name === field));
      expect(asked.filter((field) => field !== 'structureId' && field !== 'designation').length).toBeLessThanOrEqual(8);
    },
  );

  it('reads a record and gives it back unchanged', () => {
    expect(toChanges(fromAsset(licence), licence)).toEqual({});
    expect(toDraft(fromAsset(licence), licence)).toMatchObject({
      nature: 'licence',
      seats: 20,
      expiryDate: '2027-03-31',
      isShareable: false,
      contracts: { [id]: true },
    });
  });

  it('A5: a licence asks for its publisher and kind, never for a serial, a site or a status', () => {
    const problems = findFormProblems(emptyValues('licence'));
    expect(Object.keys(problems).sort()).toEqual(['brand', 'designation', 'licenceKind', 'structureId', 'typeCode']);
    expect(initialStatus(emptyValues('licence'))).toBe('active');
    expect(initialStatus(emptyValues('consumable'))).toBe('in-stock');
  });

  it('what another nature has is not carried along', () => {
    const values = { ...fromAsset(licence), nature: 'contract' as const, supplier: 'Sènan' };
    expect(toDraft(values)).not.toHaveProperty('seats');
  });

  it('L1: characteristics are read as their kind, and what cannot be read is refused there', () => {
    const definitions: AttributeDefinition[] = [
      { key: 'memoryMb', label: 'Mémoire', kind: 'number' },
      { key: 'color', label: 'Couleur', kind: 'boolean' },
      { key: 'batteryDate', label: 'Batterie', kind: 'date' },
      { key: 'diskType', label: 'Disque', kind: 'choice', choices: ['SSD'], isRequired: true },
    ];
    const typed = (rows: Readonly<Record<string, string>>) => ({
      ...enough,
      attributes: Object.entries(rows).map(([name, value]) => ({ name, value })),
    });
    const rows = typed({ memoryMb: '16 384', color: 'false', batteryDate: '03/2026', diskType: 'SSD', autre: 'x' });
    expect(toDraft(rows, undefined, definitions).attributes).toEqual({
      memoryMb: 16_384,
      color: false,
      batteryDate: '2026-03',
      diskType: 'SSD',
      autre: 'x',
    });
    expect(findFormProblems(typed({ memoryMb: 'beaucoup' }), { kind: 'new' }, definitions)).toEqual({
      'attributes.memoryMb': 'bad-number',
      'attributes.diskType': 'required',
    });
    // What a file wrote before the type was described is kept as it is.
    const old: Asset = { ...asset, attributes: { memoryMb: '8 Go', diskType: 'SSD' } };
    expect(findFormProblems(fromAsset(old, definitions), { kind: 'edit', base: old }, definitions)).toEqual({});
    expect(toChanges(fromAsset(old, definitions), old, definitions)).toEqual({});
  });

  it('another holder is not the record of the one before', () => {
    const held: Asset = { ...asset, holderKind: 'agent', holderName: 'Koffi', holderId: id };
    expect(toChanges({ ...fromAsset(held), holderName: 'Afi', holderId: '' }, held)).toEqual({
      holderName: 'Afi',
      holderId: null,
    });
    expect(toChanges(fromAsset(held), held)).toEqual({});
  });
});
