import { matchesSearch, type Tree, type TreeEntry } from '../../store/tree.ts';

/** Which branches are open: what is open from the start, and what was opened or closed since. */
export type Openness = { readonly base: 'first-levels' | 'all' | 'none'; readonly toggled: ReadonlySet<string> };

export type TreeRow = { readonly entry: TreeEntry; readonly hasChildren: boolean; readonly isOpen: boolean };

type View = {
  readonly openness: Openness;
  /** Levels that are open from the start. */
  readonly firstLevels: number;
  readonly search: string;
  readonly withRetired: boolean;
};

/**
 * The rows to show, in reading order. What is no longer in use shows only where it is asked for, or where something in use
 * hangs under it. A search opens the way to what it finds.
 */
export function visibleRows(tree: Tree, { openness, firstLevels, search, withRetired }: View): TreeRow[] {
  const isSearching = search.trim() !== '';
  const kept = new Set<string>();
  for (const entry of tree.entries) {
    if (!withRetired && entry.isRetired) continue;
    if (isSearching && !matchesSearch(entry.searchText, search)) continue;
    for (const id of [entry.id, ...entry.ancestorIds]) kept.add(id);
  }
  const parents = new Set(tree.entries.filter(({ id }) => kept.has(id)).map(({ ancestorIds }) => ancestorIds.at(-1)));
  const isOpen = (entry: TreeEntry) => isSearching || isOpenAt(entry, openness, firstLevels);
  const opened = new Set(tree.entries.filter(isOpen).map(({ id }) => id));
  return tree.entries
    .filter(({ id, ancestorIds }) => kept.has(id) && ancestorIds.every((ancestor) => opened.has(ancestor)))
    .map((entry) => ({ entry, hasChildren: parents.has(entry.id), isOpen: opened.has(entry.id) }));
}

function isOpenAt({ id, depth }: TreeEntry, { base, toggled }: Openness, firstLevels: number): boolean {
  const isOpenFirst = base === 'all' || (base === 'first-levels' && depth < firstLevels);
  return toggled.has(id) ? !isOpenFirst : isOpenFirst;
}

export function toggle(openness: Openness, id: string): Openness {
  const toggled = new Set(openness.toggled);
  if (!toggled.delete(id)) toggled.add(id);
  return { ...openness, toggled };
}

/** The part of a tree that passes, with every path as it is: what a field may offer. */
export function pruneTree(tree: Tree, isOffered: (entry: TreeEntry) => boolean): Tree {
  const entries = tree.entries.filter(isOffered);
  return { entries, byId: new Map(entries.map((entry) => [entry.id, entry])) };
}

/** Under what a node may be hung: rows of these levels that are neither the node nor below it. */
export function mayHoldRow<Kind extends string>(
  id: string | undefined,
  rows: ReadonlyMap<string, { readonly kind: Kind }> | undefined,
  levels: readonly Kind[],
): (entry: TreeEntry) => boolean {
  return (entry) => {
    const kind = rows?.get(entry.id)?.kind;
    const isBelow = id !== undefined && (entry.id === id || entry.ancestorIds.includes(id));
    return !isBelow && kind !== undefined && levels.includes(kind);
  };
}
