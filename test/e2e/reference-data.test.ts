import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

const STRUCTURES = [
  'Nom;Sigle;Niveau;Rattachement;Observation',
  'Direction de la cybersécurité et de la protection des infrastructures critiques;DCPIC;Direction technique;SGM;à créer',
  'Service de la supervision;;Service;DCPIC;',
  'Service des audits;;;DCPIC;',
  'Bureau sans attache;;;Direction inconnue;',
  'Secrétariat général du ministère;SGM;;;',
];

let endpoint: EndpointProcess;
let profile: TestProfile;
let readerProfile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'empty' });
  const code = await endpoint.enrolmentCode({ role: 'dsi', name: 'HOUNKPÈ Sènami' });
  const readerCode = await endpoint.enrolmentCode({ role: 'technicien', name: 'AHOUANSOU Koffi' });
  profile = makeProfile('referentiels', { enrolment: { server: endpoint.address, code } });
  readerProfile = makeProfile('technicien', { enrolment: { server: endpoint.address, code: readerCode } });
  desktop = await DesktopApp.launch(profile);
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop();
  profile.remove();
  readerProfile.remove();
});

async function openSection(name: string): Promise<void> {
  await desktop.page.getByRole('navigation', { name: 'Listes' }).getByRole('link', { name }).click();
  await expect(desktop.page.getByRole('heading', { name, level: 2 })).toBeVisible();
}

test('R2: the structures are a tree, walked through and opened by keyboard alone', async () => {
  const { page } = desktop;
  await desktop.createRegister();
  await expect(page.getByRole('heading', { name: 'Le registre est vide' })).toBeVisible({ timeout: 30_000 });
  await desktop.resize(1366, 768);
  await desktop.goTo('Référentiels');
  const tree = page.getByRole('tree', { name: 'Structures' });
  await expect(tree.getByRole('treeitem', { name: /Secrétariat général du ministère/ })).toBeVisible();
  await desktop.picture('references-structures');
  expect(await desktop.violations()).toEqual([]);
  const root = tree.getByRole('treeitem').first();
  await root.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('treeitem')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Cabinet du ministre' })).toBeVisible();
  await desktop.picture('references-structure');
  expect(await desktop.violations()).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(tree.getByRole('treeitem', { name: /Cabinet du ministre/ })).toBeFocused();
});

