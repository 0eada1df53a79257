import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { OUT } from '../../build/scripts/paths.mjs';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';
import { answerSaveDialog, drawPdf, flat, readPdf } from '../support/pdf.ts';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'full' });
  const code = await endpoint.enrolmentCode({ role: 'gestionnaire' });
  profile = makeProfile('registre', { enrolment: { server: endpoint.address, code } });
  desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  await expect(desktop.page.getByText(/2\s000 actifs/)).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
});

/** Kept for the README. */
const SAMPLES = join(OUT, 'samples');
const SERIALS = Array.from({ length: 10 }, (_, place) => `5CD4310XK${place}`);
const SIZES = [
  [1366, 768],
  [1920, 1080],
] as const;

/** Pictures of what is shown in both appearances and on both common screens; axe finds nothing in either. */
async function look(name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await desktop.page.evaluate((value) => {
      document.documentElement.setAttribute('data-mantine-color-scheme', value);
    }, scheme);
    for (const [width, height] of SIZES) {
      await desktop.resize(width, height);
      await desktop.picture(`register-${name}-${scheme}-${width}`);
    }
    expect(await desktop.violations(), `${name}, ${scheme}`).toEqual([]);
  }
  await desktop.page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
  await desktop.resize(1366, 768);
}

async function search(text: string): Promise<void> {
  await desktop.page.keyboard.press('Control+f');
  await expect(desktop.page.getByRole('searchbox', { name: 'Rechercher un actif' })).toBeFocused();
  await desktop.page.keyboard.type(text);
}

function dialog(): Locator {
  return desktop.page.getByRole('dialog');
}

test('A2, A8: a batch of ten is received: the model once, then the serials as a scanner types them', async () => {
  const { page } = desktop;
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Une action/).fill('série');
  await page.getByText('Enregistrer une série d’appareils identiques').click();
  await desktop.choose('Type de matériel', 'Ordinateur portable');
  await desktop.field('Marque').fill('HP');
  await desktop.field('Modèle').fill('ProBook 450 G11');
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.choose('Mode d’acquisition', 'Marché public');
  await look('series-model');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await expect(page.getByRole('textbox', { name: 'N° de série suivant' })).toBeFocused();
  for (const serial of SERIALS.slice(0, 3)) await page.keyboard.type(`${serial}\n`);
  await page.keyboard.type(`${SERIALS[1]?.toLowerCase()}\n`);
  await expect(page.getByText('5cd4310xk1 est déjà lu à la ligne 2.')).toBeVisible();
  // Somebody else's, as the register knows.
  await page.keyboard.type('CZC386JF9T\n');
  await expect(page.getByText(/Déjà au registre\s: MND-/)).toBeVisible();
  await page
    .getByRole('spinbutton', { name: 'Nombre attendu' })
    .or(page.getByLabel('Nombre attendu'))
    .first()
    .fill('10');
  await look('series-serials');
  await page.getByRole('button', { name: 'Retirer la ligne 4' }).click();
  await expect(page.getByRole('textbox', { name: 'N° de série suivant' })).toBeFocused();
  for (const serial of SERIALS.slice(3)) await page.keyboard.type(`${serial}\n`);
  await expect(page.getByText('10 sur 10')).toBeVisible();
  await page.getByRole('textbox', { name: 'N° de la pièce d’entrée' }).fill('BL-2026-118');
  await page.getByRole('button', { name: 'Enregistrer 10 appareils' }).click();
  await expect(page.getByRole('heading', { name: '10 appareils enregistrés' })).toBeVisible();
  await look('series-done');
});

test('A4, A8: the ten are handed out in one act, by keyboard alone', async () => {
  const { page } = desktop;
  // The button that selects them has the focus.
  await page.keyboard.press('Enter');
  const bar = page.getByRole('region', { name: 'Sélection' });
  await expect(bar.getByText('10 actifs sélectionnés')).toBeVisible();
  await look('selection');
  await bar.getByRole('button', { name: 'Affecter' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog()).toContainText('Affecter');
  await expect(dialog().getByRole('list', { name: 'Actifs concernés' }).getByRole('listitem')).toHaveCount(10);
  await dialog().getByRole('button', { name: 'Affecter' }).focus();
  await page.keyboard.press('Enter');
  // What is missing has the focus.
  await expect(dialog().getByLabel('Nom du détenteur')).toBeFocused();
  await page.keyboard.type('AHOUNOU Bénédicte');
  await page.keyboard.press('Escape');
  await expect(dialog().getByRole('region', { name: 'Ce qui va changer' })).toContainText('AHOUNOU Bénédicte, Agent');
  await look('act-many');
  await dialog().getByRole('textbox', { name: 'N° de la pièce' }).fill('BA-2026-041');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Affectation\s: 10 actifs\./)).toBeVisible();
  await expect(bar).toBeHidden();
  await look('act-notice');
});

