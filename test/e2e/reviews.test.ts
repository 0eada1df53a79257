import { expect, test } from '@playwright/test';
import { type EnrolAnswer, PATHS, PROTOCOL_VERSION, type WireDocument } from '#shared/protocol/replication.ts';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { asTestDevice, postJson, type TestDevice } from '../support/endpoint-device.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

let endpoint: EndpointProcess;
let profiles: readonly TestProfile[];
let first: DesktopApp;
let second: DesktopApp;
/** A third desktop without a window: what it pushes is a colleague's work. */
let colleague: TestDevice;
let assets: readonly WireDocument[];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'full' });
  profiles = await Promise.all(
    ['HOUNKPÈ Sènami', 'AHOUANSOU Koffi'].map(async (name) =>
      makeProfile(name.split(' ')[1] ?? name, {
        enrolment: { server: endpoint.address, code: await endpoint.enrolmentCode({ name, role: 'dsi' }) },
      }),
    ),
  );
  const code = await endpoint.enrolmentCode({ name: 'DOSSOU Afiavi', role: 'dsi' });
  const enrolment = { protocol: PROTOCOL_VERSION, code, deviceName: 'Poste de la direction' };
  const { body } = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, enrolment);
  colleague = asTestDevice(endpoint.address, body);
  const pulled = await colleague.pull<{ documents: WireDocument[] }>('assets', '?limit=200');
  assets = pulled.body.documents.filter(({ nature, status }) => nature === 'hardware' && status === 'in-service');
  const [one, two] = profiles;
  if (!one || !two) throw new Error('Two profiles were made');
  first = await DesktopApp.launch(one);
  second = await DesktopApp.launch(two);
  for (const desktop of [first, second]) {
    await desktop.createRegister();
    await expect(desktop.page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
  }
});

test.afterAll(async () => {
  await Promise.allSettled([first?.close(), second?.close()]);
  await endpoint?.stop();
  for (const profile of profiles ?? []) profile.remove();
});

async function openReviews({ page }: DesktopApp): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/sync/reviews';
  });
  await expect(page.getByRole('heading', { name: 'Synchronisation' })).toBeVisible();
}

