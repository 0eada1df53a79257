import type { Asset } from '#shared/schema/asset.ts';
import { findDifferences, proposeTaken, toMergeChanges } from '../../../renderer/features/merge/merge-choices.ts';
import { assetDraft } from '../../support/register.ts';

const KEPT: Asset = {
  ...assetDraft({ brand: 'Dell', attributes: { os: 'Windows 10', memoryMb: 8192 }, serialAbsenceReason: 'illegible' }),
  id: '00000000-0000-4000-8000-000000000001',
  ministryId: '00000000-0000-4000-8000-000000000009',
  reference: 'MND-PCP-26-A1-0001-X',
  status: 'in-service',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

function keptWithout(...fields: readonly (keyof Asset)[]): Asset {
  const entries = Object.entries(KEPT).filter(([field]) => !fields.some((one) => one === field));
  return Object.fromEntries(entries) as Asset; // still what the screen reads of it
}

describe('the choice between two records', () => {
  const kept = keptWithout('serialNumber');
  const other: Asset = {
    ...keptWithout('serialAbsenceReason'),
    id: '00000000-0000-4000-8000-000000000002',
    reference: 'MND-PCP-26-A1-0002-Y',
    status: 'in-stock',
    serialNumber: '5CG0482',
    brand: 'DELL',
    attributes: { os: 'Windows 11', memoryMb: 8192, hostname: 'PC-12' },
  };
  const differences = findDifferences(kept, other);

  it('A12: shows only what a person filled in and differs', () => {
    expect(differences.map(({ field }) => field)).toEqual([
      'attributes.hostname',
      'attributes.os',
      'brand',
      'serialAbsenceReason',
      'serialNumber',
    ]);
  });

  it('A12: proposes to fill what the kept record leaves empty, and nothing else', () => {
    expect([...proposeTaken(differences)].sort()).toEqual(['attributes.hostname', 'serialNumber']);
    expect(toMergeChanges(kept, differences, proposeTaken(differences))).toEqual({
      attributes: { os: 'Windows 10', memoryMb: 8192, hostname: 'PC-12' },
      serialNumber: '5CG0482',
      serialAbsenceReason: null,
    });
  });

  it('A12: takes an empty field where that was chosen, and asks for no change where nothing was', () => {
    expect(toMergeChanges(other, findDifferences(other, kept), new Set(['attributes.hostname']))).toEqual({
      attributes: { os: 'Windows 11', memoryMb: 8192 },
    });
    expect(toMergeChanges(kept, differences, new Set())).toEqual({});
  });
});
