import { expect, type Locator, test } from '@playwright/test';
import { DesktopApp, makeProfile, PASSPHRASE, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

const COMPUTERS = ['5CG0482KX', '5CG0483KX', '5CG0484KX'] as const;
const LICENCE = 'Office LTSC 2024';
const KEY = 'VK7JG-NPHTM-C97JM-9MPGT-3V66T';
const TONER = 'Toner HP 59A';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'empty' });
  const code = await endpoint.enrolmentCode({ role: 'dsi', name: 'HOUNKPÈ Sènami' });
  profile = makeProfile('natures', { enrolment: { server: endpoint.address, code } });
  desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  await expect(desktop.page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
});

async function expectAccessible(): Promise<void> {
  // A notice that is still fading in has too little contrast for a moment.
  await expect.poll(() => desktop.violations()).toEqual([]);
}

/** A form of registration, empty. */
async function openForm(kind: 'Matériel' | 'Licence' | 'Consommable' | 'Contrat'): Promise<void> {
  await desktop.goTo('Actifs');
  await desktop.page.getByRole('link', { name: 'Enregistrer un actif' }).first().click();
  await desktop.page
    .getByRole('navigation', { name: 'Que voulez-vous enregistrer ?' })
    .getByRole('link', { name: kind, exact: true })
    .click();
}

/** Saves the form; the record that opens tells that it worked. */
async function save(): Promise<void> {
  await desktop.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await expect(desktop.page.getByRole('button', { name: 'Modifier' }).or(link('Modifier')).first()).toBeVisible();
}

function link(name: string): Locator {
  return desktop.page.getByRole('link', { name, exact: true });
}

function section(name: string): Locator {
  return desktop.page.getByRole('region', { name, exact: true });
}

async function addComputer(serial: string): Promise<void> {
  await openForm('Matériel');
  await desktop.choose('Type de matériel', 'portable', 'Ordinateur portable');
  await desktop.field('Marque').fill('HP');
  await desktop.field('Modèle').fill('ProBook 450');
  await desktop.field('N° de série').fill(serial);
  await desktop.choose('État physique', 'Neuf');
  await desktop.choose('Statut', 'En service');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.choose('Type de détenteur', 'Service', /Service/);
  await desktop.choose('Mode d’acquisition', 'Existant', /Existant/);
  await desktop.page.getByRole('button', { name: 'Acquisition et pièces' }).click();
  await desktop.field('Date de mise en service').fill('2024');
  await desktop.field('Valeur d’acquisition').fill('600000');
  await desktop.field('Durée de vie (mois)').fill('60');
  await save();
}

/** Chooses a record in a search of records. */
async function find(label: string, text: string): Promise<void> {
  const input = desktop.page.getByRole('combobox', { name: label });
  await input.fill(text);
  await desktop.page
    .getByRole('option', { name: new RegExp(text) })
    .first()
    .click();
}

async function act(button: string, quantity: string, reason?: string): Promise<void> {
  const { page } = desktop;
  const direct = page.getByRole('button', { name: button, exact: true });
  if ((await direct.count()) > 0) await direct.click();
  else {
    await page.getByRole('button', { name: 'Mouvement…' }).click();
    await page.getByRole('menuitem', { name: button }).click();
  }
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Quantité/ }).fill(quantity);
  if (reason) await dialog.getByRole('textbox', { name: 'Motif' }).fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
}

test('A5: hardware, with what its type asks for, and what it has lost in value', async () => {
  await desktop.resize(1366, 768);
  await openForm('Matériel');
  await desktop.choose('Type de matériel', 'portable', 'Ordinateur portable');
  await desktop.page.getByRole('button', { name: 'Caractéristiques techniques' }).click();
  await expect(desktop.field('Mémoire (Mo)')).toBeVisible();
  await expectAccessible();
  await desktop.picture('natures-hardware-form');
  // Escape closes the list of a search first, and leaves the form alone.
  await desktop.page.getByRole('button', { name: 'Composants, licences et contrats' }).click();
  await desktop.page.getByRole('combobox', { name: 'Ajouter une licence utilisée' }).focus();
  await expect(desktop.page.getByText('Aucune licence ne correspond.')).toBeVisible();
  await expectAccessible();
  await desktop.page.keyboard.press('Escape');
  await expect(desktop.page.getByText('Aucune licence ne correspond.')).toBeHidden();
  await expect(desktop.page.getByRole('dialog')).toHaveCount(0);
  await desktop.page.getByRole('button', { name: 'Annuler' }).click();
  await desktop.page.getByRole('button', { name: 'Abandonner' }).click();
  for (const serial of COMPUTERS) await addComputer(serial);
  await expect(section('Amortissement')).toContainText('compté depuis le 1er janvier');
  await desktop.picture('natures-hardware');
});

test('A11: a licence with two seats, used by three computers, shows that it is exceeded', async () => {
  const { page } = desktop;
  await openForm('Licence');
  await desktop.choose('Type', 'Bureautique', /Bureautique/);
  await desktop.field('Éditeur').fill('Microsoft');
  await desktop.choose('Type de licence', 'Volume');
  await desktop.field('Quantité acquise').fill('2');
  await desktop.field('Expiration').fill('2030');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.field('Désignation').fill(LICENCE);
  await desktop.picture('natures-licence-form');
  await expectAccessible();
  await save();
  const seats = section('Utilisations');
  await expect(seats).toContainText('0 utilisées sur 2');
  for (const serial of COMPUTERS) {
    await find('Relier un matériel', serial);
    await expect(seats.getByRole('listitem').filter({ hasText: serial })).toBeVisible();
  }
  await expect(seats).toContainText('3 utilisées sur 2');
  await expect(seats).toContainText('Dépassement : 1 de trop');
  await expectAccessible();
  await desktop.picture('natures-licence-exceeded');
  await seats
    .getByRole('button', { name: /Détacher/ })
    .first()
    .click();
  await expect(seats).toContainText('Toutes utilisées');
  await expect(page.getByText('Lien retiré.')).toBeVisible();
});

