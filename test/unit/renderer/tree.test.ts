import { buildTree, matchesSearch, printPath, sumUpwards, withDescendants } from '../../../renderer/store/tree.ts';

const tree = buildTree([
  { id: 'r', name: 'Ministère' },
  { id: 'b', parentId: 'r', name: 'Direction B' },
  { id: 'a', parentId: 'r', name: 'Direction A', acronym: 'DA' },
  { id: 'a2', parentId: 'a', name: 'Service 10' },
  { id: 'a1', parentId: 'a', name: 'Service 2' },
]);

describe('a tree of structures or sites', () => {
  it('lists each node before what is below it, siblings as people order them', () => {
    expect(tree.entries.map(({ id }) => id)).toEqual(['r', 'a', 'a1', 'a2', 'b']);
  });

  it('puts orphans and loops at the root instead of losing them', () => {
    const odd = buildTree([
      { id: 'x', parentId: 'missing', name: 'X' },
      { id: 'y', parentId: 'z', name: 'Y' },
      { id: 'z', parentId: 'y', name: 'Z' },
    ]);
    expect(odd.entries.map(({ id }) => id).sort()).toEqual(['x', 'y', 'z']);
  });

  it('finds by the beginnings of words, of the path too, without accents', () => {
    const text = tree.byId.get('a1')?.searchText ?? '';
    expect(matchesSearch(text, 'serv MINISTERE')).toBe(true);
    expect(matchesSearch(text, 'ervice')).toBe(false);
    expect(matchesSearch(text, '')).toBe(true);
  });

  it('R1: what is no longer in use stays in the tree, marked', () => {
    const { byId } = buildTree([
      { id: 'r', name: 'Ministère' },
      { id: 'a', parentId: 'r', name: 'Direction A', isRetired: true },
      { id: 'b', parentId: 'a', name: 'Service B' },
    ]);
    expect([...byId.values()].map(({ id, isRetired }) => [id, isRetired])).toEqual([
      ['r', false],
      ['a', true],
      ['b', false],
    ]);
  });

  it('a chosen node stands for everything below it', () => {
    expect(withDescendants(tree, ['a'])).toEqual(['a', 'a1', 'a2']);
  });

  it('counts go up to the root', () => {
    expect(Object.fromEntries(sumUpwards(tree, { a1: 2, a2: 3, b: 1 }))).toEqual({ a1: 2, a2: 3, a: 5, b: 1, r: 6 });
  });

  it('prints the way down', () => {
    const entry = tree.byId.get('a1');
    expect(entry && printPath(entry, 1)).toBe('Direction A › Service 2');
  });
});
