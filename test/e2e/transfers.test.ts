import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { ENDPOINT_PROGRAM, type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

/** Two institutions, a desktop each; what passes between them is files. */
let directory: string;
let endpoint: EndpointProcess;
let profiles: TestProfile[];
let sender: DesktopApp;
let receiver: DesktopApp;

test.describe.configure({ mode: 'serial' });

async function enrol(name: string, ministry: string): Promise<[TestProfile, DesktopApp]> {
  const code = await endpoint.enrolmentCode({ role: 'dsi', ministry });
  const profile = makeProfile(name, { enrolment: { server: endpoint.address, code } });
  const desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  return [profile, desktop];
}

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'registre-endpoint-'));
  await (await startEndpointProcess({ demonstration: 'full', dataDir: directory })).stop();
  const ministry = ['--acronym', 'MEF', '--name', 'Ministère de l’Économie et des Finances'];
  execFileSync(process.execPath, [ENDPOINT_PROGRAM, 'ministry', 'add', '--data', directory, ...ministry]);
  endpoint = await startEndpointProcess({ demonstration: 'full', dataDir: directory });
  const [first, second] = [await enrol('expediteur', 'MND'), await enrol('destinataire', 'MEF')];
  profiles = [first[0], second[0]];
  [sender, receiver] = [first[1], second[1]];
  await expect(sender.page.getByText(/2\s000 actifs/)).toBeVisible({ timeout: 30_000 });
  await expect(receiver.page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await Promise.all([sender.close(), receiver.close()]);
  await endpoint.stop();
  for (const profile of profiles) profile.remove();
  rmSync(directory, { recursive: true, force: true });
});

async function look(desktop: DesktopApp, name: string): Promise<void> {
  const { page } = desktop;
  for (const scheme of ['light', 'dark'] as const) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    await desktop.picture(`transfers-${name}-${scheme}`);
    expect(await desktop.violations()).toEqual([]);
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
}

test('A13: what another institution gets goes by a file, comes back as a receipt, and is nowhere lost in between', async () => {
  const [first = { directory: '' }, second = { directory: '' }] = profiles;
  const brought = join(second.directory, 'brought.json');
  const receipt = join(first.directory, 'receipt.json');
  await sender.saveDownloadsTo(brought);
  await receiver.saveDownloadsTo(receipt);

  const { page } = sender;
  await sender.goTo('Transferts');
  await expect(page.getByText(/Aucune expédition/)).toBeVisible();
  await look(sender, 'empty');
  await sender.goTo('Actifs');
  await page.getByRole('button', { name: 'Statut', exact: true }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('En stock');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('region', { name: 'Sélection' });
  await expect(bar.getByText('2 actifs sélectionnés')).toBeVisible();
  await bar.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Expédier à une autre institution' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Institution destinataire').fill('Ministère de l’Économie et des Finances');
  await page.keyboard.press('Tab');
  await dialog.getByRole('textbox', { name: 'Motif' }).fill('Appui à la direction du budget');
  await dialog.getByRole('textbox', { name: 'N° de la pièce' }).fill('BT-2026-07');
  const wiping = dialog.getByRole('textbox', { name: 'Méthode' });
  if (await wiping.isVisible()) await wiping.fill('Effacement complet');
  await sender.picture('transfers-dispatch');
  await dialog.getByRole('button', { name: 'Expédier à une autre institution' }).click();
  await expect(page.getByText(/Expédition vers une autre institution\s: 2 actifs/)).toBeVisible();
  await sender.goTo('Transferts');
  await expect(page.getByRole('row', { name: /BT-2026-07/ })).toContainText('2 sur 2 en transit');
  await page.getByRole('button', { name: /Enregistrer le fichier/ }).click();
  await expect.poll(() => existsSync(brought)).toBe(true);

  await receiver.goTo('Transferts');
  await receiver.page.locator('input[type=file]').setInputFiles(brought);
  await expect(receiver.page.getByText('BT-2026-07')).toBeVisible();
  await expect(receiver.page.getByText('À enregistrer')).toHaveCount(2);
  await look(receiver, 'receive');
  await receiver.choose('Site', 'Cotonou', /Cotonou/);
  await receiver.page.getByRole('button', { name: 'Enregistrer 2 actifs' }).click();
  await expect(receiver.page.getByText('2 actifs sont enregistrés')).toBeVisible();
  await look(receiver, 'received');
  await receiver.page.getByRole('button', { name: 'Enregistrer l’accusé de réception' }).click();
  await expect.poll(() => existsSync(receipt)).toBe(true);

  await page.locator('input[type=file]').setInputFiles(receipt);
  await expect(page.getByText('Remise à confirmer')).toHaveCount(2);
  await page.getByRole('button', { name: 'Confirmer la remise de 2 actifs' }).click();
  await expect(page.getByRole('row', { name: /BT-2026-07/ })).toContainText('2 remis');
  await expect(page.getByText('Déjà confirmé')).toHaveCount(2);
  await look(sender, 'confirmed');
  await page.locator('input[type=file]').setInputFiles(brought);
  await expect(page.getByText('C’est votre propre fichier')).toBeVisible();
  await receiver.goTo('Actifs');
  await expect(receiver.page.getByText(/^2 actifs/)).toBeVisible();
});
