import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { DesktopApp, makeProfile, type TestProfile } from '../support/desktop-app.ts';
import { type EndpointProcess, startEndpointProcess } from '../support/endpoint-process.ts';

/** A new desktop on a line so slow that one sees the register arrive. */
let directory: string;
let endpoint: EndpointProcess;
let line: CountingProxy;
let profile: TestProfile;
let desktop: DesktopApp;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'registre-first-load-'));
  endpoint = await startEndpointProcess({ demonstration: 'full', dataDir: join(directory, 'endpoint') });
  line = await startCountingProxy(endpoint.address);
  profile = makeProfile('premier', { enrolment: { server: line.address, code: await endpoint.enrolmentCode() } });
});

test.afterAll(async () => {
  await desktop?.close();
  await line.close();
  await endpoint.stop();
  profile.remove();
  rmSync(directory, { recursive: true, force: true });
});

async function look(name: string): Promise<void> {
  const { page } = desktop;
  for (const scheme of ['light', 'dark'] as const) {
    await page.evaluate((value) => document.documentElement.setAttribute('data-mantine-color-scheme', value), scheme);
    await desktop.resize(1366, 768);
    await desktop.picture(`first-load-${name}-1366-${scheme}`);
    expect(await desktop.violations()).toEqual([]);
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
}

test('S20: the register arrives on a slow line: one sees how far it is, stops it and lets it go on, and works meanwhile', async () => {
  line.setLine({ bytesPerSecond: 12_000 });
  desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
  const { page } = desktop;
  await desktop.goTo('Synchronisation');
  const notice = page.getByText('Le registre de votre ministère arrive sur ce poste').first();
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('progressbar')).toBeVisible();
  await look('progress');
  await page.getByRole('button', { name: 'Suspendre le chargement' }).press('Enter');
  await expect(page.getByText('Le chargement du registre est suspendu').first()).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Chargement suspendu');
  await expect(page.getByRole('heading', { name: 'Chargement suspendu' })).toBeVisible();
  await look('paused');
  await page.getByRole('button', { name: 'Reprendre le chargement' }).press('Enter');
  await expect(notice).toBeVisible();
  await desktop.goTo('Tableau de bord');
  await expect(notice).toBeVisible();
  line.setLine({});
  await expect(page.getByRole('banner')).toContainText('À jour', { timeout: 60_000 });
  await expect(notice).toBeHidden();
});

test('S20: a file that is not for this desktop is refused with what to do', async () => {
  const { page } = desktop;
  await desktop.goTo('Synchronisation');
  const wrong = join(directory, 'rapport.pdf');
  writeFileSync(wrong, 'nothing of ours');
  await page.locator('input[type=file]').setInputFiles(wrong);
  await expect(page.getByRole('alert')).toContainText('rien n’a été changé');
  await look('refused');
});
