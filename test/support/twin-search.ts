import { vi } from 'vitest';
import { asMinistry } from '../../server/store/scope.ts';
import type { TestEndpoint } from './endpoint.ts';

/** Resolves once the endpoint's search for twins has been up to the ministry's last row. */
export async function twinsSearched({ store }: TestEndpoint, ministryId: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const last = await store.currentSeq(ministryId);
      const [row] = await asMinistry(store.database, ministryId, (connection) =>
        connection.query('select seq from twin_searches where ministry_id = $1', [ministryId]),
      );
      if (Number(row?.seq ?? 0) !== last) throw new Error(`Searched up to ${row?.seq} of ${last}`);
    },
    { timeout: 10_000, interval: 20 },
  );
}
