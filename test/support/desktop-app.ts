import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type ElectronApplication, _electron as electron, expect, type Locator, type Page } from '@playwright/test';
import { packedExecutable } from '../../build/scripts/package.mjs';
import { OUT } from '../../build/scripts/paths.mjs';

export const PASSPHRASE = 'fromager-de-la-lagune';

export type ProfileOptions = {
  /** Where the desktop enrols as soon as its register is open. */
  readonly enrolment?: { readonly server: string; readonly code: string };
  readonly demonstration?: { readonly passphrase: string };
};

/** A profile folder of its own; removed by `remove`. */
export type TestProfile = { readonly directory: string; remove(): void };

export function makeProfile(name: string, options: ProfileOptions = {}): TestProfile {
  const root = mkdtempSync(join(tmpdir(), 'registre-e2e-'));
  const directory = join(root, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'profile.json'), JSON.stringify({ name, ...options }));
  return { directory, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** The packaged application on one profile, as a person starts it. */
export class DesktopApp {
  readonly application: ElectronApplication;
  readonly page: Page;

  private constructor(application: ElectronApplication, page: Page) {
    this.application = application;
    this.page = page;
  }

  static async launch(profile: TestProfile): Promise<DesktopApp> {
    const isRoot = process.getuid?.() === 0;
    const application = await electron.launch({
      executablePath: packedExecutable(),
      args: [`--profile-dir=${profile.directory}`, '--lang=fr', ...(isRoot ? ['--no-sandbox'] : [])],
    });
    const page = await application.firstWindow();
    // What fades in or out is neither read nor photographed half way: axe takes it for text without contrast.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    return new DesktopApp(application, page);
  }

  /** What axe finds against WCAG 2.2 A and AA on the screen as it is, by rule and place. */
  async violations(): Promise<string[]> {
    // Legacy mode: an Electron window cannot open the blank page that axe otherwise uses.
    const axe = new AxeBuilder({ page: this.page })
      .setLegacyMode()
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
    const { violations } = await axe.analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }

  /** First start: chooses the passphrase and, unless something is to go wrong, waits until the register is open. */
  async createRegister({ isOpenExpected = true } = {}): Promise<void> {
    await this.page.getByLabel('Phrase secrète', { exact: true }).fill(PASSPHRASE);
    await this.page.getByLabel('Phrase secrète, une seconde fois').fill(PASSPHRASE);
    await this.page.getByRole('button', { name: 'Créer le registre' }).click();
    if (isOpenExpected) await this.waitUntilOpen();
  }

  async unlock(passphrase = PASSPHRASE): Promise<void> {
    await this.page.getByLabel('Phrase secrète', { exact: true }).fill(passphrase);
    await this.page.getByRole('button', { name: 'Ouvrir', exact: true }).click();
  }

  async waitUntilOpen(): Promise<void> {
    await expect(this.page.getByRole('navigation', { name: 'Navigation principale' })).toBeVisible();
  }

  async goTo(
    screen:
      | 'Tableau de bord'
      | 'Actifs'
      | 'Registre à une date'
      | 'Journal'
      | 'Référentiels'
      | 'Importer'
      | 'Transferts'
      | 'Synchronisation'
      | 'Paramètres',
  ): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Navigation principale' })
      .getByRole('link', { name: screen })
      .click();
  }

  /** A field of a form by its label. */
  field(label: string): Locator {
    const named = { name: label, exact: true } as const;
    return this.page.getByRole('textbox', named).or(this.page.getByRole('combobox', named)).first();
  }

  /** Chooses one entry of a drop-down list; `typed` narrows a list that filters as one types. */
  async choose(label: string, typed: string, option: string | RegExp = typed): Promise<void> {
    const field = this.field(label);
    await field.click();
    if (await field.isEditable()) await field.fill(typed);
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** Sets the size of the page in pixels. */
  async resize(width: number, height: number): Promise<void> {
    await this.application.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    // On a screen of just that size the window is a pixel smaller.
    const difference = () => this.page.evaluate((size) => Math.abs(innerWidth - size), width);
    await expect.poll(difference).toBeLessThan(3);
  }

  /** Files that the window saves go there, without the system's dialog. */
  async saveDownloadsTo(path: string): Promise<void> {
    await this.application.evaluate(({ session }, target) => {
      session.defaultSession.on('will-download', (_event, item) => item.setSavePath(target));
    }, path);
  }

  /** A picture for the eyes of the team: `out/screenshots/NAME.png`. */
  async picture(name: string): Promise<void> {
    // A picture stops whatever turns for ever; Chromium 114 dies where that is a loader which is just going away.
    await this.page
      .waitForFunction(() => document.getAnimations().length === 0, undefined, { timeout: 3000 })
      .catch(() => undefined);
    await this.page.screenshot({ path: join(OUT, 'screenshots', `${name}.png`), animations: 'disabled' });
  }

  /** Process id of the process that owns the encrypted file. */
  async dataProcessId(): Promise<number> {
    const id = await this.application.evaluate(({ app }) => {
      const metrics = app.getAppMetrics();
      return metrics.find(
        ({ type, name, serviceName }) => type === 'Utility' && [name, serviceName].includes('registre-data'),
      )?.pid;
    });
    if (id === undefined) throw new Error('No data process runs');
    return id;
  }

  async close(): Promise<void> {
    await this.application.close();
  }
}
