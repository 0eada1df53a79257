import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'full' });
  profile = makeProfile('ecrans', { enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode() } });
  desktop = await DesktopApp.launch(profile);
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
});

test('the first start protects the register, then the list shows the ministry’s assets', async () => {
  await expect(desktop.page.getByRole('button', { name: 'Créer le registre' })).toBeVisible();
  await desktop.picture('first-start');
  expect(await desktop.violations()).toEqual([]);
  await desktop.createRegister();
  await expect(desktop.page.getByText(/2\s000 actifs/)).toBeVisible({ timeout: 30_000 });
  await desktop.picture('list');
  expect(await desktop.violations()).toEqual([]);
});

test('the list searches without accents, filters with counts, and opens a row by keyboard', async () => {
  const { page } = desktop;
  await page.keyboard.press('/');
  await page.keyboard.type('ecran');
  await expect(page.getByText(/actifs trouvés pour «\secran\s»/)).toBeVisible();
  await expect(page.getByRole('grid')).toContainText('Écran');
  await desktop.picture('list-search');
  await page.getByRole('button', { name: /Filtrer\s: Statut/ }).click();
  await page
    .getByRole('checkbox', { name: /En stock/ })
    .or(page.getByRole('option', { name: /En stock/ }))
    .first()
    .click();
  await desktop.picture('list-filter');
  await page.keyboard.press('Escape');
  await expect(page.getByText(/actifs? trouvés? pour «\secran\s»/)).toBeVisible();
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Tout effacer' }).click();
  await expect(page.getByText(/2\s000 actifs/)).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Historique' })).toBeVisible();
  await desktop.picture('asset');
  expect(await desktop.violations()).toEqual([]);
});

test('an act says what it will do, asks for what the table says, and stands in the history with its receipt', async () => {
  const { page } = desktop;
  await desktop.goTo('Actifs');
  await page.getByRole('grid').getByText('En service').first().click();
  await page.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Déclarer perdu' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Déclarer perdu' }).click();
  await expect(dialog.getByText('À remplir.')).toHaveCount(2);
  await dialog.getByRole('textbox', { name: 'Motif' }).fill('Non retrouvé lors du récolement');
  await dialog.getByRole('textbox', { name: 'N° de la pièce' }).fill('DP-2026-014');
  await expect(dialog.getByRole('region', { name: 'Ce qui va changer' })).toContainText('Perdu');
  await desktop.picture('act-dialog');
  expect(await desktop.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Déclarer perdu' }).click();
  await expect(page.getByText(/Motif\s: Non retrouvé lors du récolement/)).toBeVisible();
  await expect(page.getByText(/Reçu n° [\d\s]+/)).toBeVisible();
});

test('every action is in the palette, and every screen passes axe in light and dark', async () => {
  const { page } = desktop;
  await page.keyboard.press('Control+k');
  await page
    .getByRole('textbox', { name: /Une action/ })
    .or(page.getByPlaceholder(/Une action/))
    .first()
    .fill('importer');
  await desktop.picture('palette');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Importer des fichiers' })).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    for (const [screen, name] of [
      ['Actifs', 'list'],
      ['Importer', 'import'],
      ['Synchronisation', 'sync'],
      ['Paramètres', 'settings'],
    ] as const) {
      await desktop.goTo(screen);
      await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
      await desktop.picture(`${name}-${theme}`);
      expect(await desktop.violations(), `${screen}, ${theme}`).toEqual([]);
    }
    await desktop.goTo('Actifs');
    await page.getByRole('link', { name: 'Enregistrer un actif' }).click();
    await expect(page.getByRole('heading', { name: 'Enregistrer un actif' })).toBeVisible();
    await desktop.picture(`form-${theme}`);
    expect(await desktop.violations(), `form, ${theme}`).toEqual([]);
    if (theme === 'light') await page.getByRole('button', { name: 'Passer à l’apparence sombre' }).click();
  }
});

test('the appearance and the language chosen are kept for the next start', async () => {
  await desktop.goTo('Paramètres');
  await desktop.page.getByRole('main').getByText('English', { exact: true }).click();
  await expect(desktop.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await desktop.close();
  desktop = await DesktopApp.launch(profile);
  await expect(desktop.page.getByRole('heading', { name: 'Open the register' })).toBeVisible();
  await expect(desktop.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await desktop.page.getByText('Français', { exact: true }).click();
  await desktop.unlock();
  await desktop.waitUntilOpen();
});

test('a wrong file creates nothing and says what is wrong and where', async () => {
  const { page } = desktop;
  await desktop.goTo('Importer');
  await page
    .getByLabel('Choisir des fichiers')
    .first()
    .setInputFiles([
      { name: 'cassé.json', mimeType: 'application/json', buffer: Buffer.from('{\n  "content": {\n    "bios": ,\n') },
    ]);
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await expect(page.getByRole('alert')).toContainText('cassé.json');
  await expect(page.getByRole('alert')).toContainText('ligne 3');
  await desktop.picture('import-wrong-file');
  await expect(page.getByRole('button', { name: /^Créer/ })).toBeDisabled();
});