test('L4: a key is kept, shown to the passphrase alone, and masked again', async () => {
  const { page } = desktop;
  const key = section('Clé de licence');
  await key.getByRole('button', { name: 'Garder une clé' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Clé' }).fill(KEY);
  await dialog.getByLabel('Phrase secrète du registre').fill('autre chose');
  await dialog.getByRole('button', { name: 'Garder une clé' }).click();
  await expect(dialog).toContainText('Cette phrase secrète n’est pas la bonne');
  await expectAccessible();
  await desktop.picture('natures-key-refused');
  await dialog.getByLabel('Phrase secrète du registre').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Garder une clé' }).click();
  await expect(key).toContainText('Clé masquée');
  await key.getByRole('button', { name: 'Afficher' }).click();
  await dialog.getByLabel('Phrase secrète du registre').fill('autre chose');
  await dialog.getByRole('button', { name: 'Afficher', exact: true }).click();
  await expect(dialog).toContainText('Cette phrase secrète n’est pas la bonne');
  await expect(page.getByText(KEY)).toHaveCount(0);
  await dialog.getByLabel('Phrase secrète du registre').fill(PASSPHRASE);
  await dialog.getByRole('button', { name: 'Afficher', exact: true }).click();
  await expect(key).toContainText(KEY);
  await expect(key).toContainText(/Masquée dans \d+ secondes/);
  await expectAccessible();
  await desktop.picture('natures-key');
  await key.getByRole('button', { name: 'Copier' }).click();
  await expect(page.getByText('Clé copiée.')).toBeVisible();
  expect(await desktop.application.evaluate(({ clipboard }) => clipboard.readText())).toBe(KEY);
  await key.getByRole('button', { name: 'Masquer' }).click();
  await expect(page.getByText(KEY)).toHaveCount(0);
});

test('A10: a toner is supplied, issued, counted and one act is taken back; no more goes out than there is', async () => {
  const { page } = desktop;
  await openForm('Consommable');
  await desktop.choose('Type', 'toner', /toner/);
  await desktop.field('Unité').fill('pièce');
  await desktop.field('Seuil de réapprovisionnement').fill('6');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.field('Désignation').fill(TONER);
  await desktop.picture('natures-consumable-form');
  await save();
  const stock = section('Stock');
  const figure = stock.getByTestId('stock');
  await expect(figure).toHaveText(/^0/);
  await act('Approvisionner', '10');
  await expect(figure).toHaveText(/^10/);
  await act('Sortir du stock', '4', 'Imprimante du cabinet');
  await expect(figure).toHaveText(/^6/);
  await expect(stock).toContainText('à racheter');
  await act('Sortir du stock', '7', 'Imprimante du cabinet');
  await expect(page.getByRole('dialog').getByText('6 en stock').first()).toBeVisible();
  await desktop.picture('natures-stock-refused');
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
  await act('Compter le stock', '5', 'Comptage mensuel');
  await expect(figure).toHaveText(/^5/);
  await expectAccessible();
  await desktop.picture('natures-stock');
  await page.getByRole('button', { name: 'Annuler ce mouvement' }).click();
  await page.getByRole('button', { name: 'Annuler le mouvement' }).click();
  await expect(figure).toHaveText(/^6/);
});

test('A11: a contract covers computers', async () => {
  await openForm('Contrat');
  await desktop.choose('Type', 'maintenance', /maintenance/);
  await desktop.field('Prestataire').fill('Sènan et fils');
  await desktop.field('Expiration').fill('2026-12-10');
  await desktop.choose('Structure', 'Direction', /./);
  await desktop.field('Désignation').fill('Maintenance des postes');
  await save();
  const covered = section('Actifs couverts');
  await find('Couvrir un matériel', COMPUTERS[0]);
  await expect(covered).toContainText('1 actif couvert');
  await expectAccessible();
  await desktop.picture('natures-contract');
});

test('L1, L3: a component, its licence and contract, and an intervention stand on the record of a computer', async () => {
  const { page } = desktop;
  await section('Actifs couverts')
    .getByRole('link', { name: /ProBook/ })
    .click();
  const links = section('Composants et liens');
  await expect(links).toContainText('Maintenance des postes');
  await links.getByRole('button', { name: 'Ajouter un composant' }).click();
  await find('Matériel à ajouter comme composant', COMPUTERS[1]);
  await expect(links.getByRole('list', { name: 'Composants' }).first()).toContainText(COMPUTERS[1]);
  await page.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Noter une intervention' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Panne constatée' }).fill('Ventilateur bruyant');
  await dialog.getByRole('textbox', { name: 'Coût' }).fill('15000');
  await dialog.getByRole('textbox', { name: 'Prochain entretien' }).fill('2026-06');
  await dialog.getByRole('button', { name: 'Noter une intervention' }).click();
  await expect(section('Interventions')).toContainText('Ventilateur bruyant');
  await expect(section('Interventions')).toContainText('Entretien à faire');
  await expectAccessible();
  await desktop.picture('natures-links');
  await section('Amortissement').scrollIntoViewIfNeeded();
  await desktop.picture('natures-interventions');
  await desktop.resize(1920, 1080);
  await links.scrollIntoViewIfNeeded();
  await desktop.picture('natures-links-wide');
  await page.getByRole('button', { name: 'Passer à l’apparence sombre' }).click();
  await expectAccessible();
  await desktop.picture('natures-links-dark');
});