async function giveRoom({ page }: DesktopApp, id: unknown, room: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/assets/${id}/edit`);

  const field = page.getByRole('textbox', { name: 'Bureau ou salle' }).first();

  await field.fill(room);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('link', { name: 'Modifier' })).toBeVisible();
}

function asset(index: number): WireDocument {
  const found = assets[index];
  if (!found) throw new Error('The demonstration has fewer assets');
  return found;
}

test('nothing to check: the screen says what it is for', async () => {
  await openReviews(first);
  await expect(first.page.getByText('Rien à vérifier')).toBeVisible();
  await first.picture('reviews-empty');
  expect(await first.violations()).toEqual([]);
});

test('V4, V5: a conflict that is decided on one desktop is seen decided on the other, and taken back there', async () => {
  const { id, room: before } = asset(0);
  await test.step('two desktops without a network give one asset two rooms', async () => {
    const port = Number(new URL(endpoint.address).port);
    const { dataDir } = endpoint;
    await endpoint.kill();
    await giveRoom(first, id, 'Bureau 12');
    await giveRoom(second, id, 'Salle des serveurs');
    endpoint = await startEndpointProcess({ dataDir, port, demonstration: 'full' });
  });
  await test.step('one of them is in the record, both are in the review, on both desktops', async () => {
    for (const desktop of [first, second]) {
      await openReviews(desktop);
      const detail = desktop.page.getByRole('article');
      await expect(detail).toContainText('Bureau 12', { timeout: 90_000 });
      await expect(detail).toContainText('Salle des serveurs');
      await expect(detail).toContainText(/HOUNKPÈ Sènami|AHOUANSOU Koffi/);
    }
    await first.picture('reviews-one');
    expect(await first.violations()).toEqual([]);
  });
  const rooms = ['Bureau 12', 'Salle des serveurs'];
  await test.step('one key decides; the other desktop sees it decided', async () => {
    await first.page.keyboard.press('p');
    await expect(first.page.getByText('L’autre valeur est dans la fiche.')).toBeVisible();
    await expect(first.page.getByText('Rien à vérifier')).toBeVisible();
    await expect(second.page.getByText('Rien à vérifier')).toBeVisible({ timeout: 30_000 });
    await second.page.getByText('Décidés', { exact: true }).click();
    await expect(second.page.getByRole('article')).toContainText('L’autre valeur a été prise');
    await expect(second.page.getByRole('article')).toContainText('HOUNKPÈ Sènami');
    await second.picture('reviews-decided');
    expect(await second.violations()).toEqual([]);
  });
  await test.step('taken back on the second desktop, it is open on both', async () => {
    await second.page.getByRole('button', { name: 'Rouvrir' }).click();
    await expect(first.page.getByRole('article')).toContainText(rooms[0] ?? '', { timeout: 30_000 });
    await first.page.keyboard.press('g');
    await expect(first.page.getByText('Rien à vérifier')).toBeVisible();
  });
  expect(before).not.toBe(rooms[0]);
});

test('V2: two records with one serial are asked about, compared and merged, and nobody is asked any more', async () => {
  const [one, other] = [asset(1), asset(2)];
  const twin = { ...other, serialNumber: one.serialNumber };
  const { body } = await colleague.exchange([
    { collection: 'assets', row: { newDocumentState: twin, assumedMasterState: other } },
  ]);
  expect(body.answers).toMatchObject([{ outcome: 'accepted' }]);
  const { page } = first;
  await openReviews(first);
  await expect(page.getByRole('article')).toContainText('Même numéro', { timeout: 30_000 });
  await first.picture('reviews-twin');
  await page.keyboard.press('f');
  await expect(page.getByRole('heading', { name: 'Fusionner deux fiches du même bien' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Pourquoi s’agit-il du même bien ?' }).fill('Saisi deux fois');
  await page.getByRole('button', { name: 'Fusionner les deux fiches' }).click();
  await expect(page.getByText(/a été fusionnée avec/)).toBeVisible();
  await openReviews(first);
  await expect(page.getByText('Rien à vérifier')).toBeVisible();
});

test('sixty reviews: filters, one answer to many, and the keyboard alone', async () => {
  const { page } = first;
  const person = { personId: colleague.person.id, name: colleague.person.name };
  const rows = Array.from({ length: 60 }, (_, index) => makeReview(index, person));
  const { body } = await colleague.exchange(
    rows.map((review) => ({ collection: 'reviews', row: { newDocumentState: review } })),
  );
  expect(body.answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
  const list = page.getByRole('list', { name: 'Points à vérifier' });
  await expect(list.getByRole('listitem')).toHaveCount(60, { timeout: 30_000 });
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const) {
    await first.resize(width, height);
    for (const scheme of ['claire', 'sombre'] as const) {
      await first.picture(`reviews-60-${width}-${scheme}`);
      await page.getByRole('button', { name: /Passer à l’apparence/ }).click();
    }
  }
  expect(await first.violations()).toEqual([]);
  await list.getByRole('button').first().focus();
  for (const key of [' ', 'ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  const bulk = page.getByRole('region', { name: 'Décider pour les points choisis' });
  await expect(bulk).toContainText('3 choisis');
  await first.picture('reviews-bulk');
  await bulk.getByRole('button', { name: 'Garder la fiche' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(57);
  await expect(page.getByText('3 fiches sont gardées telles quelles.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(list.getByRole('listitem')).toHaveCount(60);
  await page.getByText('Moi', { exact: true }).click();
  await expect(page.getByText('Aucun point ne correspond à ces filtres.')).toBeVisible();
  await first.goTo('Tableau de bord');
  await expect(page.getByRole('link', { name: /Points à vérifier entre les postes/ })).toBeVisible();
  await first.picture('reviews-dashboard');
});

test('V5: a decision that came too late is told on every screen, also after a restart, until it was seen', async () => {
  const { body } = await colleague.pull<{ documents: WireDocument[] }>('reviews', '?limit=200');
  const decided = body.documents.find(({ kind, decision }) => kind === 'same-field' && decision);
  const { id: ours, ...review } = decided ?? asset(0);
  const author = { personId: colleague.person.id, name: colleague.person.name, role: 'dsi' };
  const decisionOf = (deviceId: unknown, outcome: string, digit: number) => ({
    outcome,
    values: [],
    author,
    deviceId,
    decidedAt: '2026-11-20T08:00:00.000Z',
    actId: `00000000-0000-8000-8000-10000000000${digit}`,
  });
  const late = {
    ...review,
    id: '00000000-0000-8000-8000-200000000000',
    decision: decisionOf(colleague.device.id, 'kept', 1),
    overruled: [decisionOf(review.deviceId, 'taken', 2)],
  };
  const pushed = await colleague.exchange([{ collection: 'reviews', row: { newDocumentState: late } }]);
  expect(pushed.body.answers, String(ours)).toMatchObject([{ outcome: 'accepted' }]);
  // Whose value lost at first is the one that is told.
  const told = (desktop: DesktopApp) => desktop.page.getByText(/Votre décision n’a pas été retenue\s: celle de/);
  await expect
    .poll(async () => (await told(first).count()) + (await told(second).count()), { timeout: 30_000 })
    .toBe(1);
  const isFirst = (await told(first).count()) === 1;
  const profile = profiles[isFirst ? 0 : 1];
  if (!profile) throw new Error('Two profiles were made');
  await (isFirst ? first : second).close();
  const desktop = await DesktopApp.launch(profile);
  if (isFirst) first = desktop;
  else second = desktop;
  await desktop.unlock();
  await expect(told(desktop)).toBeVisible();
  await desktop.picture('reviews-late');
  expect(await desktop.violations()).toEqual([]);
  await desktop.page.getByRole('link', { name: 'Voir', exact: true }).click();
  await expect(desktop.page.getByRole('article')).toContainText('décision n’a pas été retenue');
  await expect(told(desktop)).toBeHidden();
  await desktop.picture('reviews-late-seen');
});

/** The first ones on assets that the desktops have; values long and short. */
function makeReview(index: number, owner: { readonly personId: string; readonly name: string }): WireDocument {
  const about = asset(3 + (index % 40));
  const isLate = index % 10 === 9;
  const values = [
    { field: 'room', base: 'A1', mine: `Bureau ${index}`, theirs: about.room },
    {
      field: 'designation',
      mine: `${about.designation} du secrétariat permanent de la cellule de gestion des marchés publics`,
      theirs: about.designation,
    },
  ];
  return {
    id: `00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
    ministryId: colleague.ministry.id,
    kind: isLate ? 'edit-after-exit' : 'same-field',
    state: 'open',
    collectionName: 'assets',
    documentId: about.id,
    fields: index % 3 === 0 ? values : values.slice(0, 1),
    deviceId: colleague.device.id,
    openedAt: new Date(Date.UTC(2026, 10, 20, 8, index)).toISOString(),
    owner,
    _deleted: false,
  };
}