test('the selection grows by keys, stops at what one act takes, and says why an act is not possible for all', async () => {
  const { page } = desktop;
  const bar = page.getByRole('region', { name: 'Sélection' });
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar.getByText('3 actifs sélectionnés')).toBeVisible();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(bar.getByText('2 actifs sélectionnés')).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(bar.getByText(/Les 500 premiers sur 2\s010/)).toBeVisible();
  await bar.getByRole('button', { name: 'Mouvement…' }).click();
  await expect(page.getByText('Pas possibles pour toute la sélection')).toBeVisible();
  await look('selection-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});

test('J2: the same value goes on many records after its preview, and is taken back as one act', async () => {
  const { page } = desktop;
  await search('AHOUNOU');
  await expect(page.getByText(/10 actifs trouvés/)).toBeVisible();
  await page.getByRole('checkbox', { name: 'Choisir tous les actifs de la liste' }).click();
  await page.getByRole('region', { name: 'Sélection' }).getByRole('button', { name: 'Modifier…' }).click();
  await dialog()
    .getByRole('combobox', { name: 'Champs à modifier' })
    .or(dialog().getByRole('textbox', { name: 'Champs à modifier' }))
    .first()
    .fill('Fourn');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog().getByLabel('Fournisseur').first().fill('SONEC Afrique');
  await dialog().getByRole('button', { name: 'Voir ce qui va changer' }).click();
  await expect(dialog().getByText('10 fiches vont changer')).toBeVisible();
  await look('edit-preview');
  await dialog().getByRole('button', { name: 'Modifier 10 fiches' }).click();
  await expect(page.getByText(/Modification\s: 10 actifs\./)).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/Annulé\s: Modification, pour 10 actifs/)).toBeVisible();
});

test('A4: one goes to repair and comes back, one is lost', async () => {
  const { page } = desktop;
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Envoyer en réparation' }).click();
  await dialog().getByRole('textbox', { name: 'Panne constatée' }).fill('Ne démarre plus');
  await look('act-repair');
  await dialog().getByRole('button', { name: 'Envoyer en réparation' }).click();
  await page.getByRole('button', { name: 'Remettre en service' }).click();
  await dialog().getByRole('textbox', { name: 'Travaux faits' }).fill('Carte mère remplacée');
  await dialog().getByRole('textbox', { name: 'Coût' }).fill('85000');
  await dialog().getByRole('button', { name: 'Remettre en service' }).click();
  await expect(page.getByText(/85\s000\sF\sCFA/)).toBeVisible();
  await expect(page.getByText('Signé par le poste').first()).toBeVisible();
  await look('asset-history');

  await page.getByRole('link', { name: /Liste des actifs/ }).click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Déclarer perdu' }).click();
  await dialog().getByRole('textbox', { name: 'Motif' }).fill('Introuvable après déménagement');
  await dialog().getByRole('textbox', { name: 'N° de la pièce' }).fill('DP-2026-003');
  await dialog().getByRole('button', { name: 'Déclarer perdu' }).click();
  await expect(page.getByText(/Déclaration de perte\s: MND-/)).toBeVisible();
});

