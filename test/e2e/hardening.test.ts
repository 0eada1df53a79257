import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { DesktopApp, makeProfile, PASSPHRASE, type TestProfile } from '../support/desktop-app.ts';
import { unlockKey } from '../support/profile-file.ts';

let profile: TestProfile;
let desktop: DesktopApp;

test.beforeAll(async () => {
  profile = makeProfile('durci');
  desktop = await DesktopApp.launch(profile);
  await desktop.createRegister();
});

test.afterAll(async () => {
  await desktop.close();
  profile.remove();
});

test('a page has no Node, loads nothing from outside, runs no inline script and opens no window', async () => {
  const { page } = desktop;
  expect(page.url()).toMatch(/^app:\/\/registre\//);
  const powers = await page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.hasRunInline = true';
    document.head.append(inline);
    const isReached = (address: string) =>
      fetch(address).then(
        () => true,
        () => false,
      );
    return {
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
      inline: Reflect.get(window, 'hasRunInline') ?? false,
      // In a task of its own: what the driver itself evaluates is exempt from the policy.
      evaluated: await new Promise((resolve) =>
        setTimeout(() => {
          try {
            resolve(new Function('return true')());
          } catch {
            resolve(false);
          }
        }),
      ),
      outside: await isReached('http://127.0.0.1:9/'),
      files: await isReached('app://registre/../main/main.cjs'),
      escaped: await fetch('app://registre/..%2f..%2fmain/main.cjs').then(
        ({ status }) => status,
        () => 0,
      ),
      opened: window.open('app://registre/index.html') !== null,
      notifications: await Notification.requestPermission(),
    };
  });
  expect(powers).toMatchObject({
    require: 'undefined',
    process: 'undefined',
    inline: false,
    evaluated: false,
    outside: false,
    opened: false,
    notifications: 'denied',
  });
  expect(powers.escaped).not.toBe(200);
});

test('a page cannot leave the application', async () => {
  await desktop.page.evaluate(() => {
    window.location.href = 'http://127.0.0.1:9/';
  });
  // Asked of Electron: the driver takes the refused navigation for one that is still under way.
  const shown = await desktop.application.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return { url: contents?.getURL(), text: await contents?.executeJavaScript('document.body.textContent') };
  });
  expect(shown.url).toMatch(/^app:\/\/registre\//);
  expect(shown.text).toContain('Rattacher ce poste');
});

test('K3: neither key nor passphrase is in the arguments or the environment of any process', async () => {
  const key = Buffer.from(await unlockKey(profile.directory));
  const processes = await desktop.application.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  expect(processes).toContain(await desktop.dataProcessId());
  const secrets = [PASSPHRASE, key.toString('hex'), key.toString('base64'), key.toString('latin1')];
  for (const pid of processes) {
    for (const file of ['cmdline', 'environ']) {
      const text = readFileSync(`/proc/${pid}/${file}`, 'latin1');
      for (const secret of secrets) expect(text.includes(secret), `${file} of process ${pid}`).toBe(false);
    }
  }
});
