import type { Asset } from '#shared/schema/asset.ts';
import {
  EMPTY_VALUES,
  type FormValues,
  findFormProblems,
  forNext,
  forSeries,
  fromAsset,
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
