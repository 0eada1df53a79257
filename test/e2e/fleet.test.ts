import { expect, test } from '@playwright/test';
import { type EnrolAnswer, PATHS, PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { postJson } from '../support/endpoint-device.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

let endpoint: EndpointProcess;
let profile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  endpoint = await startEndpointProcess({ demonstration: 'empty' });
  await reportAs('Poste du secrétariat général', 'KOUDJO-AHOUANVOÈKÈ Sèdjro Bérénice', {
    waiting: 1234,
    refused: 2,
    clock: -720_000,
  });
  await reportAs('Portable de terrain', 'DOSSOU Ablawa', { waiting: 0, refused: 0, clock: 400 });
  await endpoint.enrolmentCode({ role: 'dsi', name: 'Sans poste' });
  const code = await endpoint.enrolmentCode({ role: 'administrateur', name: 'HOUNKPÈ Sènami' });
  profile = makeProfile('postes', { enrolment: { server: endpoint.address, code } });
  desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
});

test.afterAll(async () => {
  await desktop.close();
  await endpoint.stop().catch(() => undefined);
  profile.remove();
});

/** A desktop that enrols, says how it stands, and is not heard of again. */
async function reportAs(deviceName: string, name: string, client: Readonly<Record<string, number>>): Promise<void> {
  const code = await endpoint.enrolmentCode({ name });
  const enrolment = { protocol: PROTOCOL_VERSION, code, deviceName };
  const { body } = await postJson<EnrolAnswer>(`${endpoint.address}${PATHS.enrol}`, enrolment);
  const exchange = {
    protocol: PROTOCOL_VERSION,
    checkpoint: { seq: 0 },
    limit: 1,
    push: [],
    client: { version: '0.1.0', ...client },
  };
  const headers = { authorization: `Bearer ${body.token}` };
  expect((await postJson(`${endpoint.address}${PATHS.exchange}`, exchange, headers)).status).toBe(200);
}

test('E5: an administrator sees the desktops of the ministry, with what is wrong with which', async () => {
  const { page } = desktop;
  await desktop.goTo('Synchronisation');
  // With the keyboard alone.
  await page.getByRole('link', { name: 'Postes' }).focus();
  await page.keyboard.press('Enter');
  const row = page.getByRole('row', { name: /Poste du secrétariat général/ });
  await expect(row).toContainText('KOUDJO-AHOUANVOÈKÈ Sèdjro Bérénice');
  await expect(row).toContainText(/1.234/);
  await expect(row).toContainText('Retard de 12 min');
  await expect(page.getByRole('row', { name: /Portable de terrain/ })).toContainText('À l’heure');
  await expect(page.getByText(/1 avec des lignes refusées/)).toBeVisible();
  await desktop.resize(1366, 768);
  await desktop.picture('fleet-1366');
  expect(await desktop.violations()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await desktop.resize(1920, 1080);
  await desktop.picture('fleet-1920-dark');
  expect(await desktop.violations()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await desktop.resize(1366, 768);
});

test('E5: the filter leaves those that were silent; without any it says so', async () => {
  const { page } = desktop;
  const filter = page.getByRole('checkbox', { name: /sans nouvelles depuis plus de 7 jours/ });
  await filter.focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Tous les postes ont donné de leurs nouvelles')).toBeVisible();
  await filter.uncheck();
});

test('E5: without a network the last answer stays and says how old it is', async () => {
  const { page } = desktop;
  await endpoint.stop();
  await page.getByRole('button', { name: 'Actualiser' }).click();
  await expect(page.getByText(/L’agence ne répond pas/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: /Portable de terrain/ })).toBeVisible();
  await desktop.picture('fleet-offline');
  expect(await desktop.violations()).toEqual([]);
});