test('A8, A9: three are proposed for disposal in one act, and the act is undone as a whole', async () => {
  const { page } = desktop;
  await page.getByRole('link', { name: /Liste des actifs/ }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  const bar = page.getByRole('region', { name: 'Sélection' });
  await expect(bar.getByText('3 actifs sélectionnés')).toBeVisible();
  await bar.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Proposer à la réforme' }).click();
  await desktop.choose('État constaté', 'Hors d’usage');
  await dialog().getByRole('textbox', { name: 'Motif' }).fill('Foudre du 12 novembre');
  await dialog().getByRole('button', { name: 'Proposer à la réforme' }).click();
  await expect(page.getByText(/Proposition à la réforme\s: 3 actifs\./)).toBeVisible();
  await expect(page.getByRole('grid').getByText('Proposé à la réforme')).toHaveCount(3);
  await page.getByRole('grid').getByText('Proposé à la réforme').first().click();
  await page.getByRole('button', { name: 'Annuler ce mouvement' }).click();
  await expect(dialog()).toContainText('Ce mouvement portait sur 3 actifs');
  await look('undo');
  await dialog().getByRole('button', { name: 'Annuler le mouvement' }).click();
  await expect(page.getByText(/Annulé\s: Proposition à la réforme, pour 3 actifs/)).toBeVisible();
  await expect(page.getByText('Annulé', { exact: true })).toHaveCount(2);
  await page.getByRole('link', { name: /Liste des actifs/ }).click();
  await expect(page.getByRole('grid').getByText('Proposé à la réforme')).toHaveCount(0);
  await expect(page.getByRole('grid').getByText('En service')).toHaveCount(9);
});

test('A12: two records of one thing are compared, become one, and are two again', async () => {
  const { page } = desktop;
  await search('5CD4310XK8');
  await page.getByRole('grid').getByText('5CD4310XK8').or(page.getByRole('grid').locator('mark')).first().waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Modifier' }).click();
  await desktop.field('N° de série').fill('5CD4310XK9');
  await desktop.field('Modèle').fill('ProBook 450 G11 (i5)');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  const twin = page.getByRole('alert', { name: 'Une autre fiche porte le même numéro' });
  await expect(twin).toContainText('a le même n° de série');
  await look('twin');
  await twin.getByRole('link', { name: 'Comparer et fusionner' }).click();
  await expect(page.getByRole('heading', { name: 'Fusionner deux fiches du même bien' })).toBeVisible();
  await look('merge');
  await page.getByRole('button', { name: 'Fusionner les deux fiches' }).click();
  await expect(page.getByRole('textbox', { name: /Pourquoi/ })).toBeFocused();
  await page.keyboard.type('Saisi deux fois');
  await page.getByRole('button', { name: 'Fusionner les deux fiches' }).click();
  await expect(page.getByText(/a été fusionnée avec/)).toBeVisible();
  await expect(twin).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/Annulé\s: Fusion de deux fiches/)).toBeVisible();
  await expect(twin).toBeVisible();
  await page.getByRole('link', { name: /Liste des actifs/ }).click();
  await search('AHOUNOU');
  await expect(page.getByText(/10 actifs trouvés/)).toBeVisible();
});

test('the history of a holder says what came and what is there', async () => {
  const { page } = desktop;
  await page.getByRole('grid').getByText('En service').first().click();
  await page.getByRole('link', { name: 'AHOUNOU Bénédicte' }).click();
  await expect(page.getByRole('heading', { name: /Détenteur\s: AHOUNOU Bénédicte/ })).toBeVisible();
  await expect(page.getByText('10 mouvements')).toBeVisible();
  await expect(page.getByText('Affectation', { exact: true })).toHaveCount(10);
  await look('holder');
});

