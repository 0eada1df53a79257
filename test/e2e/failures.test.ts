import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { backUp } from '../../electron/data/sqlcipher/backup.ts';
import { FileLock } from '../../electron/data/sqlcipher/file-lock.ts';
import { DesktopApp, makeProfile, PASSPHRASE, type TestProfile } from '../support/desktop-app.ts';
import { openProfile, unlockKey } from '../support/profile-file.ts';

/** A profile with a register in it, closed again. */
async function makeClosedRegister(name: string): Promise<TestProfile> {
  const profile = makeProfile(name);
  const desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  await desktop.close();
  return profile;
}

/** Bytes of the whole register, to see that nothing touched it. */
function contentOf(profile: TestProfile): Buffer {
  return readFileSync(join(profile.directory, 'register.db'));
}

test('K2: a wrong passphrase is told, changes no file, and the right one still opens', async () => {
  const profile = await makeClosedRegister('phrase');
  const before = [contentOf(profile), readFileSync(join(profile.directory, 'key.json'))];
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock('pas celle-ci du tout');
  await expect(desktop.page.getByText('n’ouvre pas le registre')).toBeVisible();
  await desktop.picture('unlock-wrong-passphrase');
  expect([contentOf(profile), readFileSync(join(profile.directory, 'key.json'))]).toEqual(before);
  await desktop.unlock();
  await desktop.waitUntilOpen();
  await desktop.close();
  profile.remove();
});

test('K6: a corrupt file leads to a screen, never to an empty register; a backup brings it back', async () => {
  const profile = await makeClosedRegister('abime');
  backUp({ directory: profile.directory, key: await unlockKey(profile.directory), version: 1 });
  const path = join(profile.directory, 'register.db');
  const bytes = contentOf(profile);
  bytes.fill(0xa5, 200, bytes.length - 4096);
  writeFileSync(path, bytes);
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock();
  await expect(desktop.page.getByText('STORE_CORRUPT')).toBeVisible();
  await desktop.page.getByRole('button', { name: 'Réessayer' }).click();
  await expect(desktop.page.getByText('STORE_CORRUPT')).toBeVisible();
  await desktop.picture('failure-corrupt');
  expect(contentOf(profile)).toEqual(bytes);

  await desktop.page.getByRole('button', { name: /^Restaurer/ }).click();
  await desktop.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Restaurer/ })
    .click();
  await desktop.waitUntilOpen();
  await desktop.close();
  expect(readdirSync(profile.directory).filter((name) => name.includes('.broken-'))).not.toEqual([]);
  profile.remove();
});

test('K6: a register whose file is gone is a loss that is told, not a new register', async () => {
  const profile = await makeClosedRegister('perdu');
  const path = join(profile.directory, 'register.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock();
  await expect(desktop.page.getByText('STORE_IO')).toBeVisible();
  expect(existsSync(path)).toBe(false);
  await desktop.close();
  profile.remove();
});

test('K5: a file from a newer program is refused untouched', async () => {
  const profile = await makeClosedRegister('futur');
  const register = await openProfile(profile.directory);
  register.connection.exec('PRAGMA user_version = 9999');
  register.close();
  const before = contentOf(profile);
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock();
  await expect(desktop.page.getByText('STORE_NEWER_VERSION')).toBeVisible();
  await desktop.picture('failure-newer-version');
  await desktop.close();
  expect(contentOf(profile)).toEqual(before);
  profile.remove();
});

test('K4: a register that another process holds is refused with a screen; when it is free again, one retry opens it', async () => {
  const profile = await makeClosedRegister('occupe');
  const owner = FileLock.acquire(profile.directory);
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock();
  await expect(desktop.page.getByText('STORE_ALREADY_OPEN')).toBeVisible();
  await desktop.picture('failure-already-open');
  owner.close();
  await desktop.page.getByRole('button', { name: 'Réessayer' }).click();
  await desktop.waitUntilOpen();
  await desktop.close();
  profile.remove();
});

test('K1: the key file holds only wraps, with their parameters', async () => {
  const profile = await makeClosedRegister('cle');
  const text = readFileSync(join(profile.directory, 'key.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    isFileCreated: true,
    passphrase: { kdf: 'scrypt', N: 131072, r: 8, p: 1, cipher: 'aes-256-gcm' },
  });
  expect(text).not.toContain(PASSPHRASE);
  expect(contentOf(profile).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  if (process.platform !== 'win32') expect(statSync(join(profile.directory, 'key.json')).mode & 0o077).toBe(0);
  profile.remove();
});

test('K6: a data process that keeps dying ends on a screen, not in a loop', async () => {
  const profile = await makeClosedRegister('boucle');
  const desktop = await DesktopApp.launch(profile);
  await desktop.unlock();
  await desktop.waitUntilOpen();
  let last = 0;
  for (let death = 0; death < 4; death++) {
    await expect.poll(() => desktop.dataProcessId().catch(() => last), { timeout: 30_000 }).not.toBe(last);
    last = await desktop.dataProcessId();
    process.kill(last, 'SIGKILL');
  }
  await expect(desktop.page.getByText('DATA_PROCESS_DIED')).toBeVisible();
  // The screen has looked for backups, with a process of its own, and nothing opened the file again.
  await expect(desktop.page.getByText('Aucune sauvegarde n’a été trouvée')).toBeVisible();
  await expect(desktop.page.getByText('DATA_PROCESS_DIED')).toBeVisible();
  const log = readFileSync(join(profile.directory, 'registre.log'), 'utf8');
  expect(log.trim().split('\n').at(-1)).toContain('data-process-died');
  await desktop.page.getByRole('button', { name: 'Réessayer' }).click();
  await desktop.waitUntilOpen();
  await desktop.close();
  profile.remove();
});
