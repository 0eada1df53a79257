import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { OUT, ROOT } from '../../build/scripts/paths.mjs';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { answerPrintDialog, answerSaveDialog, drawPdf, flat, pageSize, readPdf, scanPdf } from '../support/pdf.ts';

/** Kept for the README. */
const SAMPLES = join(OUT, 'samples');
const SERIALS = Array.from({ length: 14 }, (_, index) => `5CG04${String(82 + index).padStart(3, '0')}KX`);
/** Assets that make a statement long; under twenty pages Chromium never had any trouble. */
const MANY = 400;
/** The last one has no value. */
const VALUE = 450_000;
const TOTAL = '5 850 000';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;
let folder: string;
/** References of the assets, in the order of their serials. */
let references: string[] = [];
/** What stands on the assignment slip, and what its QR code holds. */
let slip: { readonly number: string; readonly digest: string; readonly code: string };

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registre-pdf-'));
  mkdirSync(SAMPLES, { recursive: true });
  endpoint = await startEndpointProcess({ demonstration: 'empty' });
  const code = await endpoint.enrolmentCode({ role: 'dsi', name: 'HOUNKPÈ Sènami' });
  profile = makeProfile('papiers', { enrolment: { server: endpoint.address, code } });
  desktop = await DesktopApp.launch(profile);
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function importAssets(serials: readonly string[]): Promise<void> {
  const { page } = desktop;
  const header = 'Désignation;Marque;Modèle;Type;N° de série;Valeur d’acquisition;Date d’acquisition;Fournisseur';
  const rows = serials.map((serial, index) => {
    const value = index === serials.length - 1 ? '' : String(VALUE);
    return `Ordinateur portable Dell Latitude 5420;Dell;Latitude 5420;PCP;${serial};${value};14/03/2024;Sènan et fils`;
  });
  await desktop.goTo('Importer');
  await page
    .getByLabel('Choisir des fichiers')
    .first()
    .setInputFiles([{ name: 'parc.csv', mimeType: 'text/csv', buffer: Buffer.from([header, ...rows].join('\n')) }]);
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await page.getByRole('button', { name: /^Créer/ }).click();
  await expect(page.getByText(new RegExp(`${serials.length} actifs? créés?`))).toBeVisible();
}

async function openPapersList(): Promise<void> {
  await desktop.page
    .getByRole('navigation', { name: 'Navigation principale' })
    .getByRole('link', { name: 'Documents' })
    .click();
}

async function openPapers(button: string): Promise<void> {
  await openPapersList();
  await desktop.page.getByRole('link', { name: button }).click();
}

/** The pages of the preview, once they stand. */
async function previewPages(): Promise<number> {
  const pages = desktop.page.locator('[data-paper-pages]');
  await expect(pages).toBeVisible();
  return Number(await pages.getAttribute('data-paper-pages'));
}

/** A PDF and its pages as pictures in `out/samples`. */
function keepSample(path: string, name: string): void {
  copyFileSync(path, join(SAMPLES, `${name}.pdf`));
  drawPdf(path, join(SAMPLES, name));
}

async function savePdf(name: string): Promise<string> {
  const path = join(folder, name);
  await answerSaveDialog(desktop.application, path);
  await desktop.page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
  await expect(desktop.page.getByText('PDF enregistré.').first()).toBeVisible();
  return path;
}