test('J5: the journal is verified, and says what is proven and what is not', async () => {
  const { page } = desktop;
  await desktop.goTo('Journal');
  await page.getByRole('button', { name: 'Vérifier maintenant' }).click();
  await expect(page.getByText('Aucune anomalie trouvée.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/écritures signées\s: aucune n’a été modifiée/)).toBeVisible();
  await expect(page.getByText(/2\s000 écritures datent d’avant les signatures/)).toBeVisible();
  await expect(page.getByRole('row', { name: /Ce poste/ })).toContainText('Intact');
  await look('journal');
});

test('J6: the register as at yesterday has not what came today, and is exported as it is shown', async () => {
  const { page } = desktop;
  await desktop.goTo('Registre à une date');
  await expect(page.getByText(/Aucun actif n’était enregistré au 31\/12\//)).toBeVisible();
  await page.getByRole('button', { name: 'Hier' }).click();
  await expect(page.getByText(/^2\s000 actifs au /)).toBeVisible();
  await expect(page.getByText(/actifs sans valeur connue/)).toBeVisible();
  await look('as-at');
  const file = join(profile.directory, 'export.csv');
  await desktop.saveDownloadsTo(file);
  await page.getByRole('button', { name: 'Exporter en CSV' }).click();
  await expect.poll(() => readIfThere(file).split('\r\n').length, { timeout: 20_000 }).toBe(2002);
  const text = readIfThere(file);
  expect(text.startsWith('\ufeffRéférence interne;')).toBe(true);
  expect(text).not.toContain('5CD4310XK');
});

/** Every kind of paper, what it is made of here, and its title as printed. */
const PAPERS = [
  ['Fiche d’immobilisation', 'asset', 'FICHE D’IMMOBILISATION'],
  ['Ordre d’entrée', 'act', 'ORDRE D’ENTRÉE EN MATIÈRES'],
  ['Ordre de sortie', 'act', 'ORDRE DE SORTIE DE MATIÈRES'],
  ['Bordereau d’affectation', 'act', 'BORDEREAU D’AFFECTATION'],
  ['Bordereau de mutation', 'asset', 'BORDEREAU DE MUTATION'],
  ['Décharge (fiche de détenteur)', 'holder', 'DÉCHARGE – FICHE DE DÉTENTEUR'],
  ['Procès-verbal de réception', 'act', 'PROCÈS-VERBAL DE RÉCEPTION'],
  ['État des immobilisations', 'scope', 'ÉTAT DES IMMOBILISATIONS'],
  ['Liste des matériels proposés à la réforme', 'scope', 'LISTE DES MATÉRIELS PROPOSÉS À LA RÉFORME'],
  ['Procès-verbal de réforme', 'asset', 'PROCÈS-VERBAL DE RÉFORME'],
  ['Livre-journal d’une période', 'period', 'LIVRE-JOURNAL DES MATÉRIELS INFORMATIQUES'],
] as const;

const SOURCES = {
  act: 'Un mouvement',
  asset: 'Des matériels choisis',
  holder: 'Tout ce que détient une personne',
  scope: 'Une structure ou un site',
  period: 'Une période du journal',
} as const;

test('W1, W6: each paper of this life is made, numbered and printed to a PDF that says what was done', async () => {
  const { page } = desktop;
  await desktop.goTo('Actifs');
  await search('AHOUNOU');
  await expect(page.getByText(/10 actifs trouvés/)).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('region', { name: 'Sélection' });
  await bar.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: 'Proposer à la réforme' }).click();
  await desktop.choose('État constaté', 'Hors d’usage');
  await dialog().getByRole('textbox', { name: 'Motif' }).fill('Irréparables');
  await dialog().getByRole('button', { name: 'Proposer à la réforme' }).click();
  await expect(page.getByText(/Proposition à la réforme\s: 3 actifs\./)).toBeVisible();

  for (const [kind, source, title] of PAPERS) {
    await page
      .getByRole('navigation', { name: 'Navigation principale' })
      .getByRole('link', { name: 'Documents' })
      .click();
    await page.getByRole('link', { name: 'Établir un document' }).click();
    await desktop.choose('Document', kind);
    // A kind keeps the source of the one before it, where it has it too.
    const choice = page.getByText(SOURCES[source], { exact: true });
    if (await choice.isVisible()) await choice.click();
    if (source === 'act') {
      await page.getByRole('radiogroup', { name: 'Mouvements récents' }).getByRole('radio').first().check();
    } else if (source === 'asset') {
      await page.getByRole('textbox', { name: 'Ajouter un matériel' }).fill('5CD4310XK0');
      await page.getByRole('option', { name: /5CD4310XK0/ }).click();
    } else if (source === 'holder') {
      await desktop.field('Nom du détenteur').fill('AHOUNOU Bénédicte');
      await page.keyboard.press('Escape');
    } else if (kind === 'État des immobilisations') {
      await desktop.choose('Type de matériel', 'Onduleur');
    } else if (source === 'period') {
      const today = new Date().toISOString().slice(0, 10);
      await page.getByLabel('Du', { exact: true }).fill(today);
    }
    await page.getByRole('button', { name: 'Établir le document' }).click();
    await expect(page.getByRole('heading', { name: 'À propos de ce document' })).toBeVisible();
    await expect(page.locator('[data-paper-pages]')).toBeVisible();
    const path = join(profile.directory, `${title}.pdf`);
    await answerSaveDialog(desktop.application, path);
    await page.getByRole('button', { name: 'Enregistrer en PDF' }).click();
    await expect(page.getByText('PDF enregistré.').first()).toBeVisible();
    await expect.poll(() => existsSync(path)).toBe(true);
    const said = flat(readPdf(path).text);
    expect(said, kind).toContain('RÉPUBLIQUE DU BÉNIN');
    expect(said.toUpperCase(), kind).toContain(title);
    expect(said, kind).toMatch(/N° MND-[A-Z]{2}-\d\d-/);
    if (source === 'act') expect(said, kind).not.toMatch(/Date [^:]*: divers/);
    if (source !== 'scope') expect(said.replaceAll(' ', ''), kind).toMatch(/MND-PCP-\d\d-/);
    keepSample(path, kind);
  }
  await look('papers');
});

function keepSample(path: string, name: string): void {
  mkdirSync(SAMPLES, { recursive: true });
  copyFileSync(path, join(SAMPLES, `${name}.pdf`));
  drawPdf(path, join(SAMPLES, name));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
