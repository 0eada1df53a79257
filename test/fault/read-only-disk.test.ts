import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RegisterService } from '../../electron/data/service.ts';
import { openRegister, REGISTER_FILE } from '../../electron/data/sqlcipher/register-file.ts';
import { IMPORT_DEFAULTS, tableOf } from '../support/crash-load.ts';
import { TEST_KEY, temporaryDirectory } from '../support/storage.ts';
import {
  type BlockDisk,
  canMakeBlockDisks,
  canMakeDisks,
  makeBlockDisk,
  makeMemoryDisk,
} from '../support/storage-disk.ts';
import { assertHolds, codeOf, createMarked, makeEnrolledService, openService } from '../support/storage-facts.ts';
import { buildProcess } from '../support/storage-process.ts';

/** `nobody`, where these tests are root's; otherwise they are already those of somebody whom the rights of files bind. */
const PERSON = process.getuid?.() === 0 ? 65_534 : undefined;

async function fill(directory: string, assets: number): Promise<Map<number, string>> {
  const service = makeEnrolledService(directory);
  const created = new Map(Array.from({ length: assets }, (_, index) => [index, createMarked(service, index)]));
  await service.close();
  return created;
}

/** The folders and what is in them become the person's own. */
function giveToPerson(...folders: readonly string[]): void {
  if (PERSON === undefined) return;
  for (const folder of folders) {
    for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
      chownSync(path, PERSON, PERSON);
    }
  }
}

describe('what cannot be written', () => {
  let folder: ReturnType<typeof temporaryDirectory>;
  let directory: string;
  let script: string;

  beforeAll(async () => {
    script = await buildProcess('test/support/person-process.ts', 'person-process');
  });
  beforeEach(() => {
    folder = temporaryDirectory();
    directory = join(folder.path, 'profile');
  });
  afterEach(() => {
    chmodSync(folder.path, 0o700);
    folder.remove();
  });

  /** Answers the code of what the person is told. */
  function openAsPerson(): string {
    giveToPerson(folder.path, directory);
    const args = [script, directory, Buffer.from(TEST_KEY).toString('hex'), ...(PERSON ? [String(PERSON)] : [])];
    return execFileSync(process.execPath, args, { encoding: 'utf8' });
  }

  it.each([
    ['file', (path: string) => join(path, REGISTER_FILE), 0o400, 0o600],
    ['folder', (path: string) => path, 0o500, 0o700],
  ] as const)('K6: a read-only %s is told as such and stays as it was', async (_, target, locked, open) => {
    const created = await fill(directory, 3);
    expect(openAsPerson()).toBe('no error');
    const before = readFileSync(join(directory, REGISTER_FILE));
    chmodSync(target(directory), locked);
    expect(openAsPerson()).toBe('STORE_READ_ONLY');
    chmodSync(target(directory), open);
    expect(readFileSync(join(directory, REGISTER_FILE)).equals(before)).toBe(true);
    const service = openService(directory, false);
    assertHolds(service, created);
    await service.close();
  });
});

describe.runIf(canMakeDisks())('a disk that was mounted read-only', () => {
  it('K6: is told as such, is left as it was, and opens once it can be written', async () => {
    const disk = makeMemoryDisk(16);
    try {
      const directory = join(disk.path, 'profile');
      const created = await fill(directory, 5);
      const before = readFileSync(join(directory, REGISTER_FILE));
      disk.remount('ro');
      const open = (create: boolean, name = 'profile') =>
        codeOf(() => openRegister({ directory: join(disk.path, name), key: TEST_KEY, create }));
      expect(await open(false)).toBe('STORE_READ_ONLY');
      expect(await open(true, 'another')).toBe('STORE_READ_ONLY');
      disk.remount('rw');
      expect(readFileSync(join(directory, REGISTER_FILE)).equals(before)).toBe(true);
      const service = openService(directory, false);
      created.set(9, createMarked(service, 9));
      assertHolds(service, created);
      await service.close();
    } finally {
      disk.remove();
    }
  });
});

describe.runIf(canMakeBlockDisks())('a disk that breaks', () => {
  let disk: BlockDisk;
  let directory: string;
  let service: RegisterService;

  beforeEach(() => {
    disk = makeBlockDisk(32);
    directory = join(disk.path, 'profile');
    service = makeEnrolledService(directory);
  });
  afterEach(async () => {
    await service.close();
    disk.remove();
  });

  it.each([
    ['file', (path: string) => join(path, REGISTER_FILE)],
    ['folder', (path: string) => path],
  ])('K6: a %s that even root may not write is told as such and stays as it was', async (_, target) => {
    const created = new Map([[1, createMarked(service, 1)]]);
    await service.close();
    const before = readFileSync(join(directory, REGISTER_FILE));
    disk.protect(target(directory), true);
    expect(await codeOf(() => openRegister({ directory, key: TEST_KEY, create: false }))).toBe('STORE_READ_ONLY');
    disk.protect(target(directory), false);
    expect(readFileSync(join(directory, REGISTER_FILE)).equals(before)).toBe(true);
    service = openService(directory, false);
    assertHolds(service, created);
  });

  it('J3: goes read-only under an open register: writes are refused by name, what was acknowledged is still answered', async () => {
    const created = new Map<number, string>();
    for (let n = 0; n < 30; n += 1) created.set(n, createMarked(service, n));
    const files = [{ name: 'parc.csv', bytes: tableOf(300, 120) }];
    const { previewId } = await service.commands.previewImport({ files, defaults: IMPORT_DEFAULTS });
    disk.failReadOnly();
    expect(await codeOf(() => service.commands.commitImport({ previewId }))).toMatch(/^STORE_(IO|READ_ONLY)$/);
    for (let n = 100; n < 105; n += 1) {
      expect(await codeOf(() => createMarked(service, n))).toMatch(/^STORE_(IO|READ_ONLY)$/);
    }
    assertHolds(service, created);
    await service.close();
    expect(await codeOf(() => openRegister({ directory, key: TEST_KEY, create: false }))).toMatch(
      /^STORE_(IO|READ_ONLY)$/,
    );
    disk.replug();
    service = openService(directory, false);
    assertHolds(service, created);
    created.set(200, createMarked(service, 200));
    assertHolds(service, created);
  });
});
