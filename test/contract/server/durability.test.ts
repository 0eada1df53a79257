import { fsyncSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPglite } from '../../../server/store/pglite.ts';
import { startEndpoint } from '../../support/endpoint.ts';
import { asRow, makeAsset } from '../../support/endpoint-documents.ts';

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  return { ...original, fsyncSync: vi.fn(original.fsyncSync) };
});

describe('the embedded database on disk', () => {
  it('S3: a row is acknowledged only after its commit was brought to the disk', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
    const database = { name: 'PGlite', open: () => openPglite(join(directory, 'database')) } as const;
    const endpoint = await startEndpoint({ database });
    const device = await endpoint.enrol();
    const [settings] = await endpoint.store.database.transaction((connection) =>
      connection.query(
        "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('wal_sync_method') as method",
      ),
    );
    expect(settings).toEqual({ fsync: 'on', commit: 'on', method: 'fsync' });

    vi.mocked(fsyncSync).mockClear();
    await device.exchange([]);
    expect(fsyncSync).not.toHaveBeenCalled();
    await device.exchange([asRow('assets', makeAsset(device))]);
    expect(fsyncSync).toHaveBeenCalled();
    await endpoint.stop();
    rmSync(directory, { recursive: true });
  });
});
