import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;
let page: Page;
let grid: Locator;
let folder: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registre-vues-'));
  endpoint = await startEndpointProcess({ demonstration: 'full' });
  const code = await endpoint.enrolmentCode({ role: 'dsi', name: 'HOUNKPÈ Sènami' });
  profile = makeProfile('vues', { enrolment: { server: endpoint.address, code } });
  desktop = await DesktopApp.launch(profile);
  page = desktop.page;
  grid = page.getByRole('grid');
  await desktop.createRegister();
  await expect(page.getByText(/2\s000 actifs/).first()).toBeVisible({ timeout: 60_000 });
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function isSettled(): Promise<void> {
  await expect(page.locator('main [aria-busy]')).toHaveAttribute('aria-busy', 'false');
}

/** Assets of the list, as the screen says it. */
async function total(): Promise<number> {
  await isSettled();
  return Number(await grid.getAttribute('aria-rowcount')) - 1;
}

async function tool(name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function column(name: string): Promise<string[]> {
  await isSettled();
  return await grid.evaluate((element, wanted) => {
    const headers = [...element.querySelectorAll('[role=columnheader]')];
    const place = headers.findIndex((header) => header.textContent?.trim() === wanted);
    return [...element.querySelectorAll('[role=row][id]')].map((row) => row.children[place]?.textContent?.trim() ?? '');
  }, name);
}

/** Saves the list as a file and reads it. */
async function exported(item: RegExp, name: string): Promise<Buffer> {
  const path = join(folder, name);
  await desktop.saveDownloadsTo(path);
  await tool('Exporter');
  await page.getByRole('menuitem', { name: item }).click();
  await expect(page.getByText(/Export prêt/).first()).toBeVisible();
  let bytes = Buffer.alloc(0);
  // The window says that the file is made; the system then writes it.
  await expect(() => {
    bytes = readFileSync(path);
    expect(bytes.length).toBeGreaterThan(0);
  }).toPass();
  return bytes;
}

/** The texts of a workbook's sheet, row by row; numbers as they are kept. */
function readSheet(bytes: Buffer): string[][] {
  const sheet = unzipSync(bytes)['xl/worksheets/sheet1.xml'];
  const rows = strFromU8(sheet ?? new Uint8Array()).match(/<row>.*?<\/row>/gs) ?? [];
  return rows.map((row) =>
    [...row.matchAll(/<c\/>|<c [^>]*>(?:<is><t[^>]*>(.*?)<\/t><\/is>|<v>(.*?)<\/v>)<\/c>/gs)].map(
      ([, text, value]) => text ?? value ?? '',
    ),
  );
}

test('Q7, Q8: a filter in the panel narrows the list at once, and the totals follow', async () => {
  await desktop.resize(1366, 768);
  await desktop.picture('views-list');
  await tool('Autres filtres');
  const box = page.getByRole('checkbox', { name: /Sans n° d’inventaire/ });
  await box.focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Sans n° d’inventaire').first()).toBeVisible();
  await page.getByLabel('Valeur minimale').fill('300000');
  await page.getByLabel('Acquis à partir du').fill('2020');
  await desktop.picture('views-panel');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Voir la liste' }).click();
  const count = await total();
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(2000);
  await expect(page.getByRole('status').filter({ hasText: `${count} actifs trouvés` })).toBeVisible();
  const totals = page.getByRole('region', { name: 'Totaux de la liste' });
  await expect(totals).toContainText(/^Valeur\s: [\d\u202f]+\sF\sCFA/);
  await expect(page.getByRole('button', { name: /Retirer le filtre Valeur/ })).toBeVisible();
});

test('columns are chosen and ordered; a header orders the list by its values', async () => {
  await tool('Colonnes');
  await page.getByRole('checkbox', { name: 'Valeur (F CFA)' }).check();
  await page.getByRole('checkbox', { name: 'Site', exact: true }).uncheck();
  await page.getByRole('button', { name: 'Valeur (F CFA) : plus à gauche' }).click();
  await desktop.picture('views-columns');
  expect(await desktop.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await grid.getByRole('button', { name: 'Valeur (F CFA)' }).click();
  await isSettled();
  await expect(async () => {
    const values = (await column('Valeur (F CFA)')).map((text) => Number(text.replaceAll('\u202f', '')));
    expect(values.length).toBeGreaterThan(3);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values.at(-1)).toBeGreaterThanOrEqual(300_000);
  }).toPass();
});

test('Q9: the list is kept as a view and found again with its filters, order and columns', async () => {
  const count = await total();
  await tool('Vues');
  await page.getByRole('menuitem', { name: 'Enregistrer cette vue' }).click();
  await page.getByLabel('Nom de la vue').fill('Valeurs sans inventaire');
  await desktop.picture('views-save');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('Vue enregistrée')).toBeVisible();
  await tool('Valeurs sans inventaire');
  await page.getByRole('menuitem', { name: 'En réparation' }).click();
  await expect(page.getByRole('button', { name: 'Retirer le filtre Statut : En réparation' })).toBeVisible();
  await expect(grid.getByRole('columnheader', { name: 'État' })).toBeVisible();
  await expect.poll(total).not.toBe(count);
  await tool('En réparation');
  await desktop.picture('views-menu');
  await page.getByRole('menuitem', { name: /Valeurs sans inventaire/ }).click();
  await expect.poll(total).toBe(count);
  await expect(grid.getByRole('columnheader', { name: 'Valeur (F CFA)' })).toHaveAttribute('aria-sort', 'descending');
});

