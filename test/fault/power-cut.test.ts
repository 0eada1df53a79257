import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegister, REGISTER_FILE } from '../../electron/data/sqlcipher/register-file.ts';
import { migrationsOf } from '../support/crash-load.ts';
import { randomOf } from '../support/random.ts';
import { TEST_KEY } from '../support/storage.ts';
import { type BlockDisk, canMakeBlockDisks, makeBlockDisk } from '../support/storage-disk.ts';
import { assertHolds, createMarked, makeEnrolledService, openService } from '../support/storage-facts.ts';

const SEED = Number(process.env.POWER_SEED ?? Date.now() % 2 ** 31);
const CUTS = Number(process.env.POWER_CUTS ?? 8);

// A killed process leaves what it wrote to the system's memory; a power cut only what reached the disk.
describe.runIf(canMakeBlockDisks())('a power cut', () => {
  let disk: BlockDisk;
  let directory: string;

  beforeEach(() => {
    disk = makeBlockDisk(64);
    directory = join(disk.path, 'profile');
  });
  afterEach(() => disk.remove());

  it(`J3: takes nothing that was acknowledged, cut after cut (seed ${SEED})`, async () => {
    const random = randomOf(SEED);
    const created = new Map<number, string>();
    let service = makeEnrolledService(directory);
    for (let cut = 0; cut < CUTS; cut += 1) {
      const commands = Math.floor(random() * 40);
      for (let count = 0; count < commands; count += 1) {
        const n = cut * 100 + count;
        created.set(n, createMarked(service, n));
        if (random() < 0.05) service.register.connection.checkpoint();
      }
      disk.cutPower();
      await service.close();
      disk.replug();
      service = openService(directory, false);
      expect(service.register.identity.get()?.device.code).toBe('K7');
      assertHolds(service, created);
    }
    console.log(`${CUTS} power cuts, ${created.size} assets; seed ${SEED}`);
    await service.close();
  });

  it('K6: a register that was just made is there', async () => {
    const connection = openRegister({ directory, key: TEST_KEY, create: true });
    disk.cutPower();
    connection.close();
    disk.replug();
    expect(existsSync(join(directory, REGISTER_FILE))).toBe(true);
    await openService(directory, false).close();
  });

  it('K5: a migration that was just done is done, and its backup is whole', async () => {
    const service = makeEnrolledService(directory);
    const created = new Map([[1, createMarked(service, 1)]]);
    await service.close();
    const open = () => openRegister({ directory, key: TEST_KEY, create: false, migrations: migrationsOf(1) });
    const migrated = open();
    disk.cutPower();
    migrated.close();
    disk.replug();
    const connection = open();
    expect(connection.value('PRAGMA user_version')).toBe(migrationsOf(1).at(-1)?.version);
    expect(connection.value('SELECT count(*) FROM documents_assets_v0')).toBe(created.size);
    connection.close();
  });
});