test('R6: structures come from a file after a preview, and a second time nothing is left to do', async () => {
  const { page } = desktop;
  const choose = async (lines: readonly string[]) => {
    await page.getByRole('button', { name: 'Importer un fichier' }).click();
    const buffer = Buffer.from(lines.join('\r\n'), 'latin1');
    await page
      .getByLabel('Choisir un fichier')
      .first()
      .setInputFiles([{ name: 'organigramme.csv', mimeType: 'text/csv', buffer }]);
  };
  await choose(['Couleur;Taille', 'rouge;grande']);
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Aucune colonne de cette liste');
  await desktop.picture('references-import-unreadable');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await choose(STRUCTURES);
  const dialog = page.getByRole('dialog', { name: /Importer/ });
  await expect(dialog).toContainText('3nouvelles lignes');
  await expect(dialog).toContainText('Ce rattachement n’est ni dans le fichier ni dans la liste.');
  await expect(dialog).toContainText('Colonnes laissées de côté : Observation');
  await desktop.picture('references-import');
  expect(await desktop.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Enregistrer 3 lignes' }).click();
  await expect(page.getByText(/Import terminé/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('supervision');
  await expect(page.getByRole('treeitem', { name: /Service de la supervision/ })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /cybersécurité/ })).toBeVisible();
  await desktop.picture('references-search');
  await choose(STRUCTURES);
  await expect(dialog).toContainText('0nouvelle ligne');
  await expect(dialog.getByRole('button', { name: 'Enregistrer 0 ligne' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Annuler' }).click();
});

test('R1: a structure that ended leaves the tree and the forms, and is still there to be seen', async () => {
  const { page } = desktop;
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('audits');
  await page.getByRole('treeitem', { name: /Service des audits/ }).click();
  await page.getByRole('textbox', { name: 'Jusqu’au' }).fill('2020');
  await page.getByRole('textbox', { name: 'Depuis' }).fill('2023');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('La fin vient avant le début.');
  await desktop.picture('references-refused');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('textbox', { name: 'Depuis' }).fill('');
  await desktop.choose('Remplacée par', 'supervision', /Service de la supervision/);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('treeitem', { name: /Service des audits/ })).toHaveCount(0);
  await page.getByRole('switch', { name: 'Afficher ce qui ne sert plus' }).check();
  await expect(page.getByRole('treeitem', { name: /Service des audits/ })).toContainText(
    'remplacée par Service de la supervision',
  );
});

test('R4: a type gets a number and a choice, sees its form at once, and keeps what was saved', async () => {
  const { page } = desktop;
  await openSection('Types et caractéristiques');
  await desktop.picture('references-types');
  await page.getByRole('button', { name: 'Ajouter un type' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter un type' });
  await dialog.getByRole('textbox', { name: 'Libellé' }).fill('Drone de surveillance');
  await dialog.getByRole('textbox', { name: 'Code' }).fill('dro');
  await dialog.getByRole('button', { name: 'Ajouter une caractéristique' }).click();
  const first = dialog.getByRole('group', { name: 'Caractéristique 1' });
  await first.getByRole('textbox', { name: 'Libellé' }).fill('Autonomie');
  await first
    .getByRole('combobox', { name: 'Réponse' })
    .or(first.getByRole('textbox', { name: 'Réponse' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Nombre' }).click();
  await first.getByRole('textbox', { name: 'Unité' }).fill('min');
  await first.getByRole('checkbox', { name: 'Obligatoire' }).check();
  await dialog.getByRole('button', { name: 'Ajouter une caractéristique' }).click();
  const second = dialog.getByRole('group', { name: 'Caractéristique 2' });
  await second.getByRole('textbox', { name: 'Libellé' }).fill('Catégorie');
  await second
    .getByRole('combobox', { name: 'Réponse' })
    .or(second.getByRole('textbox', { name: 'Réponse' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Choix dans une liste' }).click();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(second).toContainText('donnez au moins un choix');
  for (const choice of ['Ouverte', 'Spécifique']) {
    await second.getByLabel('Choix', { exact: true }).first().fill(choice);
    await page.keyboard.press('Enter');
  }
  const preview = dialog.getByRole('region', { name: 'Aperçu du formulaire' });
  await expect(preview.getByText('Autonomie')).toBeVisible();
  await expect(preview.getByText('Catégorie')).toBeVisible();
  await desktop.picture('references-type');
  expect(await desktop.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('drone');
  await expect(page.getByRole('row', { name: /Drone de surveillance DRO Matériel 2/ })).toBeVisible();
  await page.getByRole('button', { name: 'Drone de surveillance' }).click();
  const saved = page.getByRole('dialog', { name: 'Drone de surveillance' });
  await saved.getByRole('button', { name: 'Retirer Autonomie' }).click();
  await expect(saved.getByText('Retirées')).toBeVisible();
  await saved.getByRole('button', { name: 'Remettre Autonomie' }).click();
  await expect(
    saved.getByRole('group', { name: 'Caractéristique 2' }).getByRole('textbox', { name: 'Libellé' }),
  ).toHaveValue('Autonomie');
  await page.keyboard.press('Escape');
});

test('R5: a holder is added with an old telephone number, which is brought up to date', async () => {
  const { page } = desktop;
  await openSection('Détenteurs');
  await desktop.picture('references-empty');
  await page.getByRole('button', { name: 'Ajouter un détenteur' }).click();
  await page.getByRole('textbox', { name: 'Nom et prénoms' }).fill('ZINSOU Sènan');
  await page.getByRole('textbox', { name: 'Matricule' }).fill('102 334');
  await page.getByRole('textbox', { name: 'Téléphone' }).fill('12');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Ce n’est pas un numéro du Bénin');
  await page.getByRole('textbox', { name: 'Téléphone' }).fill('+229 97 00 00 00');
  await desktop.choose('Structure', 'supervision', /Service de la supervision/);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByRole('row', { name: /ZINSOU Sènan 102 334/ })).toContainText('01 97 00 00 00');
  await desktop.picture('references-agents');
  expect(await desktop.violations()).toEqual([]);
});

async function importOneAsset(): Promise<void> {
  const { page } = desktop;
  const lines = 'Désignation;Marque;Type;N° de série\nOrdinateur portable Dell;Dell;PCP;5CG0482KX';
  await desktop.goTo('Importer');
  await page
    .getByLabel('Choisir des fichiers')
    .first()
    .setInputFiles([{ name: 'parc.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) }]);
  await desktop.choose('Site', 'Cotonou', /Cotonou/);
  await desktop.choose('Statut', 'En stock');
  await page.getByRole('button', { name: 'Vérifier les fichiers' }).click();
  await page.getByRole('button', { name: /^Créer/ }).click();
  await expect(page.getByText(/1 actif créé/)).toBeVisible();
}

test('a holder is proposed by payroll number where something is handed out, and a new name becomes one on the spot', async () => {
  const { page } = desktop;
  await importOneAsset();
  await desktop.goTo('Actifs');
  await page.getByRole('grid').getByText('Ordinateur portable Dell').first().click();
  await page.getByRole('button', { name: 'Mouvement…' }).click();
  await page.getByRole('menuitem', { name: /^Affecter/ }).click();
  const dialog = page.getByRole('dialog');
  const holder = desktop.field('Nom du détenteur');
  await holder.fill('102334');
  await page.getByRole('option', { name: /ZINSOU Sènan/ }).click();
  await expect(holder).toHaveValue('ZINSOU Sènan');
  await holder.fill('KPADÉ Houéfa');
  const add = page.getByRole('option', { name: /Ajouter «.KPADÉ Houéfa.» comme détenteur/ });
  await expect(add).toBeVisible();
  await desktop.picture('references-holder-input');
  expect(await desktop.violations()).toEqual([]);
  await add.click();
  await expect(page.getByText('KPADÉ Houéfa est ajouté aux détenteurs.')).toBeVisible();
  await expect(holder).toHaveValue('KPADÉ Houéfa');
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await desktop.goTo('Référentiels');
  await openSection('Détenteurs');
  await expect(page.getByRole('row', { name: /KPADÉ Houéfa/ })).toBeVisible();
});

test('every list is legible, large and small, light and dark', async () => {
  const { page } = desktop;
  await desktop.goTo('Référentiels');
  await desktop.resize(1920, 1080);
  await page.getByRole('button', { name: 'Passer à l’apparence sombre' }).click();
  for (const [name, picture] of [
    ['Sites', 'sites'],
    ['Types et caractéristiques', 'types'],
    ['Marques et éditeurs', 'brands'],
    ['Fournisseurs', 'suppliers'],
    ['Détenteurs', 'agents'],
    ['Nomenclature', 'accounts'],
    ['Institutions', 'institutions'],
  ] as const) {
    await openSection(name);
    expect(await desktop.violations()).toEqual([]);
    await desktop.picture(`references-${picture}-dark`);
  }
  await openSection('Sites');
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('quelque part');
  await expect(page.getByText(/Rien ne correspond à/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('seme podji');
  await page.getByRole('treeitem', { name: /Sèmè-Podji|Sèmè-Kpodji/ }).click();
  await page.getByRole('button', { name: 'Ajouter en dessous' }).click();
  await page.getByRole('textbox', { name: 'Nom', exact: true }).fill('Poste frontalier de Kraké');
  await desktop.picture('references-site-dark');
  expect(await desktop.violations()).toEqual([]);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('textbox', { name: 'Chercher dans cette liste' }).fill('krake');
  await expect(page.getByRole('treeitem', { name: /Poste frontalier de Kraké/ })).toBeVisible();
  await page.getByRole('button', { name: 'Passer à l’apparence claire' }).click();
});

test('A7: a technician keeps holders and reads the rest, with a word why', async () => {
  const reader = await DesktopApp.launch(readerProfile);
  try {
    await reader.createRegister();
    await reader.goTo('Référentiels');
    // Known once the endpoint has answered.
    const note = reader.page.getByText(/Votre rôle \(Technicien\) consulte cette liste/);
    await expect(note).toBeVisible({ timeout: 30_000 });
    await expect(reader.page.getByRole('button', { name: 'Ajouter une structure' })).toHaveCount(0);
    await reader.page.getByRole('treeitem').first().click();
    await expect(reader.page.getByRole('textbox', { name: 'Nom', exact: true })).toBeDisabled();
    await expect(reader.page.getByRole('button', { name: 'Enregistrer' })).toHaveCount(0);
    await reader.picture('references-reader');
    expect(await reader.violations()).toEqual([]);
    await reader.page.keyboard.press('Escape');
    await reader.page.getByRole('link', { name: 'Détenteurs' }).click();
    // Added on the other desktop, and arrived here.
    await expect(reader.page.getByRole('row', { name: /ZINSOU Sènan/ })).toBeVisible();
    await expect(reader.page.getByRole('button', { name: 'Ajouter un détenteur' })).toBeVisible();
  } finally {
    await reader.close();
  }
});
