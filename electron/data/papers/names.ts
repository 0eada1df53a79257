import { keepsData, readTypeContent } from '#shared/domain/equipment-types.ts';
import { hasEnded } from '#shared/domain/validity.ts';
import type { PaperNames } from '#shared/papers/lines.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Site } from '#shared/schema/site.ts';
import type { Structure } from '#shared/schema/structure.ts';
import type { Register } from '../register.ts';

/** The small lists of the register, read once for a paper. */
export class Names implements PaperNames {
  readonly #structures: ReadonlyMap<string, Structure>;
  readonly #sites: ReadonlyMap<string, Site>;
  readonly #types: ReadonlyMap<string, Reference>;
  readonly #today: string;

  constructor(register: Register) {
    this.#today = register.instant().slice(0, 10);
    this.#structures = byId(readAll<Structure>(register, 'structures'));
    this.#sites = byId(readAll<Site>(register, 'sites'));
    const types = readAll<Reference>(register, 'references').filter(({ kind }) => kind === 'equipment-type');
    this.#types = new Map(types.map((type) => [type.code, type]));
  }

  structure(id: string): string {
    const structure = this.#structures.get(id);
    if (!structure) return id;
    return structure.acronym ? `${structure.name} (${structure.acronym})` : structure.name;
  }

  shortStructure(id: string): string {
    const structure = this.#structures.get(id);
    return structure?.acronym ?? structure?.name ?? id;
  }

  site(id: string): string {
    return this.#sites.get(id)?.name ?? id;
  }

  type(code: string): string {
    return this.#types.get(code)?.label ?? code;
  }

  keepsData(code: string): boolean {
    return keepsData(code, this.#types.get(code)?.content);
  }

  /** Duration of use that an administrator gave a type. */
  lifetimeOfType(code: string): number | undefined {
    return readTypeContent(this.#types.get(code)?.content).lifetimeMonths;
  }

  /** The IT department, which issues the papers where nobody says otherwise; the root where there is none. */
  get issuer(): string | undefined {
    const structures = [...this.#structures.values()].filter((structure) => !hasEnded(structure, this.#today));
    const issuer =
      structures.find(({ acronym }) => acronym === 'DSI') ?? structures.find(({ kind }) => kind === 'ministry');
    return issuer?.id;
  }

  isMinistry(id: string): boolean {
    return this.#structures.get(id)?.kind === 'ministry';
  }

  /** A structure with all below it. */
  structuresBelow(id: string): Set<string> {
    return below(this.#structures, id);
  }

  sitesBelow(id: string): Set<string> {
    return below(this.#sites, id);
  }
}

type Node = { readonly id: string; readonly parentId?: string };

function below(nodes: ReadonlyMap<string, Node>, root: string): Set<string> {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of nodes.values()) {
    if (parentId !== undefined) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  }
  const found = new Set<string>();
  for (
    let next = [root];
    next.length > 0;
    next = next.flatMap((id) => children.get(id) ?? []).filter((id) => !found.has(id))
  ) {
    for (const id of next) found.add(id);
  }
  return found;
}

function readAll<Row>(register: Register, collection: 'structures' | 'sites' | 'references'): Row[] {
  const { tableName } = register.table(collection);
  const bodies = register.connection.values<string>(`SELECT body FROM ${tableName} WHERE deleted = 0`);
  // Commands and the exchange check rows before they are written.
  return bodies.map((body) => JSON.parse(body) as Row);
}

function byId<Row extends Node>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
