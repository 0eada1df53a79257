import type { Movement } from '#shared/schema/movement.ts';
import { mapChanges } from '../../../renderer/features/asset/change-map.ts';

const ID = '00000000-0000-4000-8000-00000000000';

function entry(place: number, fields: Partial<Movement>): Movement {
  return {
    id: `${ID}${place}`,
    ministryId: `${ID}a`,
    assetId: `${ID}b`,
    kind: 'update',
    declaredAt: `2026-11-2${place}T08:00:00.000Z`,
    author: { personId: `${ID}c`, name: 'Afi', role: 'dsi' },
    deviceId: `${ID}d`,
    deviceSequence: place,
    changes: [],
    ...fields,
  };
}

const room = (from: string | null, to: string) => ({ field: 'room', from, to });

describe('the map of what changed', () => {
  it('J2: has a column for every act that changed something, oldest first, and the busiest field on top', () => {
    const brand = { field: 'brand', from: 'HP', to: 'Dell' };
    const { acts, rows } = mapChanges([
      entry(4, { changes: [room('B', 'C')] }),
      entry(1, { kind: 'creation', changes: [room(null, 'A'), { field: 'brand', from: null, to: 'HP' }] }),
      entry(3, { kind: 'act', act: 'repair' }),
      entry(2, { changes: [room('A', 'B'), brand] }),
    ]);
    expect(acts.map(({ deviceSequence }) => deviceSequence)).toEqual([2, 4]);
    expect(rows).toEqual([
      { field: 'room', cells: [room('A', 'B'), room('B', 'C')] },
      { field: 'brand', cells: [brand, undefined] },
    ]);
  });

  it('is empty for what was only registered', () => {
    expect(mapChanges([entry(1, { kind: 'creation', changes: [room(null, 'A')] })])).toEqual({ acts: [], rows: [] });
  });
});