test('Q10: a file has all rows of the list, in its order, with its columns', async () => {
  const count = await total();
  const [first] = await column('Référence');
  const csv = (await exported(/CSV/, 'liste.csv')).toString('utf8');
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  const lines = csv.slice(1).trimEnd().split('\r\n');
  expect(lines[0]).toBe('Référence;Désignation;Type;Statut;Structure;Valeur (F CFA);Modifié');
  expect(lines).toHaveLength(count + 1);
  expect(lines[1]?.startsWith(`${first};`)).toBe(true);
  const rows = readSheet(await exported(/Excel/, 'liste.xlsx'));
  expect(rows).toHaveLength(count + 1);
  expect(rows.map((row) => row[0])).toEqual(lines.map((line) => line.split(';')[0]));
  expect(rows[1]?.[5]).toBe(lines[1]?.split(';')[5]);
});

test('Q8: groups add up, and each opens its assets', async () => {
  await tool('Valeurs sans inventaire');
  await page.getByRole('menuitem', { name: 'Toute la liste' }).click();
  await tool('Grouper');
  await page.getByRole('menuitem', { name: 'Structure' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await desktop.picture('views-groups');
  expect(await desktop.violations()).toEqual([]);
  const groups = (await exported(/Groupes en tableau CSV/, 'groupes.csv')).toString('utf8').trimEnd().split('\r\n');
  expect(groups.at(-1)).toMatch(/^Total;2000;\d+;\d+$/);
  const counts = groups.slice(1, -1).map((line) => Number(line.split(';').at(1)));
  expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2000);
  const row = page.getByRole('row').nth(1);
  const count = Number(((await row.getByRole('cell').nth(1).textContent()) ?? '').replaceAll(/\D/g, ''));
  await row.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect.poll(total).toBe(count);
  await page.getByRole('button', { name: 'Retour aux groupes' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await tool('Par Structure');
  await page.getByRole('menuitem', { name: 'Sans groupes' }).click();
});

/** The figure of a bar, before what it is worth. */
function counted(text: string | null): number {
  return Number((text ?? '').replaceAll(/Valeur.*$/gs, '').replaceAll(/\D/g, ''));
}

test('the dashboard tells what there is, and opens the list behind a figure', async () => {
  await desktop.goTo('Tableau de bord');
  await expect(page.getByRole('heading', { name: 'À suivre' })).toBeVisible();
  await desktop.picture('dashboard');
  expect(await desktop.violations()).toEqual([]);
  await desktop.resize(1920, 1080);
  await desktop.picture('dashboard-wide');
  await page.getByRole('button', { name: /Passer à l’apparence sombre/ }).click();
  await desktop.picture('dashboard-dark');
  expect(await desktop.violations()).toEqual([]);
  await desktop.goTo('Actifs');
  await desktop.picture('views-dark');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: /Passer à l’apparence claire/ }).click();
  await desktop.resize(1366, 768);
  await desktop.goTo('Tableau de bord');
  const structure = page
    .getByRole('region', { name: 'Par structure' })
    .getByRole('listitem')
    .filter({ hasText: 'Direction' })
    .first();
  const inStructure = counted(await structure.textContent());
  await structure.getByRole('button').click();
  await expect.poll(total).toBe(inStructure);
  await desktop.goTo('Tableau de bord');
  const bar = page.getByRole('region', { name: 'Par état physique' }).getByRole('button', { name: /^Mauvais/ });
  const count = counted(await bar.textContent());
  await bar.focus();
  await page.keyboard.press('Enter');
  await expect.poll(total).toBe(count);
  await expect(page.getByRole('button', { name: 'Retirer le filtre État physique : Mauvais' })).toBeVisible();
});

test('an alert opens its assets, and follows an edit', async () => {
  await desktop.goTo('Tableau de bord');
  const alert = page.getByRole('button', { name: /^Garanties qui finissent dans les 30 jours/ });
  const before = Number(/(\d+)$/.exec((await alert.textContent()) ?? '')?.[1]);
  const link = page.getByRole('link', { name: /Tableau de bord/ });
  await expect(link).toContainText(String(before));
  await alert.click();
  await expect.poll(total).toBe(before);
  await grid.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Modifier' }).click();
  await page.getByLabel('Fin de garantie').fill('31/12/2031');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(page.getByText('31/12/2031').first()).toBeVisible();
  await desktop.goTo('Tableau de bord');
  await expect(page.getByRole('button', { name: /^Garanties qui finissent dans les 30 jours/ })).toContainText(
    new RegExp(`${before - 1}$`),
  );
  await expect(link).toContainText(String(before - 1));
});

test('a dashboard of an empty register says where to begin', async () => {
  const empty = await startEndpointProcess({ demonstration: 'empty' });
  const code = await empty.enrolmentCode({ role: 'gestionnaire', name: 'DOSSOU Afiavi' });
  const other = makeProfile('vide', { enrolment: { server: empty.address, code } });
  const second = await DesktopApp.launch(other);
  try {
    await second.createRegister();
    await expect(second.page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible({ timeout: 30_000 });
    await second.goTo('Tableau de bord');
    await expect(second.page.getByRole('heading', { name: 'Rien à montrer pour le moment' })).toBeVisible();
    await second.picture('dashboard-empty');
    await second.page.getByRole('link', { name: 'Aller à la liste des actifs' }).click();
    await expect(second.page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible();
  } finally {
    await second.close();
    await empty.stop();
    other.remove();
  }
});
