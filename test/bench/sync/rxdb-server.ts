import type { WithDeleted } from 'rxdb';
import type { Asset } from '#shared/schema/asset.ts';
import { startJsonServer } from './json-server.ts';

type Row = WithDeleted<Asset>;
type PushRow = { readonly newDocumentState: Row; readonly assumedMasterState?: Row };

/** The server of RxDB's documentation (HTTP replication): pages by `updatedAt` and id, conflicts told by `updatedAt`. */
export function startRxServer(assets: readonly Asset[]): Promise<string> {
  const rows = new Map<string, Row>(assets.map((asset) => [asset.id, { ...asset, _deleted: false }]));
  let inOrder: Row[] | undefined;
  const ordered = () => {
    inOrder ??= [...rows.values()].sort(compare);
    return inOrder;
  };
  return startJsonServer(({ method, url, body }) => {
    if (method === 'GET') {
      const from = { updatedAt: url.searchParams.get('updatedAt') ?? '', id: url.searchParams.get('id') ?? '' };
      const documents = after(ordered(), from, Number(url.searchParams.get('limit')));
      const last = documents.at(-1);
      return { body: { documents, checkpoint: last ? { id: last.id, updatedAt: last.updatedAt } : from } };
    }
    // Sent by the bench's own client.
    const pushed = body as readonly PushRow[];
    const conflicts = pushed.flatMap(({ newDocumentState, assumedMasterState }) => {
      const master = rows.get(newDocumentState.id);
      if (master && master.updatedAt !== assumedMasterState?.updatedAt) return [master];
      rows.set(newDocumentState.id, newDocumentState);
      return [];
    });
    inOrder = undefined;
    return { body: conflicts };
  });
}

type Place = Pick<Row, 'updatedAt' | 'id'>;

function compare(left: Place, right: Place): number {
  if (left.updatedAt !== right.updatedAt) return left.updatedAt < right.updatedAt ? -1 : 1;
  return left.id < right.id ? -1 : Number(left.id > right.id);
}

function after(rows: readonly Row[], from: Place, limit: number): Row[] {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && compare(row, from) <= 0) low = middle + 1;
    else high = middle;
  }
  return rows.slice(low, low + limit);
}
