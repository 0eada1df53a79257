import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImportProgress } from '#shared/protocol/data-port.ts';
import type { RegisterService } from '../../electron/data/service.ts';
import { migrate } from '../../electron/data/sqlcipher/migrate.ts';
import { openRegister } from '../../electron/data/sqlcipher/register-file.ts';
import { IMPORT_DEFAULTS, migrationsOf, tableOf } from '../support/crash-load.ts';
import { startEndpoint } from '../support/endpoint.ts';
import { asRow, makeAsset } from '../support/endpoint-documents.ts';
import { TEST_KEY } from '../support/storage.ts';
import { canMakeDisks, type Disk, makeMemoryDisk } from '../support/storage-disk.ts';
import { assertHolds, codeOf, createMarked, makeEnrolledService, openService } from '../support/storage-facts.ts';

/** Bytes left on the disk when the writing begins: the disk is full at another step each time. */
const LEFTOVERS = [0, 4096, 8192, 16_384, 40_960, 100_000, 300_000];

describe.runIf(canMakeDisks())('a full disk', () => {
  let disk: Disk;
  let directory: string;
  let service: RegisterService;

  beforeEach(() => {
    disk = makeMemoryDisk(24);
    directory = join(disk.path, 'profile');
    service = makeEnrolledService(directory);
  });
  afterEach(async () => {
    await service.close();
    disk.remove();
  });

  it.each(LEFTOVERS)('J3: with %i bytes left a command is refused by name, and works again with room', async (left) => {
    const created = new Map<number, string>();
    let n = 0;
    const create = () => {
      n += 1;
      created.set(n, createMarked(service, n));
    };
    create();
    disk.fill(left);
    const code = await codeOf(() => {
      for (;;) create();
    });
    expect(code).toBe('STORE_DISK_FULL');
    assertHolds(service, created);
    expect(await codeOf(create)).toBe('STORE_DISK_FULL');
    const [id = ''] = created.values();
    const rename = () => service.commands.updateAsset({ id, changes: { notes: 'x'.repeat(3000) } });
    expect(await codeOf(rename)).toBe('STORE_DISK_FULL');
    // Closing cannot bring the log into the file; opening again reads it, and a full disk still answers.
    await service.close();
    service = openService(directory, false);
    assertHolds(service, created);
    expect(await codeOf(create)).toBe('STORE_DISK_FULL');
    disk.makeRoom();
    for (let count = 0; count < 20; count += 1) create();
    assertHolds(service, created);
  });

  it('I1, J3: an import stops by name, keeps what it counted, and goes on with the rest when there is room', async () => {
    const rows = 2000;
    const bytes = tableOf(1, rows);
    const preview = () =>
      service.commands.previewImport({ files: [{ name: 'parc.csv', bytes }], defaults: IMPORT_DEFAULTS });
    const { previewId } = await preview();
    disk.fill(2_000_000);
    const progress: ImportProgress[] = [];
    service.onEvent((event) => {
      if (event.event === 'import') progress.push(event.progress);
    });
    expect(await codeOf(() => service.commands.commitImport({ previewId }))).toBe('STORE_DISK_FULL');
    const counted = progress.at(-1)?.done ?? 0;
    expect(counted).toBeGreaterThan(0);
    expect(counted).toBeLessThan(rows);
    expect(service.questions.findAssets({ filter: {}, offset: 0, limit: 1 }).total).toBe(counted);

    disk.makeRoom();
    const again = await preview();
    expect(again.counts).toEqual({ create: rows - counted, existing: counted, invalid: 0 });
    await service.commands.commitImport({ previewId: again.previewId });
    expect(service.questions.findAssets({ filter: {}, offset: 0, limit: 1 }).total).toBe(rows);
    const serials = service.register
      .table('assets')
      .changedSince(5000)
      .documents.map(({ serialNumber }) => serialNumber);
    expect(new Set(serials).size).toBe(rows);
    expect(service.register.waiting.count()).toBe(2 * rows);
  });

  it('S3: what the endpoint sends is refused as a whole and comes with room; what waits here goes out', async () => {
    await service.close();
    directory = join(disk.path, 'other');
    service = openService(directory, true);
    const endpoint = await startEndpoint();
    const other = await endpoint.enrol();
    const send = async (number: number) => {
      const assets = Array.from({ length: number }, () => makeAsset(other, { notes: 'x'.repeat(2000) }));
      await other.exchange(assets.map((asset) => asRow('assets', asset)));
    };
    const here = () => service.questions.findAssets({ filter: {}, offset: 0, limit: 1 }).total;
    await service.commands.enrol({
      server: endpoint.address,
      code: await endpoint.enrolmentCode(),
      deviceName: 'Poste',
    });
    await vi.waitFor(() => expect(service.replicator.state.phase).toBe('idle'));
    disk.fill(200_000);
    await send(500);
    const state = await service.commands.syncNow({});
    expect(state.lastError?.code).toBe('STORE_DISK_FULL');
    expect(here()).toBe(0);

    disk.makeRoom();
    const id = createMarked(service, 1);
    await vi.waitFor(async () => {
      const { phase, waiting } = await service.commands.syncNow({});
      expect([phase, waiting]).toEqual(['idle', 0]);
    });
    expect(here()).toBe(501);
    expect((await endpoint.documents()).map(({ id: stored }) => stored)).toContain(id);
    await endpoint.stop();
  });

  it('K5: a migration without room leaves the file as it was, and is done with room', async () => {
    const created = new Map([[1, createMarked(service, 1)]]);
    await service.close();
    const migrations = migrationsOf(1);
    const open = () => openRegister({ directory, key: TEST_KEY, create: false, migrations });
    // Too little for the backup, then enough for the backup and too little for the migration.
    for (const left of [50_000, 700_000]) {
      disk.fill(left);
      expect(await codeOf(open)).toBe('STORE_DISK_FULL');
    }
    disk.makeRoom();
    open().close();
    const connection = openRegister({ directory, key: TEST_KEY, create: false, migrations });
    expect(() => migrate(connection, migrationsOf(0))).toThrow('newer version');
    expect(connection.value(`SELECT count(*) FROM heavy_${migrations.length}`)).toBe(3000);
    connection.close();
    expect(created.size).toBe(1);
  });
});
