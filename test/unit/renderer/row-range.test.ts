import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import { addIds, rangeBetween } from '../../../renderer/features/asset-list/row-range.ts';

const idsFrom = (first: number, count: number) => Array.from({ length: count }, (_, place) => `id${first + place}`);

describe('choosing rows', () => {
  it('takes a range in either direction, both ends included', () => {
    expect(rangeBetween(3, 7)).toEqual({ offset: 3, limit: 5 });
    expect(rangeBetween(7, 3)).toEqual({ offset: 3, limit: 5 });
    expect(rangeBetween(4, 4)).toEqual({ offset: 4, limit: 1 });
  });

  it('keeps what was chosen before, once', () => {
    expect(addIds(['a', 'b'], ['b', 'c'])).toEqual({ ids: ['a', 'b', 'c'], cutFrom: undefined });
  });

  it('A8: chooses no more than one act takes, and says of how many', () => {
    expect(addIds([], idsFrom(0, MAX_ACT_ASSETS), 2000)).toMatchObject({ cutFrom: 2000 });
    const full = addIds(idsFrom(0, MAX_ACT_ASSETS), ['one-more']);
    expect(full.ids).toHaveLength(MAX_ACT_ASSETS);
    expect(full.cutFrom).toBe(MAX_ACT_ASSETS + 1);
    expect(addIds(idsFrom(0, MAX_ACT_ASSETS), ['id0']).cutFrom).toBeUndefined();
  });
});
