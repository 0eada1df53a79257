import fc from 'fast-check';
import { mergeAsset } from '#shared/merge/asset.ts';
import { type Fields, isSame, mergeThreeWay } from '#shared/merge/three-way.ts';

const HERE = {
  status: 'in-service',
  structureId: 'a',
  siteId: 'x',
  holderKind: 'agent',
  holderName: 'Afi',
  brand: 'HP',
};
const SENT = { ...HERE, status: 'in-transit', destinationStructureId: 'b' };
const RECEIVED = { status: 'in-stock', structureId: 'b', siteId: 'y', room: '12', holderKind: 'service', brand: 'HP' };

describe('a transfer of which each desktop knows one end', () => {
  test.each([
    ['the receipt comes second', RECEIVED, SENT],
    ['the dispatch comes second', SENT, RECEIVED],
  ])('M6: the asset is where it was received: %s', (_, mine, theirs) => {
    expect(mergeAsset(HERE, mine, theirs)).toEqual({ merged: RECEIVED, conflicts: [] });
  });

  test('M6: what else either side changed is merged field by field', () => {
    const { merged, conflicts } = mergeAsset(HERE, { ...SENT, notes: 'Housse jointe' }, { ...RECEIVED, brand: 'HPE' });
    expect(merged).toEqual({ ...RECEIVED, brand: 'HPE', notes: 'Housse jointe' });
    expect(conflicts).toEqual([]);
  });

  test('M6: received elsewhere than it was sent to, it stays where it is and somebody is asked', () => {
    const { merged, conflicts } = mergeAsset(HERE, { ...SENT, destinationStructureId: 'c' }, RECEIVED);
    expect(merged).toEqual(RECEIVED);
    expect(conflicts).toEqual([{ field: 'structureId', base: 'a', mine: 'c', theirs: 'b' }]);
  });

  test('M6: a loss or a theft noted meanwhile is no receipt', () => {
    const { conflicts } = mergeAsset(HERE, SENT, { ...HERE, status: 'stolen' });
    expect(conflicts.map(({ field }) => field)).toEqual(['status']);
  });

  const side: fc.Arbitrary<Fields> = fc.record(
    {
      status: fc.constantFrom('in-service', 'in-stock', 'in-transit', 'stolen'),
      structureId: fc.constantFrom('a', 'b', 'c'),
      destinationStructureId: fc.constantFrom('a', 'b', 'c'),
      holderName: fc.constantFrom('Afi', 'Koffi'),
      notes: fc.constantFrom('1', '2'),
    },
    { requiredKeys: ['status', 'structureId'], noNullPrototype: true },
  );

  test('M1, M5, M6: whereabouts do not depend on the order of a dispatch and its receipt; equal sides stay as they are', () => {
    fc.assert(
      fc.property(side, side, side, (base, mine, theirs) => {
        const [here, there] = [mergeAsset(base, mine, theirs), mergeAsset(base, theirs, mine)];
        expect(mergeAsset(base, mine, mine)).toEqual({ merged: mine, conflicts: [] });
        const isTransfer = !isSame(here, mergeThreeWay(base, mine, theirs));
        if (!isTransfer) return;
        for (const field of ['status', 'structureId', 'holderName', 'destinationStructureId']) {
          expect(here.merged[field]).toEqual(there.merged[field]);
        }
      }),
    );
  });
});
