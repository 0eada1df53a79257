import { fold } from '#shared/domain/fold.ts';

export type TreeNode = {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string | undefined;
  readonly acronym?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly isRetired?: boolean | undefined;
};

export type TreeEntry = {
  readonly id: string;
  readonly name: string;
  readonly acronym?: string | undefined;
  /** Other spellings. */
  readonly aliases: readonly string[];
  /** Names from the root down to the parent. */
  readonly ancestors: readonly string[];
  readonly ancestorIds: readonly string[];
  readonly depth: number;
  /** No longer in use: named where it is used, proposed nowhere (SPEC R1). */
  readonly isRetired: boolean;
  /** Folded words of the name, its other spellings and its ancestors: what a search looks in. */
  readonly searchText: string;
};

/** A tree of structures or sites in reading order: each node before its children, siblings by name. */
export type Tree = { readonly entries: readonly TreeEntry[]; readonly byId: ReadonlyMap<string, TreeEntry> };

export const EMPTY_TREE: Tree = { entries: [], byId: new Map() };

/** A node whose parent is missing (not received yet) or that would close a loop stands at the root. */
export function buildTree(nodes: readonly TreeNode[], locale = 'fr'): Tree {
  const compare = new Intl.Collator(locale, { numeric: true }).compare;
  const known = new Map(nodes.map((node) => [node.id, node]));
  const children = new Map<string | undefined, TreeNode[]>();
  for (const node of nodes) {
    const parent = node.parentId !== undefined && known.has(node.parentId) ? node.parentId : undefined;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const byId = new Map<string, TreeEntry>();
  const visit = (node: TreeNode, ancestors: readonly TreeNode[]) => {
    if (byId.has(node.id)) return;
    byId.set(node.id, toEntry(node, ancestors));
    for (const child of sorted(children.get(node.id))) visit(child, [...ancestors, node]);
  };
  const sorted = (siblings: readonly TreeNode[] = []) => [...siblings].sort((a, b) => compare(a.name, b.name));
  for (const root of sorted(children.get(undefined))) visit(root, []);
  for (const node of nodes) visit(node, []);
  return { entries: [...byId.values()], byId };
}

function toEntry(node: TreeNode, above: readonly TreeNode[]): TreeEntry {
  const ancestors = above.map(({ name }) => name);
  const words = [node.name, node.acronym ?? '', ...(node.aliases ?? []), ...ancestors];
  return {
    id: node.id,
    name: node.name,
    ...(node.acronym !== undefined && { acronym: node.acronym }),
    aliases: node.aliases ?? [],
    ancestors,
    ancestorIds: above.map(({ id }) => id),
    depth: above.length,
    isRetired: node.isRetired === true,
    searchText: fold(words.join(' ')),
  };
}

/** The chosen nodes and everything below them. */
export function withDescendants(tree: Tree, ids: readonly string[]): string[] {
  const chosen = new Set(ids);
  return tree.entries
    .filter(({ id, ancestorIds }) => chosen.has(id) || ancestorIds.some((ancestor) => chosen.has(ancestor)))
    .map(({ id }) => id);
}

/** Counts per node, each with what is below it. */
export function sumUpwards(tree: Tree, counts: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [id, count] of Object.entries(counts)) {
    for (const node of [id, ...(tree.byId.get(id)?.ancestorIds ?? [])]) sums.set(node, (sums.get(node) ?? 0) + count);
  }
  return sums;
}

/** True when every word of `search` begins a word of the entry, without regard to case and accents. */
export function matchesSearch(searchText: string, search: string): boolean {
  const words = fold(search).split(' ').filter(Boolean);
  return words.every((word) => searchText.startsWith(word) || searchText.includes(` ${word}`));
}

/** `Atlantique › Abomey-Calavi › Préfecture`; the first `skip` names are left out. */
export function printPath(entry: TreeEntry, skip = 0): string {
  return [...entry.ancestors, entry.name].slice(Math.min(skip, entry.depth)).join(' › ');
}
