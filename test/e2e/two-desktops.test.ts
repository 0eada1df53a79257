import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { WireDocument } from '#shared/protocol/replication.ts';
import { DesktopApp, makeProfile, PASSPHRASE } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { createEndpointStorage } from '../support/endpoint-storage.ts';
import { filesThatContain, openProfile } from '../support/profile-file.ts';

const GLPI = fileURLToPath(new URL('../data/glpi', import.meta.url));
const INVENTORIES = ['computer_1.json', 'printer_1.json', 'networkequipment_3.json'].map((name) => join(GLPI, name));

/** Typed in the form; nobody may find it in a file afterwards. */
const TYPED_LABEL = 'Armoire zinguée du poste frontière';

test('S3, S6: what one desktop does without a network reaches the endpoint and a second desktop, once', async () => {
  const storage = await createEndpointStorage();
  let endpoint: EndpointProcess = await startEndpointProcess({ ...storage.options, demonstration: 'empty' });
  const port = Number(new URL(endpoint.address).port);
  const profiles = await Promise.all(
    ['premier', 'second'].map(async (name) =>
      makeProfile(name, { enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode({ name }) } }),
    ),
  );
  const [firstProfile, secondProfile] = profiles;
  if (!firstProfile || !secondProfile) throw new Error('Two profiles were made');
  let first = await DesktopApp.launch(firstProfile);
  const second = await DesktopApp.launch(secondProfile);
  try {
    await test.step('both desktops are enrolled and know the ministry', async () => {
      for (const desktop of [first, second]) {
        await desktop.createRegister();
        await expect(desktop.page.getByRole('banner')).toContainText('MND');
        await expect(desktop.page.getByRole('banner')).toContainText('À jour');
      }
    });

    await test.step('the endpoint disappears; the first desktop imports, creates and edits', async () => {
      await endpoint.kill();
      await importInventories(first);
      await createCabinet(first);
      await expect(first.page.getByRole('banner')).toContainText(/Hors ligne · \d+ en attente/);
    });

    await test.step('S3: it restarts, and everything still waits', async () => {
      await first.close();
      first = await DesktopApp.launch(firstProfile);
      await first.unlock();
      await first.waitUntilOpen();
      await first.goTo('Actifs');
      await expect(first.page.getByText('4 actifs')).toBeVisible();
      await expect(first.page.getByRole('banner')).toContainText(/en attente/);
    });

    await test.step('the endpoint comes back; the second desktop shows the assets without a click', async () => {
      await second.goTo('Actifs');
      endpoint = await startEndpointProcess({ ...storage.options, demonstration: 'empty', port });
      await expect(second.page.getByText('4 actifs')).toBeVisible({ timeout: 60_000 });
      await expect(second.page.getByRole('grid')).toContainText(TYPED_LABEL);
      await expect(second.page.getByRole('grid')).toContainText('XPS 13 9350');
      await expect(first.page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
    });
  } finally {
    await Promise.allSettled([first.close(), second.close()]);
    await endpoint.stop();
  }

  await test.step('S3: the rows of the endpoint’s database are those of both desktops', async () => {
    const rows = await storage.documents();
    for (const profile of profiles) {
      const register = await openProfile(profile.directory, PASSPHRASE);
      for (const collection of ['assets', 'movements'] as const) {
        const { documents } = register.table(collection).changedSince(1000);
        const mine = documents.map(({ _rev, _meta, _attachments, ...wire }) => wire as WireDocument);
        expect(sortById(mine)).toEqual(
          sortById(rows.filter((row) => row.collection === collection).map(({ document }) => document)),
        );
      }
      expect(register.waiting.count()).toBe(0);
      register.close();
    }
  });

  await test.step('K1: no label stands in clear in any file of the profile', () => {
    const serial = '640HP72';
    expect(filesThatContain(firstProfile.directory, [TYPED_LABEL, serial, 'XPS 13', PASSPHRASE])).toEqual([]);
    const log = readFileSync(join(firstProfile.directory, 'registre.log'), 'utf8');
    expect(log).toContain('"opened"');
  });

  await storage.remove();
  for (const profile of profiles) profile.remove();
});

async function importInventories(desktop: DesktopApp): Promise<void> {
  const { page } = desktop;
  await desktop.goTo('Importer');
  await page.getByLabel('Choisir des fichiers').first().setInputFiles(INVENTORIES);
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await desktop.picture('import-preview');
  await page.getByRole('button', { name: 'Créer 3 actifs' }).click();
  await expect(page.getByText('3 actifs créés')).toBeVisible();
}

async function createCabinet(desktop: DesktopApp): Promise<void> {
  const { page } = desktop;
  await desktop.goTo('Actifs');
  await page.getByRole('link', { name: 'Enregistrer un actif' }).click();
  await desktop.choose('Type de matériel', 'baie', 'Baie / armoire');
  await desktop.field('Marque').fill('Legrand');
  await desktop.field('N° de série').fill('LG-2209-77');
  await desktop.choose('État physique', 'Bon');
  await desktop.choose('Statut', 'En service');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.choose('Type de détenteur', 'Service', /Service/);
  await desktop.choose('Mode d’acquisition', 'Existant', /Existant/);
  await desktop.field('Désignation').fill('Armoire');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('link', { name: 'Modifier' }).click();
  await desktop.field('Désignation').fill(TYPED_LABEL);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: TYPED_LABEL })).toBeVisible();
}

function sortById(documents: readonly WireDocument[]): WireDocument[] {
  return [...documents].sort((a, b) => (a.id < b.id ? -1 : 1));
}
