import type { LinkKind } from '#shared/protocol/links.ts';
import type { Connection } from '../sqlcipher/connection.ts';
import type { DocumentTable, DocumentWrite } from '../storage/document-table.ts';
import type { StoredDocument } from '../storage/table-schema.ts';

type Link = { readonly kind: LinkKind; readonly targetId: string; readonly seats: number };

/** Counts of what is attached to one asset; `seats` of a licence, otherwise as many as there are assets. */
export type LinkCount = { readonly assets: number; readonly seats: number };

/** What has left the register, or is over, holds nothing any more and asks for nothing. */
const LEFT: ReadonlySet<unknown> = new Set(['ceded', 'destroyed', 'transferred', 'terminated', 'merged']);

/**
 * What is attached to what, seen from the other end (tables `asset_links`, `asset_limits`), kept in the transaction of the
 * asset that holds the link, whoever writes it (SPEC A11).
 */
export class LinkIndex {
  readonly #connection: Connection;
  readonly #assets: DocumentTable;

  constructor(connection: Connection, assets: DocumentTable) {
    this.#connection = connection;
    this.#assets = assets;
    assets.onWrite((write) => this.#index(write));
  }

  /** What is attached to an asset, by reference. */
  find(
    kind: LinkKind,
    targetId: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { readonly total: number; readonly links: readonly { readonly id: string; readonly seats: number }[] } {
    const links = this.#connection.all<{ id: string; seats: number }>(
      `SELECT l.asset_id AS id, l.seats FROM asset_links l JOIN ${this.#assets.tableName} a ON a.id = l.asset_id
        WHERE l.kind = ? AND l.target_id = ? ORDER BY a.${this.#assets.column('reference')}, a.id LIMIT ? OFFSET ?`,
      [kind, targetId, limit, offset],
    );
    return { total: this.count(kind, [targetId])[targetId]?.assets ?? 0, links };
  }

  /** By the ids asked for; one that nothing is attached to is left out. */
  count(kind: LinkKind, targetIds: readonly string[]): Readonly<Record<string, LinkCount>> {
    const rows = this.#connection.all<LinkCount & { readonly id: string }>(
      `SELECT target_id AS id, count(*) AS assets, sum(seats) AS seats FROM asset_links
        WHERE kind = ? AND target_id IN (SELECT value FROM json_each(?)) GROUP BY target_id`,
      [kind, JSON.stringify(targetIds)],
    );
    return Object.fromEntries(rows.map(({ id, assets, seats }) => [id, { assets, seats }]));
  }

  /** Licences of which more seats are used than were bought. */
  exceeded(): readonly { readonly id: string; readonly used: number; readonly bought: number }[] {
    return this.#connection.all(
      `SELECT m.asset_id AS id, sum(l.seats) AS used, m.value AS bought
        FROM asset_limits m JOIN asset_links l ON l.kind = 'licence' AND l.target_id = m.asset_id
        WHERE m.kind = 'seats' GROUP BY m.asset_id HAVING sum(l.seats) > m.value ORDER BY m.asset_id`,
    );
  }

  #index({ previous, current }: DocumentWrite): void {
    const [before, after] = [previous ? linksOf(previous) : [], linksOf(current)];
    const id = String(current.id);
    if (before.length > 0) this.#connection.run('DELETE FROM asset_links WHERE asset_id = ?', [id]);
    for (const { kind, targetId, seats } of after) {
      this.#connection.run('INSERT INTO asset_links (kind, target_id, asset_id, seats) VALUES (?, ?, ?, ?)', [
        kind,
        targetId,
        id,
        seats,
      ]);
    }
    const limit = limitOf(current);
    if (limit) {
      this.#connection.run('INSERT OR REPLACE INTO asset_limits (asset_id, kind, value) VALUES (?, ?, ?)', [
        id,
        limit.kind,
        limit.value,
      ]);
    } else if (previous && limitOf(previous)) {
      this.#connection.run('DELETE FROM asset_limits WHERE asset_id = ?', [id]);
    }
  }
}

/** Reads what is there: a row of a newer program may lack something. */
function linksOf(document: StoredDocument): Link[] {
  if (document._deleted || LEFT.has(document.status)) return [];
  const { parentId, licences, contracts } = document;
  return [
    ...(typeof parentId === 'string' ? [{ kind: 'part', targetId: parentId, seats: 1 } as const] : []),
    ...entriesOf(licences).map(
      ([targetId, seats]) => ({ kind: 'licence', targetId, seats: typeof seats === 'number' ? seats : 1 }) as const,
    ),
    ...entriesOf(contracts).map(([targetId]) => ({ kind: 'contract', targetId, seats: 1 }) as const),
  ];
}

function limitOf({
  _deleted,
  status,
  nature,
  seats,
  reorderThreshold,
}: StoredDocument): { readonly kind: 'stock' | 'seats'; readonly value: number } | undefined {
  if (_deleted || LEFT.has(status)) return undefined;
  if (nature === 'consumable' && typeof reorderThreshold === 'number')
    return { kind: 'stock', value: reorderThreshold };
  return nature === 'licence' && typeof seats === 'number' ? { kind: 'seats', value: seats } : undefined;
}

function entriesOf(links: unknown): [string, unknown][] {
  return typeof links === 'object' && links !== null ? Object.entries(links) : [];
}
