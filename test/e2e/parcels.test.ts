import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Network, startNetwork } from '../contract/replication/network.ts';
import { pdfBytes } from '../support/attached-files.ts';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

/** A desktop without a network, one with, and a folder for the stick between them. */
let directory: string;
let stick: string;
let endpoint: EndpointProcess;
let line: Network;
let profiles: TestProfile[];
let isolated: DesktopApp;
let carrier: DesktopApp;

test.describe.configure({ mode: 'serial' });

async function enrol(name: string, server: string): Promise<[TestProfile, DesktopApp]> {
  const code = await endpoint.enrolmentCode({ name });
  const profile = makeProfile(name, { enrolment: { server, code } });
  const desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  await expect(desktop.page.getByRole('banner')).toContainText('À jour', { timeout: 30_000 });
  return [profile, desktop];
}

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'registre-parcels-'));
  stick = join(directory, 'stick');
  mkdirSync(stick);
  endpoint = await startEndpointProcess({ demonstration: 'empty', dataDir: join(directory, 'endpoint') });
  line = await startNetwork(endpoint.address);
  const [first, second] = [await enrol('isole', line.address), await enrol('porteur', endpoint.address)];
  profiles = [first[0], second[0]];
  [isolated, carrier] = [first[1], second[1]];
  for (const { application } of [isolated, carrier]) {
    await choose(application, stick);
  }
});

test.afterAll(async () => {
  await Promise.all([isolated.close(), carrier.close()]);
  await line.close();
  await endpoint.stop();
  for (const profile of profiles) profile.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** The person who chooses the stick. */
function choose(application: DesktopApp['application'], folder: string): Promise<void> {
  return application.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
}

async function look(desktop: DesktopApp, name: string): Promise<void> {
  const { page } = desktop;
  for (const scheme of ['light', 'dark'] as const) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ] as const) {
      await desktop.resize(width, height);
      await desktop.picture(`parcels-${name}-${width}-${scheme}`);
    }
    expect(await desktop.violations()).toEqual([]);
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
}

async function openParcels(desktop: DesktopApp): Promise<void> {
  await desktop.goTo('Synchronisation');
  await desktop.page.getByRole('link', { name: 'Clé USB' }).click();
  await expect(desktop.page.getByRole('heading', { name: 'Exporter vers une clé' })).toBeVisible();
}

async function createCabinet(desktop: DesktopApp): Promise<void> {
  const { page } = desktop;
  await desktop.goTo('Actifs');
  await page.getByRole('link', { name: 'Enregistrer un actif' }).first().click();
  await desktop.choose('Type de matériel', 'baie', 'Baie / armoire');
  await desktop.field('Marque').fill('Legrand');
  await desktop.field('N° de série').fill('LG-2209-77');
  await desktop.choose('État physique', 'Bon');
  await desktop.choose('Statut', 'En service');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.choose('Type de détenteur', 'Service', /Service/);
  await desktop.choose('Mode d’acquisition', 'Existant', /Existant/);
  await desktop.field('Désignation').fill('Armoire de Malanville');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Armoire de Malanville' })).toBeVisible();
}

async function attachFiles({ page }: DesktopApp): Promise<void> {
  await page.locator('input[type=file]').setInputFiles([
    { name: 'facture.pdf', mimeType: 'application/pdf', buffer: pdfBytes(2_000_000) },
    { name: 'procès-verbal.pdf', mimeType: 'application/pdf', buffer: pdfBytes(300_000) },
  ]);
  await expect(page.getByRole('button', { name: /Ouvrir procès-verbal.pdf/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /Ouvrir facture.pdf \(Sur ce poste\)/ })).toBeVisible();
}

/** What is whole on the stick: a file has its name once it is written to its end. */
const onStick = (start: string) =>
  readdirSync(stick).filter((name) => name.startsWith(start) && !name.endsWith('.part'));

