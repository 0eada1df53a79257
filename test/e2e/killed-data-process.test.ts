import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile } from '../support/desktop-app.ts';
import { startEndpointProcess } from '../support/endpoint-process.ts';
import { openProfile } from '../support/profile-file.ts';

const ROWS = 12_000;

/** A table as an office keeps it: one row per asset, all different. */
function table(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `Écran Dell P2419H n° ${row};Dell;P2419H;KLM${10_000 + row};Écran;Bon`,
  );
  return ['Désignation;Marque;Modèle;N° de série;Type;État', ...lines].join('\r\n');
}

test('J3: kill -9 of the data process in the middle of an import loses nothing acknowledged, and the window goes on', async () => {
  const endpoint = await startEndpointProcess({ demonstration: 'empty' });
  const profile = makeProfile('coupure', {
    enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode() },
  });
  const desktop = await DesktopApp.launch(profile);
  const { page } = desktop;
  let acknowledged = 0;
  try {
    await desktop.createRegister();
    await expect(page.getByRole('banner')).toContainText('À jour');
    await desktop.goTo('Importer');
    await page
      .getByLabel('Choisir des fichiers')
      .first()
      .setInputFiles({ name: 'parc.csv', mimeType: 'text/csv', buffer: Buffer.from(table(ROWS)) });
    await desktop.choose('Structure', 'Direction', /./);
    await desktop.choose('Site', 'Cotonou', /Cotonou/);
    await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
    await page.getByRole('button', { name: /^Créer 12\s000 actifs$/ }).click();
    const progress = page.getByText(/Création en cours\s: [1-9][\d\s]* sur/);
    await progress.first().waitFor();
    const before = await desktop.dataProcessId();
    acknowledged = numberIn((await progress.first().textContent()) ?? '');
    process.kill(before, 'SIGKILL');

    await expect.poll(() => desktop.dataProcessId().catch(() => before)).not.toBe(before);
    await desktop.goTo('Actifs');
    await expect(page.getByRole('heading', { name: 'Actifs' })).toBeVisible();
    await expect(page.getByRole('grid')).toContainText('Écran Dell P2419H');
    await expect(page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
  } finally {
    await desktop.close();
    await endpoint.stop();
  }
  const register = await openProfile(profile.directory);
  const count = (sql: string) => register.connection.value<number>(sql) ?? 0;
  const assets = count(`SELECT count(*) FROM ${register.table('assets').tableName}`);
  expect(acknowledged).toBeGreaterThan(0);
  expect(assets).toBeGreaterThanOrEqual(acknowledged);
  expect(assets).toBeLessThan(ROWS);
  // Asset, entry and index agree: no row is half there.
  expect(count(`SELECT count(*) FROM ${register.table('movements').tableName}`)).toBe(assets);
  expect(count('SELECT count(*) FROM asset_numbers')).toBe(assets);
  expect(count('SELECT count(*) FROM asset_keys')).toBe(assets);
  expect(register.connection.value('PRAGMA quick_check')).toBe('ok');
  register.close();
  profile.remove();
});

function numberIn(text: string): number {
  return Number(/: ([\d\s]+) sur/.exec(text)?.[1]?.replaceAll(/\s/g, '') ?? 0);
}
