import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile } from '../support/desktop-app.ts';

/** A real small disk can only be made by root on Linux; the store's own test covers the rest everywhere. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

if (canMount) {
  test('K6: a full disk is told before anything is made; with room again, one retry goes on', async () => {
    const profile = makeProfile('plein');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'registre-test', profile.directory]);
    const filling = join(profile.directory, 'filling');
    try {
      const desktop = await DesktopApp.launch(profile);
      await expect(desktop.page.getByRole('button', { name: 'Créer le registre' })).toBeVisible();
      fill(filling, 24 * 1024);
      await desktop.createRegister({ isOpenExpected: false });
      await expect(desktop.page.getByText('STORE_DISK_FULL')).toBeVisible();
      await desktop.picture('failure-disk-full');
      rmSync(filling);
      await desktop.page.getByRole('button', { name: 'Réessayer' }).click();
      await desktop.waitUntilOpen();
      await desktop.close();
    } finally {
      execFileSync('umount', ['--lazy', profile.directory]);
      profile.remove();
    }
  });
}

/** Leaves so many bytes on the disk of this file. */
function fill(path: string, left: number): void {
  const { bavail, bsize } = statfsSync(join(path, '..'));
  writeFileSync(path, Buffer.alloc(bavail * bsize - left));
}