test('X5 X7: without a network what was written leaves on a stick, a colleague’s desktop brings it, its receipt comes back', async () => {
  await openParcels(isolated);
  await expect(isolated.page.getByText('Aucun colis n’a été fait sur ce poste.')).toBeVisible();
  await look(isolated, 'empty');
  line.weather = 'down';
  line.cut();
  await createCabinet(isolated);
  await attachFiles(isolated);
  await expect(isolated.page.getByRole('banner')).toContainText(/en attente/, { timeout: 60_000 });
  await openParcels(isolated);
  await expect(isolated.page.getByText(/Les enregistrements prennent environ/)).toBeVisible();
  await expect(isolated.page.getByRole('checkbox', { name: /Joindre 2 photos et documents \(2,3/ })).toBeChecked();
  await isolated.page.getByLabel('Taille des fichiers').first().click();
  await isolated.page.getByRole('option', { name: /Très petits fichiers/ }).click();
  await look(isolated, 'choice');
  await choose(isolated.application, join(directory, 'pulled out'));
  await isolated.page.getByRole('button', { name: 'Exporter vers une clé' }).click();
  await expect(isolated.page.getByText('Le fichier n’a pas été écrit')).toBeVisible();
  await look(isolated, 'pulled-out');
  await choose(isolated.application, stick);
  await isolated.page.getByRole('button', { name: 'Exporter vers une clé' }).click();
  await expect(isolated.page.getByText(/Les colis sont prêts/)).toBeVisible();
  const parcels = onStick('Colis 1 – MND – poste');
  expect(parcels).toHaveLength(3);
  expect(parcels.filter((name) => /fichiers [12] sur 2/.test(name))).toHaveLength(2);
  await expect(isolated.page.getByRole('row', { name: /sans accusé encore/ })).toContainText('Avec 2 photos');
  await look(isolated, 'made');
  for (const parcel of parcels) expect(readFileSync(join(stick, parcel)).includes('Malanville')).toBe(false);

  await openParcels(carrier);
  await carrier.page.locator('input[type=file]').setInputFiles(parcels.map((parcel) => join(stick, parcel)));
  await expect(carrier.page.getByText(/^Colis n° 1 du poste/)).toBeVisible();
  await expect(carrier.page.getByText(/Photos et documents du colis n° 1 du poste/)).toHaveCount(2);
  await look(carrier, 'taken');
  await carrier.page.getByRole('button', { name: 'Transmettre maintenant' }).click();
  await expect(carrier.page.getByText(/À rapporter au poste/)).toBeVisible({ timeout: 30_000 });
  await look(carrier, 'carried');
  await carrier.page.getByRole('button', { name: 'Enregistrer les réponses sur la clé' }).click();
  await expect.poll(() => onStick('Réponse – MND')).toHaveLength(1);

  const [answer = ''] = onStick('Réponse');
  const noParcel = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('not a parcel') };
  await isolated.page.locator('input[type=file]').setInputFiles([noParcel]);
  await expect(isolated.page.getByText('Ce n’est pas un colis de Registre.')).toBeVisible();
  await isolated.page.locator('input[type=file]').setInputFiles([join(stick, answer)]);
  await expect(isolated.page.getByText(/Accusés? d. 1 colis/)).toBeVisible();
  await expect(isolated.page.getByText(/2 photos et documents reçus par l’ASIN/)).toBeVisible();
  await expect(isolated.page.getByRole('row', { name: /Accusé le/ })).toContainText('0 refusés');
  await expect(isolated.page.getByRole('row', { name: /Accusé le/ })).toContainText('2 reçus par l’ASIN');
  await expect(isolated.page.getByRole('checkbox')).toHaveCount(0);
  await look(isolated, 'received');
  await expect(isolated.page.getByRole('banner')).not.toContainText(/en attente/);
});

test('X7: the attestation says so on paper', async () => {
  const { page } = isolated;
  await openParcels(isolated);
  await page.getByRole('link', { name: 'Établir l’attestation' }).click();
  await expect(page.getByText('Fiches d’actifs reçues par l’ASIN')).toBeVisible();
  await look(isolated, 'statement');
  await page.getByRole('button', { name: 'Établir le document' }).click();
  await expect(page.getByText(/MND-AS-\d\d-/).first()).toBeVisible();
});
