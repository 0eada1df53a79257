import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile } from '../support/desktop-app.ts';
import { startEndpointProcess } from '../support/endpoint-process.ts';
import { createEndpointStorage } from '../support/endpoint-storage.ts';

const HEADER = 'Désignation;Marque;Modèle;Type;N° de série';
const TEXT_IN_PDF = 'Facture du fournisseur de Natitingou';

/** A picture as a camera would give it, drawn by the page: 3,000 by 2,000 pixels. */
async function drawPhoto({ page }: DesktopApp): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 2000);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is no canvas');
    for (let row = 0; row < 40; row += 1) {
      context.fillStyle = `hsl(${row * 9} 60% ${30 + row}%)`;
      context.fillRect(0, row * 50, 3000, 50);
    }
    context.fillStyle = '#fff';
    context.font = '200px sans-serif';
    context.fillText('S/N 5CG-0482', 600, 1100);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  return Buffer.from(base64, 'base64');
}

async function createAsset(desktop: DesktopApp): Promise<void> {
  const { page } = desktop;
  await desktop.goTo('Importer');
  await page
    .getByLabel('Choisir des fichiers')
    .first()
    .setInputFiles({
      name: 'actifs.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${HEADER}\nOrdinateur portable photographié;Dell;Latitude;PCP;PH-0482`),
    });
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await page.getByRole('button', { name: /^Créer/ }).click();
  await expect(page.getByText(/1 actif créé/)).toBeVisible();
}

async function openAsset(desktop: DesktopApp): Promise<void> {
  await desktop.goTo('Actifs');
  await desktop.page.getByRole('grid').getByText('Ordinateur portable photographié').click({ timeout: 60_000 });
  await expect(desktop.page.getByRole('region', { name: 'Photos et documents' })).toBeVisible();
}

test('F1, F3, F4: a photo and a document of one desktop show on another, small first, whole when asked for', async () => {
  const storage = await createEndpointStorage();
  const endpoint = await startEndpointProcess({ ...storage.options, demonstration: 'empty' });
  const enrolment = async (name: string) => ({
    enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode({ name }) },
  });
  const profiles = [
    makeProfile('premier', await enrolment('premier')),
    makeProfile('second', await enrolment('second')),
  ];
  const [here, there] = await Promise.all(profiles.map((profile) => DesktopApp.launch(profile)));
  if (!here || !there) throw new Error('Two desktops were started');
  const region = ({ page }: DesktopApp) => page.getByRole('region', { name: 'Photos et documents' });
  try {
    for (const desktop of [here, there]) {
      await desktop.createRegister();
      await expect(desktop.page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
    }
    await createAsset(here);

    await test.step('the section says what to do while it is empty', async () => {
      await openAsset(here);
      await expect(region(here)).toContainText('Aucune photo');
      await region(here).scrollIntoViewIfNeeded();
      expect(await here.violations()).toEqual([]);
      await here.picture('files-empty');
    });

    await test.step('F3: a photo is made smaller, a document stays what it is, a program is refused', async () => {
      const photo = await drawPhoto(here);
      await region(here)
        .getByLabel('Choisir des photos ou des documents')
        .setInputFiles([
          { name: 'plaque signalétique de l’ordinateur du secrétariat.jpg', mimeType: 'image/jpeg', buffer: photo },
          { name: 'facture.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n${TEXT_IN_PDF}`) },
          { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ program') },
        ]);
      await expect(region(here).getByRole('listitem')).toHaveCount(2);
      await expect(region(here).getByRole('alert')).toContainText('1 fichier n’a pas été ajouté');
      await expect(region(here).getByRole('button', { name: /plaque.*Reçu par l’ASIN/ })).toBeVisible({
        timeout: 60_000,
      });
      await expect(region(here).locator('img')).toHaveCount(1);
      expect(await here.violations()).toEqual([]);
      await here.picture('files-attached');
      await here.page.getByRole('alert').getByRole('button', { name: 'Fermer' }).click();
    });

    await test.step('F1: the other desktop has the thumbnail by itself, and the photo when it is asked for', async () => {
      await openAsset(there);
      await expect(region(there).getByRole('listitem')).toHaveCount(2, { timeout: 60_000 });
      await expect(region(there).locator('img')).toHaveCount(1, { timeout: 60_000 });
      await region(there)
        .getByRole('button', { name: /plaque.*À télécharger/ })
        .click();
      const viewer = there.page.getByRole('dialog');
      await expect(viewer).toContainText('2048 × 1365 px');
      await there.picture('files-viewer-remote');
      await viewer.getByRole('button', { name: /Télécharger l’original/ }).click();
      await expect(viewer.getByRole('button', { name: 'Enregistrer sous…' })).toBeVisible({ timeout: 60_000 });
      await expect
        .poll(() =>
          viewer.locator('img').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
        )
        .toBe(2048);
      expect(await there.violations()).toEqual([]);
      await there.picture('files-viewer');
    });

    await test.step('the arrows go through the files, Escape closes', async () => {
      const { keyboard } = there.page;
      await keyboard.press('ArrowRight');
      await expect(there.page.getByRole('dialog')).toContainText('facture.pdf');
      await keyboard.press('ArrowLeft');
      await expect(there.page.getByRole('dialog')).toContainText('plaque');
      await keyboard.press('Escape');
      await expect(there.page.getByRole('dialog')).toHaveCount(0);
    });

    await test.step('F1: what is taken off goes from the record of both, and can be put back', async () => {
      await region(there)
        .getByRole('button', { name: /facture/ })
        .click();
      await there.page.getByRole('dialog').getByRole('button', { name: 'Retirer' }).click();
      await expect(region(there).getByRole('listitem')).toHaveCount(1);
      await expect(region(here).getByRole('button', { name: '1 fichier retiré' })).toBeVisible({ timeout: 60_000 });
      await region(here).getByRole('button', { name: '1 fichier retiré' }).click();
      await region(here).getByRole('button', { name: 'Remettre' }).click();
      await expect(region(here).getByRole('listitem')).toHaveCount(2);
    });

    await test.step('the synchronisation screen counts the files', async () => {
      await here.goTo('Synchronisation');
      await expect(region(here)).toContainText('2 fichiers');
      await here.picture('files-sync');
    });
  } finally {
    await Promise.allSettled([here.close(), there.close()]);
    await endpoint.stop();
  }

  await test.step('F4: nothing of a file lies open in the folder of the profile', () => {
    for (const { directory } of profiles) {
      const folder = join(directory, 'files');
      const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(names.length).toBeGreaterThan(1);
      for (const { name, path } of names) {
        const bytes = readFileSync(join(path, name));
        expect(bytes.includes(TEXT_IN_PDF)).toBe(false);
        expect(bytes.includes('JFIF')).toBe(false);
      }
    }
  });
  for (const profile of profiles) profile.remove();
  await storage.remove();
});
