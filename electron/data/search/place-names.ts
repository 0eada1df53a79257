import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable } from '../storage/document-table.ts';

/** The kinds of values that are only named elsewhere: an asset holds their code or id. */
export type NamedKind = 'structure' | 'site' | 'type';

type Node = { readonly name: string; readonly words: string; readonly parent?: string };

/**
 * The names of structures, sites and equipment types as they are now, with those of the nodes above: whoever looks for a
 * commune or a directorate finds what is below it. Small lists, read as a whole.
 */
export class PlaceNames {
  readonly #nodes: Readonly<Record<NamedKind, ReadonlyMap<string, Node>>>;

  constructor(
    tables: { readonly structures: DocumentTable; readonly sites: DocumentTable; readonly references: DocumentTable },
    connection: Connection,
  ) {
    const read = (table: DocumentTable) => readAll(connection, table);
    const structures = read(tables.structures);
    // The one ministry at the top is in every line, so its words find nothing; on a consolidated register they do.
    const isAlone = structures.filter(({ kind }) => kind === 'ministry').length === 1;
    this.#nodes = {
      structure: toNodes(structures, (row) => (isAlone && row.kind === 'ministry' ? [] : [row.name, row.acronym])),
      site: toNodes(read(tables.sites), (row) => [row.name, ...(Array.isArray(row.aliases) ? row.aliases : [])]),
      type: new Map(
        read(tables.references)
          .filter(({ kind }) => kind === 'equipment-type')
          .map((row) => [String(row.code), { name: String(row.label), words: `${row.label} ${row.code}` }]),
      ),
    };
  }

  /** What the screen shows; the id or code itself when nothing names it. */
  nameOf(kind: NamedKind, id: string): string {
    return this.#nodes[kind].get(id)?.name ?? id;
  }

  /** Names, acronyms and other spellings, of the node and of those above it. */
  wordsOf(kind: NamedKind, id: string): string {
    const words: string[] = [];
    const seen = new Set<string>();
    for (let next: string | undefined = id; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      const node = this.#nodes[kind].get(next);
      if (node) words.push(node.words);
      next = node?.parent;
    }
    return words.join(' ') || (kind === 'type' ? id : '');
  }
}

type Row = Readonly<Record<string, unknown>>;

function readAll(connection: Connection, table: DocumentTable): Row[] {
  const bodies = connection.values<string>(`SELECT body FROM ${table.tableName} WHERE deleted = 0`);
  // Bodies of documents are JSON objects.
  return bodies.map((body) => JSON.parse(body) as Row);
}

function toNodes(rows: readonly Row[], wordsOf: (row: Row) => readonly unknown[]): ReadonlyMap<string, Node> {
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        name: String(row.name),
        words: wordsOf(row).filter(Boolean).join(' '),
        ...(typeof row.parentId === 'string' && { parent: row.parentId }),
      },
    ]),
  );
}