test('assets come in, and an assignment of all of them is previewed page by page', async () => {
  const { page } = desktop;
  await desktop.createRegister();
  await expect(page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible({ timeout: 30_000 });
  await importAssets(SERIALS);
  await openPapers('Établir un document');
  await page.getByText('Des matériels choisis').click();
  for (const serial of SERIALS) {
    await page.getByRole('textbox', { name: 'Ajouter un matériel' }).fill(serial);
    await page.getByRole('option', { name: new RegExp(serial) }).click();
  }
  const chosen = page.getByRole('list', { name: 'Matériels' }).getByRole('listitem');
  await expect(chosen).toHaveCount(SERIALS.length);
  references = (await chosen.allTextContents()).map((text) => text.split(' ')[0] ?? '');
  await page.getByRole('textbox', { name: 'Fonction du détenteur' }).fill('Chef du service courrier');
  await expect(page.getByRole('region', { name: 'Aperçu' })).toContainText(references[13] ?? '?');
  await expect(page.getByRole('region', { name: 'Aperçu' })).toContainText('PROJET');
  await desktop.picture('paper-new');
  expect(await desktop.violations()).toEqual([]);
});

test('W4: who signs as comptable cannot sign as ordonnateur; with another name the paper is made', async () => {
  const { page } = desktop;
  const block = (name: string) => page.getByRole('group', { name });
  await block('Le comptable des matières').getByRole('textbox', { name: 'Nom et prénoms' }).fill('Afiavi Dossou');
  await block('L’ordonnateur des matières').getByRole('textbox', { name: 'Nom et prénoms' }).fill('DOSSOU Afiavi');
  await expect(
    page.getByText(/la même personne ne peut pas signer comme ordonnateur et comme comptable/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Établir le document' })).toBeDisabled();
  await desktop.picture('paper-incompatible');
  await block('L’ordonnateur des matières').getByRole('textbox', { name: 'Nom et prénoms' }).fill('Koffi Ahouansou');
  await block('L’ordonnateur des matières').getByRole('textbox', { name: 'Qualité' }).fill('Ordonnateur délégué');
  await block('Le détenteur').getByRole('textbox', { name: 'Nom et prénoms' }).fill('Sènan Zinsou');
  await block('Le détenteur').getByRole('button', { name: 'Signer à l’écran' }).click();
  const pad = await page.getByRole('img', { name: /Signez dans ce cadre/ }).boundingBox();
  if (!pad) throw new Error('There is no frame to sign in');
  await page.mouse.move(pad.x + 40, pad.y + 100);
  await page.mouse.down();
  for (let step = 0; step < 40; step += 1) {
    await page.mouse.move(pad.x + 40 + step * 10, pad.y + 80 + 40 * Math.sin(step / 2));
  }
  await page.mouse.up();
  await desktop.picture('paper-signature');
  await page.getByRole('button', { name: 'Garder cette signature' }).click();
  await expect(page.getByRole('img', { name: 'Signé' })).toBeVisible();
  await page.getByRole('button', { name: 'Établir le document' }).click();
  await expect(page.getByRole('heading', { name: 'À propos de ce document' })).toBeVisible();
});

test('W1, W6: the PDF says what the paper says: title, number, ministry, every reference, totals, signatures, pages', async () => {
  const { page } = desktop;
  const count = await previewPages();
  const number = await page
    .locator('main header')
    .getByText(/^MND-BA-/)
    .textContent();
  const path = await savePdf('bordereau.pdf');
  const { pages, text } = readPdf(path);
  const said = flat(text);
  expect(pages).toHaveLength(count);
  expect(pageSize(path)).toContain('A4');
  pages.forEach((content, index) => {
    expect(flat(content)).toContain(`page ${index + 1} / ${count}`);
    expect(flat(content)).toContain(`N° ${number}`);
  });
  for (const expected of [
    'RÉPUBLIQUE DU BÉNIN',
    'Fraternité – Justice – Travail',
    'MINISTÈRE DU NUMÉRIQUE',
    'BORDEREAU D’AFFECTATION',
    'Chef du service courrier',
    'quatorze (14) unité(s)',
    'cinq millions huit cent cinquante mille francs CFA',
    'Sènan Zinsou',
    'Koffi Ahouansou',
    'Ordonnateur délégué',
    'Afiavi Dossou',
  ]) {
    expect(said).toContain(expected);
  }
  expect(said).toContain(TOTAL);
  expect(said).toContain('non compris dans ce montant : 1');
  for (const reference of references) expect(text.replace(/\s/g, '')).toContain(reference);
  // The table's heading stands on every page that has rows.
  for (const content of pages.filter((content) => references.some((reference) => content.includes(reference)))) {
    expect(flat(content)).toContain('Désignation');
  }
  expect(said).toContain('Empreinte');
  const digest = /\b(?:[0-9A-F]{4} ){4}[0-9A-F]{4}\b/.exec(said)?.[0] ?? '';
  expect(digest).not.toBe('');
  const [code = ''] = await scanPdf(path);
  expect(code).toContain(number);
  expect(code).toContain(digest.replaceAll(' ', ''));
  slip = { number: number ?? '', digest, code };
  keepSample(path, 'bordereau-affectation');
  await desktop.picture('paper');
  expect(await desktop.violations()).toEqual([]);
  // Nothing half written is left beside it.
  expect(readdirSync(folder)).toEqual(['bordereau.pdf']);
});

test('a dialog that is closed writes nothing and says nothing', async () => {
  const { page } = desktop;
  await answerSaveDialog(desktop.application, undefined);
  await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
  await expect(page.getByRole('button', { name: 'Enregistrer en PDF' })).toBeEnabled();
  expect(readdirSync(folder)).toEqual(['bordereau.pdf']);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the printer gets the very pages, in their size', async () => {
  const { page } = desktop;
  const asked = await answerPrintDialog(desktop.application);
  await page.getByRole('button', { name: 'Imprimer' }).click();
  await expect(page.getByText('Document envoyé à l’imprimante.')).toBeVisible();
  expect(await asked()).toMatchObject({ silent: false, landscape: false, pageSize: 'A4' });
  // Nothing of it stays in the window.
  await expect(page.locator('body > div > [data-paper-page]')).toHaveCount(0);
});

test('a folder that takes no file is said with what to do', async () => {
  const { page } = desktop;
  await answerSaveDialog(desktop.application, join(folder, 'absent', 'bordereau.pdf'));
  await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
  await expect(page.getByRole('alert', { name: 'Le fichier n’a pas été écrit' })).toBeVisible();
});

test('W3: the screen knows the paper by what is printed on it, and says what has changed since', async () => {
  const { page } = desktop;
  await openPapers('Vérifier un papier');
  const check = async (code: string) => {
    await page.getByRole('textbox', { name: 'Code ou numéro' }).fill(code);
    await page.keyboard.press('Enter');
  };
  await check(`${slip.number} ${slip.digest}`);
  await expect(page.getByText('Papier authentique')).toBeVisible();
  await expect(page.getByText('Les matériels cités sont encore tels que le papier le dit.')).toBeVisible();
  await check(`${slip.number} ${'0'.repeat(20)}`);
  await expect(page.getByText('L’empreinte ne correspond pas')).toBeVisible();
  // A scanner types the code and presses Enter.
  await check(slip.code);
  await expect(page.getByText('Papier authentique')).toBeVisible();
  await desktop.picture('paper-check');
  expect(await desktop.violations()).toEqual([]);
  await check('MND-BA-26-XX-0001-0');
  await expect(page.getByText('Ce n’est pas un code de Registre')).toBeVisible();
});

test('an act offers its papers: one click, and the paper tells the act', async () => {
  const { page } = desktop;
  await desktop.goTo('Actifs');
  await page.getByRole('grid').getByText('Ordinateur portable Dell Latitude 5420').first().click();
  await expect(page.getByRole('heading', { name: 'Documents', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Bordereau d’affectation' })).toBeVisible();
  await desktop.picture('asset-papers');
  await page.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Remettre en stock' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remettre en stock' }).click();
  await page.getByRole('link', { name: /^Établir\s: Ordre d’entrée/ }).click();
  await expect(page.getByRole('region', { name: 'Aperçu' })).toContainText('Retour en stock');
  await page.getByRole('button', { name: 'Établir le document' }).click();
  await expect(page.getByRole('heading', { name: 'À propos de ce document' })).toBeVisible();
  // The slip still says what it said; the screen knows better.
  await openPapers('Vérifier un papier');
  await page.getByRole('textbox', { name: 'Code ou numéro' }).fill(slip.code);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Papier authentique')).toBeVisible();
  await expect(page.getByRole('row', { name: /Statut/ })).toContainText('En stock');
  await desktop.picture('paper-check-changed');
});

test('papers are found by a part of their number, by kind and by day', async () => {
  const { page } = desktop;
  await openPapersList();
  await expect(page.getByText('2 documents')).toBeVisible();
  await page.getByRole('textbox', { name: 'Chercher un document' }).fill(slip.number.replaceAll('-', '').toLowerCase());
  await expect(page.getByText('1 document', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: slip.number })).toBeVisible();
  await page.getByRole('textbox', { name: 'Chercher un document' }).fill('');
  await desktop.choose('Type de document', 'Ordre d’entrée');
  await expect(page.getByRole('row', { name: /Ordre d’entrée en matières/ })).toBeVisible();
  await expect(page.getByRole('link', { name: slip.number })).toHaveCount(0);
  await page.getByLabel('Au', { exact: true }).fill('2020-01-01');
  await expect(page.getByText('Aucun document ne correspond.')).toBeVisible();
});

test('a statement of many pages repeats its headings, lies on its side and is printed to its end', async () => {
  const { page } = desktop;
  await importAssets(Array.from({ length: MANY }, (_, index) => `LONG-${String(index).padStart(4, '0')}`));
  await openPapers('Établir un document');
  await desktop.choose('Document', 'État des immobilisations');
  await expect(page.getByText(/L’aperçu montre les 100 premières lignes/)).toBeVisible();
  await page.getByRole('button', { name: 'Établir le document' }).click();
  await expect(page.getByRole('heading', { name: 'À propos de ce document' })).toBeVisible();
  const count = await previewPages();
  const path = await savePdf('etat.pdf');
  const { pages } = readPdf(path);
  expect(pages).toHaveLength(count);
  expect(count).toBeGreaterThan(20);
  expect(pageSize(path)).toMatch(/^841\.\d+ x 59[45]/);
  for (const content of pages.slice(0, -1)) expect(flat(content)).toContain('Désignation');
  const last = flat(pages.at(-1) ?? '');
  expect(last).toContain('Le comptable des matières');
  expect(last).toContain(`page ${count} / ${count}`);
  const rows = pages.join('').match(/\bMND-PCP-/g) ?? [];
  expect(rows).toHaveLength(SERIALS.length + MANY);
  keepSample(path, 'etat-immobilisations');
});

test('W5: a DSI words a paper, sees it at once, and what is wrong is named', async () => {
  const { page } = desktop;
  await openPapers('Modèles de documents');
  await page.getByRole('link', { name: 'Bordereau d’affectation' }).click();
  const title = page.getByRole('textbox', { name: 'Titre du document' });
  await title.fill('Bordereau de remise {detenteurs}');
  await expect(page.getByRole('alert', { name: /défaut/ })).toContainText(/Le champ «\sdetenteurs\s» n’existe pas\./);
  await expect(page.getByRole('button', { name: 'Enregistrer' })).toBeDisabled();
  await title.fill('Bordereau de remise à {détenteur}');
  await expect(page.getByRole('region', { name: 'Aperçu avec des données d’exemple' })).toContainText(
    'Bordereau de remise à Koffi Ahouansou',
  );
  await desktop.picture('paper-template');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText('Modifié par le ministère, version 1')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(join(ROOT, 'build/icons/icon.png'));
  await expect(page.getByRole('img', { name: 'Logo de l’en-tête' })).toBeVisible();
  await desktop.picture('paper-templates');
  expect(await desktop.violations()).toEqual([]);
});

test('the screens of papers pass axe in the dark', async () => {
  const { page } = desktop;
  await page.getByRole('button', { name: 'Passer à l’apparence sombre' }).click();
  for (const screen of ['Établir un document', 'Vérifier un papier', 'Modèles de documents'] as const) {
    await openPapersList();
    await expect(page.getByText(/^\d+ documents$/)).toBeVisible();
    expect(await desktop.violations(), 'list').toEqual([]);
    await page.getByRole('link', { name: screen }).click();
    await expect(page.getByRole('heading', { name: screen, level: 1 })).toBeVisible();
    expect(await desktop.violations(), screen).toEqual([]);
  }
  await openPapers('Établir un document');
  await desktop.choose('Document', 'État des immobilisations');
  // The heading of new papers holds the logo.
  await expect(page.getByRole('region', { name: 'Aperçu' }).locator('header img')).toBeVisible();
  await desktop.picture('paper-new-dark');
});
